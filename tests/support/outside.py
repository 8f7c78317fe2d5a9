"""Files of results as other systems write them, for tests of the import."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

_SURNAMES = (
    "Абрамова",
    "Белова",
    "Власова",
    "Громова",
    "Дронова",
    "Ежова",
    "Жукова",
    "Зимина",
    "Котова",
    "Лосева",
)
_GIVEN = ("Анна", "Вера", "Дарья", "Елена", "Зоя", "Ирина", "Мария", "Нина", "Ольга", "Раиса")


def names(number: int) -> list[str]:
    """Invented full names, all different, patronymics too: nobody looks like another under a new surname."""
    return [
        f"{_SURNAMES[index % 10]} {_GIVEN[index // 10 % 10]} {_SURNAMES[index % 10][:-3]}{_letters(index)}овна"
        for index in range(number)
    ]


def _letters(index: int) -> str:
    return "".join("абвгдежзик"[int(digit)] for digit in f"{index:03d}")


def read_scores(path: Path) -> list[list[str]]:
    """A file of scored items without a header: rows are persons."""
    with path.open(newline="") as handle:
        return [row for row in csv.reader(handle) if row]


def items_csv(entry: Sequence[Sequence[str]], exit_: Sequence[Sequence[str]]) -> bytes:
    """Two waves of the same people (row by row) in our import's shape."""
    people = names(max(len(entry), len(exit_)))
    header = ["ФИО", "Этап", *(f"i{number}" for number in range(1, len(entry[0]) + 1))]
    lines = [header]
    for wave, rows in (("вход", entry), ("выход", exit_)):
        lines += [[person, wave, *row] for person, row in zip(people, rows, strict=False)]
    return "\n".join(";".join(line) for line in lines).encode("cp1251")


def key_csv(items: int, competence: str) -> bytes:
    return "\n".join(
        ["item,competence", *(f"i{number},{competence}" for number in range(1, items + 1))]
    ).encode()
