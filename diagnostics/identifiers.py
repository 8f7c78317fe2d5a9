"""Random identifiers and codes: nothing that a person sees tells how many there are."""

from __future__ import annotations

import hashlib
import secrets

# Crockford's base 32 without look-alikes (no i, l, o, u): safe to read aloud and to type from paper.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 14  # 70 random bits
SECRET_LENGTH = 27  # 135 random bits (at least 128 by rule)
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """A random identifier for URLs and keys: 14 characters, 70 bits."""
    return _letters(ID_LENGTH)


def new_secret() -> str:
    """A link secret: 27 characters, 135 random bits."""
    return _letters(SECRET_LENGTH)


def _letters(length: int) -> str:
    # One draw of 5 bits a letter: a request makes several identifiers.
    bits = secrets.randbits(5 * length)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(length))


def new_paper_code(length: int = 7) -> str:
    """A code for a paper card: no characters that look alike; useless without its school's code."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def digest(secret: str) -> str:
    """SHA-256 of a secret in hex: only this is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()
