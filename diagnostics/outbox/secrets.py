"""Links in a letter's text open doors: once the letter has left or its time is over, they are blotted out."""

from __future__ import annotations

import re

from diagnostics.identifiers import ALPHABET, SECRET_LENGTH

MARK = "●●●"
#: The same words for Python and for both databases.
PATTERN = f"/[{ALPHABET}]{{{SECRET_LENGTH}}}"
_SECRET = re.compile(PATTERN)


def hidden(text: str) -> str:
    """The text with every secret of a link replaced; the rest of the address stays, so that one sees what it was."""
    return _SECRET.sub(f"/{MARK}", text)
