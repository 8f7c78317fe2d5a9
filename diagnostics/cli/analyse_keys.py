"""The key of a test: a line an item, or one row under the names of the items."""

from __future__ import annotations

from pathlib import Path

from diagnostics.cli.analyse_cells import KeyLine
from diagnostics.cli.analyse_reading import DataRefused, one_line, table_rows

_ITEM = frozenset({"item", "задание", "вопрос"})
_KEY = frozenset({"key", "answer", "ключ", "ответ"})
_POINTS = frozenset({"points", "max", "баллы"})
_PAIR = 2


def read_key(path: Path) -> dict[str, KeyLine]:
    """Right answer of every item.

    Three shapes are understood: a header with `item`, `key` and, if wanted, `points`; two columns without a
    header; or a row of names with one row of answers under it.

    Raises
    ------
    DataRefused
        If it has none of the shapes, an item twice, or an item without an answer.
    """
    rows = list(table_rows(path))
    if not rows:
        raise DataRefused("the key is empty")
    words = [cell.strip().lower() for cell in rows[0][1]]
    item, key = _place(words, _ITEM), _place(words, _KEY)
    if item is not None and key is not None:
        return _lines(rows[1:], item, key, _place(words, _POINTS))
    if all(len(cells) == _PAIR for _, cells in rows):
        return _lines(rows, 0, 1, None)
    if len(rows) == _PAIR and len(rows[0][1]) == len(rows[1][1]):
        pairs = zip(rows[0][1], rows[1][1], strict=True)
        return _lines([(rows[1][0], list(pair)) for pair in pairs], 0, 1, None)
    raise DataRefused("the key has a header with item and key, or two columns, or one row under the names", 1)


def _place(words: list[str], wanted: frozenset[str]) -> int | None:
    return next((place for place, word in enumerate(words) if word in wanted), None)


def _lines(rows: list[tuple[int, list[str]]], item: int, key: int, points: int | None) -> dict[str, KeyLine]:
    found: dict[str, KeyLine] = {}
    for number, cells in rows:
        if len(cells) <= max(item, key, points or 0):
            raise DataRefused("the row of the key is too short", number)
        name, answer = one_line(cells[item]), cells[key].strip()
        if not name or not answer:
            raise DataRefused("an item has no name or no right answer", number)
        if name in found:
            raise DataRefused(f"the key names {name} twice", number)
        found[name] = KeyLine(answer, 1.0 if points is None else _points(cells[points], number))
    return found


def _points(text: str, number: int) -> float:
    try:
        value = float(text.strip().replace(",", ".") or 1)
    except ValueError as error:
        raise DataRefused(f"{text.strip()!r} is no number of points", number) from error
    if not 0 < value < float("inf"):
        raise DataRefused("points of an item are a positive number", number)
    return value
