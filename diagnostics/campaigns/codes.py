"""Codes of paper cards: how they are typed, and what of them is stored."""

from __future__ import annotations

import hashlib

from diagnostics.identifiers import CODE_ALPHABET

# A stolen table must not give codes away: a plain digest of 7 characters is searched in minutes, this
# one takes some years of a processor for each school. The school's id is the salt, so that the stored
# value can still be found by an index.
_COST = {"n": 2**12, "r": 8, "p": 1, "dklen": 32}
# Keys of the Russian layout that look like the Latin letters on the card.
_LOOK_ALIKE = str.maketrans("АВЕКМНРСТХУ", "ABEKMHPCTXY")

MISSING_CHARACTERS = tuple(
    sign for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if sign not in CODE_ALPHABET
)


def normalised(code: str) -> str:
    """A typed code as it was printed: capitals, no spaces or dashes, Russian look-alikes mended."""
    signs = (sign for sign in code.upper().translate(_LOOK_ALIKE) if sign.isalnum())
    return "".join(signs)


def spaced(code: str) -> str:
    """A code for reading aloud and for paper: «ABC-DEFG»."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def paper_hash(school_id: str, code: str) -> str:
    """What is stored of a normalised code of a school (hex, about 10 ms of work)."""
    return hashlib.scrypt(code.encode(), salt=school_id.encode(), **_COST).hex()
