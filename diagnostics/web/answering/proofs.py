"""Whose events these are: a signature that the page carries, so that answers outlive the key they were given by.

Its form is fixed in docs/formats-answers-file.md. It opens nothing: it only says that an event with its number was made
by a browser that held this key of this sitting.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from flask import current_app

PURPOSE = b"orientir answers proof 1"


def proof_of(sitting_id: str, client: str) -> str:
    """`client`: the id of the sitting's key."""
    return f"{client}.{_signature(sitting_id, client)}"


def client_of(sitting_id: str, proof: str) -> str | None:
    """The key's id; None of what this installation did not sign for this very sitting."""
    client, _, signature = proof.partition(".")
    right = _signature(sitting_id, client)
    return client if hmac.compare_digest(right.encode(), signature.encode()) else None


def _signature(sitting_id: str, client: str) -> str:
    secret: str = current_app.config["SECRET_KEY"]
    key = hmac.digest(secret.encode(), PURPOSE, "sha256")
    made = hmac.digest(key, f"{sitting_id}.{client}".encode(), "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")
