"""The check code on paper, made from the content of a release."""

from __future__ import annotations

from diagnostics.identifiers import CODE_ALPHABET

_LENGTH = 8


def check_code(content_hash: str) -> str:
    """Eight characters without look-alikes, «7K4P-2XM8», from a SHA-256 in hex."""
    number, found = int(content_hash, 16), ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        found += CODE_ALPHABET[place]
    return f"{found[:4]}-{found[4:]}"
