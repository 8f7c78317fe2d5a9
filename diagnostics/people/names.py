"""Names as they are kept, searched and put in order."""

from __future__ import annotations

import unicodedata

from diagnostics.errors import FieldRefused

LONGEST_PART = 60


def sort_name(surname: str, given_name: str = "", patronymic: str = "") -> str:
    """For search and order: «Семёнова Анна» → «семенова анна» (small letters, ё as е)."""
    return fold(" ".join(part for part in (surname, given_name, patronymic) if part))


def fold(text: str) -> str:
    """Small letters, ё as е, single spaces: two spellings of one name become one."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е").split())


def clean(text: str, *, field: str, required: bool = True, longest: int = LONGEST_PART) -> str:
    """The text with single spaces.

    Raises
    ------
    FieldRefused
        `value_empty`, `value_too_long`, `bad_character` (control characters and lone surrogates).
    """
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} and not char.isspace() for char in text):
        raise FieldRefused("hidden_character", field=field)
    found = " ".join(unicodedata.normalize("NFC", text).split())
    if required and not found:
        raise FieldRefused("value_empty", field=field)
    if len(found) > longest:
        raise FieldRefused("value_too_long", field=field, maximum=longest)
    return found
