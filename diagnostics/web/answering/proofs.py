"""Whose events these are: a signature that the page carries, so that answers outlive the key they were given by.

It opens nothing: it only says that an event with its number was made by a browser that held this key of this sitting.
"""

from __future__ import annotations

from diagnostics.sittings.answers_file import proofs
from diagnostics.web import guard


def proof_of(sitting_id: str, client: str) -> str:
    """`client`: the id of the sitting's key."""
    return proofs.proof_of(guard.settings().secret_key, sitting_id, client)


def client_of(sitting_id: str, proof: str) -> str | None:
    """The key's id; None of what this installation did not sign for this very sitting."""
    return proofs.client_of(guard.settings().secrets, sitting_id, proof)
