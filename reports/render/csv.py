"""CSV that a Russian Excel opens by a double click and that never runs a formula."""

from __future__ import annotations

import csv as standard
import io
import unicodedata
from datetime import date

from reports.render.printable import cell_safe
from reports.render.xlsx import flat_columns, flat_row
from reports.tables import Column, Kind, Table
from reports.wording.numbers import rounded
from reports.wording.words import Words

_SKIPPED = " \"'\u00a0"  # what a spreadsheet may drop before it looks for a formula
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def _dangerous(text: str) -> bool:
    """Whether a spreadsheet could read this text as a formula."""
    if text.startswith(("\t", "\r", "\n")):
        return True
    return unicodedata.normalize("NFKC", text.lstrip(_SKIPPED)).startswith(_STARTS)


def guard(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could run it."""
    return f"'{text}" if _dangerous(text) else text


def unguard(text: str) -> str:
    """The first value again: what an import does with a guarded cell."""
    return text[1:] if text.startswith("'") and _dangerous(text[1:]) else text


def csv(table: Table, words: Words) -> bytes:
    """UTF-8 with a mark, semicolons, decimal commas; numbers keep a plain minus."""
    target = io.StringIO(newline="")
    writer = standard.writer(target, delimiter=";", lineterminator="\r\n")
    columns = flat_columns(table, words)
    writer.writerow([guard(column.title) for column in columns])
    for row in table.rows:
        writer.writerow(
            [_cell(value, column, words) for value, column in zip(flat_row(row, table), columns, strict=True)]
        )
    return target.getvalue().encode("utf-8-sig")


def _cell(value: str | float | date | None, column: Column, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(cell_safe(value))
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    decimals = 2 if column.kind is Kind.COMPACT else column.decimals
    exact = rounded(value, decimals)
    plain = f"{exact.normalize() if column.kind is Kind.COMPACT else exact:f}"
    return plain.replace(".", words.decimal)
