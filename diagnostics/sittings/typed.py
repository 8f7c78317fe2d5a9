"""Answers typed from a paper form, fast, by a number pad: which token means which answer of a question.

One answer of several: the number of its row, 0 for «Затрудняюсь ответить». Several: their numbers. A place or a pair
for each row: as many numbers in the order of the paper. A table: cells apart by «;», rows by «/». The rest is typed as
it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.sittings.errors import EventRefused
from instruments.document import (
    ConsentItem,
    Instrument,
    Item,
    LevelItem,
    MatchingItem,
    MultipleItem,
    OrderingItem,
    ScaleItem,
    SingleItem,
    TableItem,
)
from instruments.items import Answer
from instruments.items.table import cells_of
from instruments.texts import Texts

#: Not asked on the page of entry: there is nothing to type.
WITHOUT_TEXT = frozenset({"info", "file"})
ONE_DIGIT = 9
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """What is typed, and what it means; `text` None: «Затрудняюсь ответить» or a consent."""

    typed: str
    raw: object
    text: Texts | None


def enterable(instrument: Instrument, form: str) -> tuple[Item, ...]:
    """The questions of a form in the order of its paper, without those that hold nothing to type."""
    return tuple(item for item in instrument.form_items(form) if item.type not in WITHOUT_TEXT)


def tokens(item: Item) -> tuple[Token, ...]:
    """For questions with rows to choose from; empty for the others."""
    if isinstance(item, SingleItem | MultipleItem | OrderingItem | MatchingItem):
        found = [Token(str(place), one.code, one.text) for place, one in enumerate(item.options, 1)]
    elif isinstance(item, LevelItem):
        found = [Token(str(place), one.code, one.text) for place, one in enumerate(item.levels, 1)]
    elif isinstance(item, ScaleItem):
        found = _scale(item)
    elif isinstance(item, ConsentItem):
        return (Token("1", {"agreed": True}, None),)
    else:
        return ()
    if getattr(item, "opt_out", False):
        away = "0" if all(one.typed != "0" for one in found) else str(ONE_DIGIT)
        found.append(Token(away, {"opt_out": True}, None))
    return tuple(found)


def raw_of(item: Item, text: str) -> object:
    """What was typed, as the reader of answers takes it; None for an empty field.

    EventRefused `paper_token`: no such number here; `paper_count`: not a number for each row.
    """
    clean = text.strip()
    if not clean:
        return None
    if isinstance(item, MultipleItem):
        return [_known(item, one) for one in _digits(clean, len(item.options))]
    if isinstance(item, OrderingItem):
        places = _each(clean, len(item.options))
        return {option.code: place for option, place in zip(item.options, places, strict=True)}
    if isinstance(item, MatchingItem):
        chosen = _each(clean, len(item.prompts))
        return {
            prompt.code: "" if one == "0" else str(_known(item, one))
            for prompt, one in zip(item.prompts, chosen, strict=True)
        }
    if isinstance(item, TableItem):
        return _table(item, clean)
    return _known(item, clean) if tokens(item) else text


def text_of(item: Item, answer: Answer) -> str:
    """The same typed again: what the field holds when an entry is mended."""
    typed = {repr(one.raw): one.typed for one in tokens(item)}
    if typed or isinstance(item, TableItem):
        return _rows_text(item, answer, typed)
    return f"{answer:g}".replace(".", ",") if isinstance(answer, int | float) else str(answer or "")


def _rows_text(item: Item, answer: Answer, typed: Mapping[str, str]) -> str:
    if isinstance(item, MatchingItem) and isinstance(answer, dict):
        return " ".join(typed.get(repr(answer.get(one.code)), "0") for one in item.prompts)
    if isinstance(item, OrderingItem) and isinstance(answer, list):
        return " ".join(str(answer.index(one.code) + 1) for one in item.options)
    if isinstance(item, MultipleItem) and isinstance(answer, list):
        return " ".join(typed.get(repr(one), "") for one in answer)
    if isinstance(item, TableItem):
        return _table_text(item, answer)
    return typed.get(repr(answer), "")


def _scale(item: ScaleItem) -> list[Token]:
    """By their values where those are single digits (0–3 of an observation), else by their places."""
    plain = all(0 <= point.value <= ONE_DIGIT for point in item.scale)
    return [
        Token(str(point.value if plain else place), point.value, point.text)
        for place, point in enumerate(item.scale, 1)
    ]


def _known(item: Item, typed: str) -> object:
    known = {one.typed: one.raw for one in tokens(item)}
    if typed not in known:
        raise EventRefused("paper_token", given=typed[:20], known=", ".join(known))
    return known[typed]


def _digits(text: str, options: int) -> list[str]:
    """«1 3», «1,3» and, where every number is one digit, «13»."""
    if text.isdecimal() and options <= ONE_DIGIT:
        return list(text)
    return re.split(r"[\s,;]+", text)


def _each(text: str, rows: int) -> Sequence[str]:
    found = list(text) if text.isdecimal() and len(text) == rows else NUMBERS.findall(text)
    if len(found) != rows:
        raise EventRefused("paper_count", given=len(found), rows=rows)
    return found


def _table(item: TableItem, text: str) -> object:
    lines = [line.split(";") for line in text.split("/")]
    codes = [row.code for row in item.rows] or [str(number) for number in range(1, len(lines) + 1)]
    if len(lines) > len(codes) or any(len(line) > len(item.columns) for line in lines):
        raise EventRefused("paper_table", rows=len(codes), columns=len(item.columns))
    return {
        "rows": [
            {
                "row": code,
                "cells": {
                    column.code: cell.strip()
                    for column, cell in zip(item.columns, line, strict=False)
                    if cell.strip() not in {"", "-", "—"}
                },
            }
            for code, line in zip(codes, lines, strict=False)
        ]
    }


def _table_text(item: TableItem, answer: Answer) -> str:
    cells = cells_of(answer)
    codes = [row.code for row in item.rows] or list(cells)
    if not cells:
        return ""
    return " / ".join(
        "; ".join(str(cells.get(code, {}).get(column.code, "")) for column in item.columns) for code in codes
    )
