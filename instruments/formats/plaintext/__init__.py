"""Plain text as people type it and paste it from Word ↔ instrument and scoring."""

from __future__ import annotations

from instruments.formats.plaintext.reading import read_text
from instruments.formats.plaintext.writing import WrittenText, write_text

__all__ = ["WrittenText", "read_text", "write_text"]
