"""Names of people as lists write them: parts in cells of their own or all in one."""

from __future__ import annotations

import re
from typing import NamedTuple

from diagnostics.people.names import sort_name

LONGEST_PART = 60
_PART = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*-?\s*){1,3}\Z|[^\W\d_]\Z")
_TURKIC = {"оглы", "кызы", "оглу", "улы", "гызы", "заде"}
_BETWEEN_PEOPLE = re.compile(r"[\n;,/+&]|\s+и\s+")
_WORDS_OF_TWO = 5


class Name(NamedTuple):
    surname: str
    given_name: str
    patronymic: str

    @property
    def full(self) -> str:
        return " ".join(filter(None, self))

    @property
    def sort_name(self) -> str:
        """For search and order: small letters, ё as е."""
        return sort_name(*self)


def read_full_name(cell: str) -> Name | str:
    """A name from one cell («Иванов Иван Иванович»), or the code of what is wrong with it."""
    if _holds_two(cell):
        return "two_people"
    words = cell.split()
    tail = words[3:]
    if [word.casefold() for word in tail] and not all(word.casefold() in _TURKIC for word in tail):
        return "two_people" if len(words) >= _WORDS_OF_TWO else "name_unclear"
    surname, given, *rest = (*words, "", "")
    return read_name(surname, given, " ".join(filter(None, rest)))


def read_name(surname: str, given_name: str, patronymic: str) -> Name | str:
    """A name from three cells, or the code of what is wrong with it."""
    if any(map(_holds_two, (surname, given_name, patronymic))):
        return "two_people"
    if not surname or not given_name:
        return "name_incomplete"
    if any(_INITIALS.match(part) for part in (given_name, patronymic) if part):
        return "name_initials"
    parts = [surname, given_name, *patronymic.split()]
    if not all(_PART.match(part) and len(part) <= LONGEST_PART for part in parts):
        return "name_unclear"
    return Name(_cased(surname), _cased(given_name), " ".join(map(_tail_cased, patronymic.split())))


def _holds_two(cell: str) -> bool:
    people = [part for part in _BETWEEN_PEOPLE.split(cell) if any(map(str.isalpha, part))]
    return len(people) > 1


def _cased(part: str) -> str:
    """ИВАНОВА or иванова → Иванова; a mixed spelling is the person's own."""
    if part.isupper() or part.islower():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), part)
    return part


def _tail_cased(part: str) -> str:
    return part.casefold() if part.casefold() in _TURKIC else _cased(part)
