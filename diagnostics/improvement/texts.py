"""What people wrote in their own words: without names, in no order that anybody could follow."""

from __future__ import annotations

import re

HIDDEN_NAME, HIDDEN_ADDRESS = "[имя]", "[контакт]"

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:вн|ичн|вич|ьич|мич|кич)(?:а|ы|е|у|ой|ою|ем|ей)?"
# Longest patterns first. Two capitalised words may be the name of a place: hidden all the same.
_NAMES = re.compile(
    rf"(?<![А-Яа-яЁё])(?:{_INITIALS}\s?{_WORD}|{_WORD}\s{_INITIALS}|{_WORD}(?:\s{_WORD})+|{_PATRONYMIC})"
    r"(?![А-Яа-яЁё])"
)
_CONTACTS = re.compile(r"\S+@\S+|https?://\S+|(?:\+?\d[\d\s()-]{5,}\d)|@\w{3,}")


def masked(text: str) -> str:
    """The text with what looks like a name, an address or a telephone taken out; spaces made single."""
    plain = " ".join(text.split())
    return _NAMES.sub(HIDDEN_NAME, _CONTACTS.sub(HIDDEN_ADDRESS, plain))
