"""Which column is which: the header is found by its words, in any order, with many names for one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from diagnostics.campaigns.roster.mistakes import FileRefused, Remark

FULL_NAME, SURNAME, GIVEN, PATRONYMIC = "full_name", "surname", "given_name", "patronymic"
SCHOOL, SCHOOL_CODE, POSITION, SUBJECT, EMAIL, PHONE, ROLE = (
    "school", "school_code", "position", "subject", "email", "phone", "role",
)  # fmt: skip

SYNONYMS: dict[str, tuple[str, ...]] = {
    FULL_NAME: (
        "фио", "ф и о", "фамилия имя отчество", "фио педагога", "фио учителя", "фио слушателя", "фио сотрудника",
        "педагог", "учитель", "слушатель", "сотрудник", "full name", "name",
    ),
    SURNAME: ("фамилия", "surname", "last name"),
    GIVEN: ("имя", "first name", "given name"),
    PATRONYMIC: ("отчество", "отчество при наличии", "patronymic", "middle name"),
    SCHOOL: (
        "школа", "оо", "образовательная организация", "организация", "место работы", "учреждение", "наименование оо",
        "название школы", "школа название или код", "наименование организации", "school",
    ),
    SCHOOL_CODE: ("код школы", "код оо", "код", "код организации", "school code"),
    POSITION: ("должность", "position"),
    SUBJECT: ("предмет", "предметы", "преподаваемый предмет", "преподаваемые предметы", "subject"),
    EMAIL: ("почта", "e mail", "email", "электронная почта", "эл почта", "адрес электронной почты", "e mail адрес"),
    PHONE: ("телефон", "тел", "моб телефон", "мобильный телефон", "контактный телефон", "номер телефона", "phone"),
    ROLE: ("роль", "права", "права доступа", "role"),
}  # fmt: skip
_KNOWN = {name: field for field, names in SYNONYMS.items() for name in names}
_IGNORED = {
    "",
    "n",
    "no",
    "n п п",
    "п п",
    "пп",
    "номер",
    "nо",
    "код карточки",
    "ваш код",
    "ссылка",
    "заметка",
}
_FIRST_ROWS = 10
_ENOUGH = 2

Rows = Sequence[tuple[int, tuple[str, ...]]]


def find_header(rows: Rows) -> tuple[int, dict[str, int], tuple[Remark, ...]]:
    """Index of the header among `rows`, field → column (from 0), and remarks on columns not used.

    Titles above the header are passed over.

    Raises
    ------
    FileRefused
        `header_missing`, `column_doubled`, `columns_missing`.
    """
    for index, (_, cells) in enumerate(rows[:_FIRST_ROWS]):
        fields = [_KNOWN.get(plain(cell), "") for cell in cells]
        if sum(map(bool, fields)) >= _ENOUGH:
            _refuse_doubles(fields, cells)
            columns = {field: place for place, field in enumerate(fields) if field}
            _refuse_gaps(columns)
            return index, columns, _remarks(fields, cells)
    raise FileRefused("header_missing")


def plain(words: str) -> str:
    """Words for comparing: small letters, ё as е, only letters and digits, single spaces."""
    return " ".join(re.findall(r"\w+", words.casefold().replace("ё", "е").replace("№", " n ")))


def _refuse_doubles(fields: Sequence[str], cells: Sequence[str]) -> None:
    doubled = [field for field, number in Counter(filter(None, fields)).items() if number > 1]
    if doubled:
        raise FileRefused("column_doubled", column=cells[fields.index(doubled[0])])


def _refuse_gaps(columns: Mapping[str, int]) -> None:
    gaps = []
    if FULL_NAME not in columns and not {SURNAME, GIVEN} <= columns.keys():
        gaps.append("ФИО")
    if SCHOOL not in columns and SCHOOL_CODE not in columns:
        gaps.append("Школа")
    if gaps:
        raise FileRefused("columns_missing", columns=", ".join(gaps))


def _remarks(fields: Sequence[str], cells: Sequence[str]) -> tuple[Remark, ...]:
    unused = [
        cell for field, cell in zip(fields, cells, strict=True) if not field and plain(cell) not in _IGNORED
    ]
    remarks = [Remark("columns_unused", {"columns": ", ".join(unused)})] if unused else []
    if ROLE in fields:
        remarks.append(Remark("role_ignored", {"column": cells[fields.index(ROLE)]}))
    return tuple(remarks)
