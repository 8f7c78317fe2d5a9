"""Workbooks of tests, made by openpyxl as a stranger's program would make them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

HEADER = ("Код", "Тип", "Текст", "А", "Б", "В", "Ключ", "Баллы", "Компетенция")
SOUND = ("M01", "один ответ", "Что делать?", "Это", "То", "Иное", "Б", 1, "METH.3")


def book(
    *rows: Sequence[Any],
    header: Sequence[Any] = HEADER,
    more: dict[str, Sequence[Sequence[Any]]] | None = None,
    change: Callable[[Any], None] | None = None,
) -> bytes:
    """Bytes of an XLSX with «Вопросы» of these rows and the sheets `more`."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Вопросы"
    for row in (header, *rows):
        sheet.append(list(row))
    for name, lines in (more or {}).items():
        other = made.create_sheet(name)
        for line in lines:
            other.append(list(line))
    if change:
        change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
