"""A book → bytes of an XLSX that is pleasant to fill in: widths, frozen header, drop-downs, hints."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from instruments.formats.vocabulary import FLAGS, PARTS, TYPES
from instruments.formats.workbook.grid import Sheet
from instruments.formats.workbook.sheets import COMPETENCES, PARTS_SHEET, QUESTIONS, Heading
from instruments.formats.workbook.writing import Written

_MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001  a fixed stamp: the same work gives the same bytes
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_MOST_ROWS = 2_000  # below the header the drop-downs reach so far
_NARROW, _WIDE = 24, 80
_NUMBERS = {"points", "choose", "minimum", "maximum", "decimals", "max_length", "lines"}


def made_xlsx(written: Written, words: str, hints: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The same bytes for the same book. `hints`: field of «Вопросы» → what stands at its header."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and few requests write a workbook

    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    book.set_properties({"created": _MADE})
    looks = {
        "header": book.add_format(
            _FONT | {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True}
        ),
        "text": book.add_format(_FONT | {"text_wrap": True, "num_format": "@"}),
        "number": book.add_format(_FONT),
    }
    for sheet in written.book.sheets:
        made = book.add_worksheet(sheet.name[:31])
        _sheet(made, sheet, written, looks, words)
        if sheet.name == QUESTIONS.said(words):
            _hints(made, written.headings[sheet.name], hints)
    book.close()
    return stream.getvalue()


def _sheet(made: Any, sheet: Sheet, written: Written, looks: dict[str, Any], words: str) -> None:
    columns = written.headings.get(sheet.name)
    made.freeze_panes(1, 1 if columns else 0)
    for row in sheet.rows:
        for place, value in enumerate(row.values):
            if value is None:
                continue
            look = looks["header"] if row.number == 1 else looks["text"]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                made.write_number(row.number - 1, place, value, looks["number"])
            else:
                made.write_string(row.number - 1, place, str(value), look)
    if columns is None:
        made.set_column(0, 0, _NARROW, looks["text"])
        made.set_column(1, 1, _WIDE, looks["text"])
        return
    for place, (heading, _) in enumerate(columns):
        # Text cells keep «2.3» a competence: a spreadsheet would make it the second of March.
        made.set_column(place, place, heading.width, looks["number" if heading.field in _NUMBERS else "text"])
        _choices(made, sheet.name, heading, place, written, words)
    made.autofilter(0, 0, max(len(sheet.rows) - 1, 1), len(columns) - 1)


def _hints(made: Any, columns: list[tuple[Heading, str]], hints: Mapping[str, str]) -> None:
    for place, (heading, _) in enumerate(columns):
        hint = hints.get("options" if heading.field.startswith("option.") else heading.field)
        if hint:
            made.write_comment(0, place, hint, {"x_scale": 2.4, "y_scale": 1.2, "author": ""})


def _choices(made: Any, sheet: str, heading: Heading, place: int, written: Written, words: str) -> None:
    """Drop-downs, which suggest and never forbid: a title of a competence is as good as its code."""
    rule: dict[str, Any] = {"validate": "list", "error_type": "warning"}
    flags = [word.said(words) for word in FLAGS.words]
    if heading.field == "type":
        rule["source"] = [word.said(words) for word in TYPES.words][:12]
    elif heading.field == "part" and sheet == PARTS_SHEET.said(words):
        rule["source"] = [word.said(words) for word in PARTS.words]
    elif heading.kind == "flag":
        rule["source"] = flags
    elif (
        heading.field == "competences"
        and COMPETENCES.said(words) in written.headings
        and sheet == QUESTIONS.said(words)
    ):
        rows = next(one for one in written.book.sheets if one.name == COMPETENCES.said(words)).rows
        rule["source"] = f"='{COMPETENCES.said(words)}'!$A$2:$A${len(rows)}"
    else:
        return
    made.data_validation(1, place, _MOST_ROWS, place, rule | {"show_error": False})
