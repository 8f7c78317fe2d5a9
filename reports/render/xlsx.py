"""Spreadsheets by XlsxWriter: a sheet per table, numbers as numbers, texts never formulas."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from reports.contents.common import Interval
from reports.render.printable import cell_safe
from reports.tables import Column, Kind, Table, Value, shown, text
from reports.wording.words import Words

_CELL_LIMIT = 32_767  # characters, a limit of the format
_WIDEST = 60
Flat = tuple[Column, str | float | date | None]


def xlsx(
    tables: tuple[Table, ...], words: Words, *, title: str, about: tuple[str, ...], stamp: datetime
) -> bytes:
    """A first sheet that says what this is, then each table with its head in the first row.

    `stamp` is the moment of the data: the file holds no other clock.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

    target = io.BytesIO()
    book = Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": cell_safe(title)[:250], "created": stamp.replace(tzinfo=None)})
    _about(book, tables, words, title, about)
    for number, table in enumerate(tables, 1):
        _sheet(book, words.say("Таблица %(n)d", n=number), table, words)
    book.close()
    return target.getvalue()


def flat_columns(table: Table, words: Words) -> tuple[Column, ...]:
    """Columns with each interval taken apart into «от» and «до»."""
    columns: list[Column] = []
    for column in table.columns:
        if column.kind is not Kind.INTERVAL:
            columns.append(column)
            continue
        columns += [
            Column(f"{column.title}, {end}", Kind.NUMBER, column.decimals)
            for end in (words.say("от"), words.say("до"))
        ]
    return tuple(columns)


def flat_row(row: tuple[Value, ...], table: Table) -> Iterator[str | float | date | None]:
    """Cells with the digits that are shown, no more."""
    for value, column in zip(row, table.columns, strict=True):
        if column.kind is Kind.INTERVAL:
            ends = (value.low, value.high) if isinstance(value, Interval) else (None, None)
            yield from (None if end is None else shown(end, column) for end in ends)
        elif isinstance(value, int | float):
            yield shown(value, column)
        elif not isinstance(value, Interval):
            yield value


def _about(book: Any, tables: tuple[Table, ...], words: Words, title: str, about: tuple[str, ...]) -> None:
    sheet = book.add_worksheet(words.say("О документе"))
    sheet.set_column(0, 0, 100)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, cell_safe(title), bold)
    lines = [*about, "", *(f"{words.say('Таблица %(n)d', n=n)}: {t.title}" for n, t in enumerate(tables, 1))]
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, cell_safe(line))


def _sheet(book: Any, name: str, table: Table, words: Words) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    columns = flat_columns(table, words)
    formats = [book.add_format({"num_format": _format(column), "valign": "top"}) for column in columns]
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm", "valign": "top"})
    for index, column in enumerate(columns):
        sheet.write_string(0, index, cell_safe(column.title), head)
        sheet.set_column(index, index, min(_WIDEST, 9 + 9 * column.share))
    for line, row in enumerate(table.rows, 1):
        for index, value in enumerate(flat_row(row, table)):
            if isinstance(value, str):
                sheet.write_string(line, index, cell_safe(value)[:_CELL_LIMIT], wrap)
            elif isinstance(value, int | float):
                sheet.write_number(line, index, value, formats[index])
            elif value is not None:
                sheet.write_datetime(line, index, value, moment if isinstance(value, datetime) else day)
            else:
                sheet.write_string(line, index, text(None, columns[index], words))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _format(column: Column) -> str:
    digits = f"0.{'0' * column.decimals}" if column.decimals else "0"
    match column.kind:
        case Kind.CHANGE:
            return f"+{digits};-{digits};{digits}"
        case Kind.PERCENT:
            return f'{digits}" %"'
        case Kind.COMPACT:
            return "General"
        case _:
            return digits
