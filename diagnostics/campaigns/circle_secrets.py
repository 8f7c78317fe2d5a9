"""Links and one-time codes of circles: derived from the installation's key, so that a sheet can be printed again.

Nothing that opens a door is stored: the base holds hashes of links only, and without the key (a file beside
the base, or `SECRET_KEY`) neither links nor the codes behind them can be guessed or derived.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from diagnostics.identifiers import ALPHABET, CODE_ALPHABET

LINK_LENGTH = 27  # as other links: 135 bits
CODE_LENGTH = 7


@dataclass(frozen=True, slots=True)
class CircleKey:
    """Derives the secrets of one circle in one generation."""

    secret: str  # the installation's key
    circle_id: str
    generation: int

    def link(self) -> str:
        """What stands in the address `/r/…`."""
        return _letters(self._drawn("link"), ALPHABET, LINK_LENGTH)

    def code(self, number: int) -> str:
        """The code of slip `number`, from 1."""
        return _letters(self._drawn(f"code:{number}"), CODE_ALPHABET, CODE_LENGTH)

    def _drawn(self, what: str) -> bytes:
        return keyed(self.secret, f"circle:{self.circle_id}:{self.generation}:{what}")


def keyed(secret: str, text: str) -> bytes:
    """HMAC-SHA-256 with the installation's key."""
    return hmac.digest(secret.encode(), text.encode(), "sha256")


def slip_link(secret: str, school_id: str, code: str) -> str:
    """The link that a normalised one-time code of a school stands for: its QR, and what is typed leads there."""
    return _letters(keyed(secret, f"slip:{school_id}:{code}"), ALPHABET, LINK_LENGTH)


def _letters(drawn: bytes, alphabet: str, length: int) -> str:
    number = int.from_bytes(drawn)
    found = []
    for _place in range(length):
        number, letter = divmod(number, len(alphabet))
        found.append(alphabet[letter])
    return "".join(found)
