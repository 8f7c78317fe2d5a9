"""Which key of a sitting gave an event, signed by the installation; the form is fixed in docs/formats-answers-file.md."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from functools import lru_cache

PURPOSE = b"orientir answers proof 1"
UNPROVED = b"orientir answers without proof 1"


def proof_of(secret: str, sitting_id: str, client: str) -> str:
    """`secret`: the installation's key; `client`: the id of the sitting's key."""
    return f"{client}.{_signature(secret, sitting_id, client)}"


def client_of(secrets: Iterable[str], sitting_id: str, proof: str) -> str | None:
    """The key's id; None of what was signed by none of the installation's secrets for this very sitting."""
    client, _, signature = proof.partition(".")
    for secret in secrets:
        if hmac.compare_digest(_signature(secret, sitting_id, client).encode(), signature.encode()):
            return client
    return None


def device_without_proof(secret: str, proof: str) -> str:
    """The device under which answers of an unknown browser are kept: the same for a file handed in again.

    Only the installation can name it, so that who wrote the file does not hold the key made for it.
    """
    return hmac.digest(hmac.digest(secret.encode(), UNPROVED, "sha256"), proof.encode(), "sha256").hex()


def _signature(secret: str, sitting_id: str, client: str) -> str:
    made = hmac.digest(_key(secret), f"{sitting_id}.{client}".encode(), "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), PURPOSE, "sha256")
