"""A book → bytes of an XLSX that is pleasant to fill in: widths, frozen header, drop-downs, hints."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from instruments.formats.values import written as written_number
from instruments.formats.vocabulary import FLAGS
from instruments.formats.workbook.grid import Sheet
from instruments.formats.workbook.headings import sheet_code
from instruments.formats.workbook.settingcells import CLOSED
from instruments.formats.workbook.settings import SETTING_ROWS
from instruments.formats.workbook.sheets import (
    CASES,
    COMPETENCES,
    CRITICAL,
    MATRICES,
    QUESTIONS,
    RUBRICS,
    SETTINGS,
    TABLES,
    Heading,
    SheetName,
)
from instruments.formats.workbook.writing import Written

_MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001  a fixed stamp: the same work gives the same bytes
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_MOST_ROWS = 2_000  # below the header the drop-downs reach so far
_NARROW, _WIDE = 24, 80
_NUMBERS = {
    "points",
    "value",
    "form_minutes",
    "repeat.least",
    "repeat.most",
}  # beside those that hold nothing else
_DIGITS = ".16G"  # of a number as the maker writes it; one that needs more goes as a text
_LONGEST_LIST = 255  # of a list inside a rule, as spreadsheets take it
_MOST_CODES = 300
_CODES_ON: Mapping[str, SheetName] = {
    "stimulus": CASES,
    "matrix": MATRICES,
    "competences": COMPETENCES,
    "node": COMPETENCES,
}
_NAMED_ON: Mapping[tuple[str, str], SheetName] = {
    (sheet.code, "item"): QUESTIONS for sheet in (TABLES, RUBRICS, CRITICAL)
}


def made_xlsx(
    written: Written, words: str, hints: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> bytes:
    """The same bytes for the same book. `hints`: code of the sheet → field → what stands at its header."""
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
        if sheet.name in written.headings:
            _hints(made, written.headings[sheet.name], hints.get(sheet_code(sheet.name) or "", {}))
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
            if isinstance(value, (int, float)) and float(f"{value:{_DIGITS}}") == value:
                made.write_number(row.number - 1, place, value, looks["number"])
            else:
                shown = written_number(value) if isinstance(value, float) else str(value)
                made.write_string(row.number - 1, place, shown, look)
    if columns is None:
        made.set_column(0, 0, _NARROW, looks["text"])
        made.set_column(1, 1, _WIDE, looks["text"])
        if sheet.name == SETTINGS.said(words):
            _setting_choices(made, sheet, words)
        return
    for place, (heading, _) in enumerate(columns):
        is_number = heading.kind == "number" or heading.field in _NUMBERS
        # Text cells keep «2.3» a competence: a spreadsheet would make it the second of March.
        made.set_column(place, place, heading.width, looks["number" if is_number else "text"])
        _choices(made, sheet.name, heading, place, written, words)
    made.autofilter(0, 0, max(len(sheet.rows) - 1, 1), len(columns) - 1)


def _hints(made: Any, columns: list[tuple[Heading, str]], hints: Mapping[str, str]) -> None:
    for place, (heading, _) in enumerate(columns):
        family = {"option": "options", "wording": "wording"}.get(
            heading.field.partition(".")[0], heading.field
        )
        hint = hints.get(family)
        if hint:
            made.write_comment(0, place, hint, {"x_scale": 2.4, "y_scale": 1.2, "author": ""})


def _choices(made: Any, sheet: str, heading: Heading, place: int, written: Written, words: str) -> None:
    """Drop-downs, which suggest and never forbid: a title of a competence is as good as its code."""
    source = _source(sheet_code(sheet) or "", heading, written, words)
    if source:
        rule = {"validate": "list", "error_type": "warning", "show_error": False, "source": source}
        made.data_validation(1, place, _MOST_ROWS, place, rule)


def _setting_choices(made: Any, sheet: Sheet, words: str) -> None:
    kinds = {setting.said(words): setting.kind for setting in SETTING_ROWS}
    for row in sheet.rows:
        closed = CLOSED.get(kinds.get(str(row.values[0]), ""))
        if closed is not None:
            rule = {"validate": "list", "error_type": "warning", "show_error": False}
            source = [word.said(words) for word in closed.words]
            made.data_validation(row.number - 1, 1, row.number - 1, 1, rule | {"source": source})


def _source(sheet: str, heading: Heading, written: Written, words: str) -> str | list[str] | None:
    """The closed words of the column, or the cells of another sheet that hold what may be named."""
    if heading.words is not None or heading.kind == "flag":
        listed = [word.said(words) for word in (heading.words or FLAGS).words]
    elif heading.field == "level":
        listed = written.levels
    else:
        name = _NAMED_ON.get((sheet, heading.field)) or (_CODES_ON.get(heading.field))
        return _codes_of(name.said(words), written) if name and name.code != sheet else None
    fits = sum(map(len, listed)) + len(listed) <= _LONGEST_LIST
    return listed if listed and fits and not any("," in word for word in listed) else None


def _codes_of(sheet: str, written: Written) -> str | None:
    """The codes below the header of that sheet, with room for more."""
    rows = next((one.rows for one in written.book.sheets if one.name == sheet), None)
    return f"='{sheet}'!$A$2:$A${max(len(rows), _MOST_CODES)}" if rows else None
