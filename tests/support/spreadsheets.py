"""Small workbooks for tests, written cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter import Workbook

Rows = Iterable[Sequence[Any]]


def workbook(*sheets: Rows) -> bytes:
    """A text that begins with “=” becomes a formula only when given as a tuple ("formula", "=…")."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for rows in sheets:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(line, place, value[1])
                elif value is not None:
                    sheet.write(line, place, value)
    book.close()
    return target.getvalue()


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """The same workbook with one more part (or another body of a part it has)."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.infolist():
            if part.filename != name:
                made.writestr(part.filename, source.read(part.filename))
        made.writestr(name, body)
    return target.getvalue()
