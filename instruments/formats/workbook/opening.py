"""Whatever a methodologist sends as a workbook → a book, told by its content and never by its name alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from instruments.bundled import bundled
from instruments.formats.archive import unpack
from instruments.formats.arrived import FileRefused, Origin, Read, refused
from instruments.formats.encodings import within
from instruments.formats.workbook.csvfiles import read_csv, read_csv_zip
from instruments.formats.workbook.grid import Book
from instruments.formats.workbook.ods import read_ods
from instruments.formats.workbook.reading import read_book
from instruments.formats.workbook.sheets import QUESTIONS
from instruments.formats.workbook.xlsx import read_xlsx
from instruments.framework import Framework

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_workbook(name: str, content: bytes, frameworks: Mapping[str, Framework] | None = None) -> Read:
    """Instrument and scoring of an XLSX, an ODS, a CSV of questions or a zip of CSVs.

    `name` of the file gives the title where the workbook says none. `frameworks` (the shipped ones when left
    out) are those whose competences may be named. Never raises for what is in the file: everything wrong is
    in `problems`, with sheet, row and column.
    """
    origin = Origin(kind_of(content))
    try:
        book, origin = open_book(content)
        known = bundled("framework") if frameworks is None else frameworks
        return read_book(book, origin, known, PurePath(name.replace("\\", "/")).stem)
    except FileRefused as refusal:
        return refused(refusal, origin)


def kind_of(content: bytes) -> str:
    """xlsx, ods, csv.zip, docx, xls, zip (of something else) or csv: by the content."""
    if content.startswith(_OLD_OFFICE):
        return "xls"
    return _kind_of_zip(content) if content.startswith(b"PK") else "csv"


def _kind_of_zip(content: bytes) -> str:
    try:
        parts = unpack(content, lambda name: name == "mimetype")
    except FileRefused:
        return "zip"
    signs = {
        "xlsx": any(name.startswith("xl/") for name in parts),
        "docx": "word/document.xml" in parts,
        "ods": "content.xml" in parts and b"spreadsheet" in parts.get("mimetype", b""),
        "csv.zip": any(name.lower().endswith((".csv", ".tsv")) for name in parts),
    }
    return next((kind for kind, fits in signs.items() if fits), "zip")


def open_book(content: bytes) -> tuple[Book, Origin]:
    """The book and how it was understood.

    Raises
    ------
    FileRefused
        With the reason and its place.
    """
    kind = kind_of(within(content))
    if kind == "xlsx":
        return read_xlsx(content), Origin("xlsx")
    if kind == "ods":
        return read_ods(content), Origin("ods")
    if kind == "csv":
        return read_csv(content, QUESTIONS.ru)
    if kind == "csv.zip":
        return read_csv_zip(content)
    raise FileRefused("old_workbook" if kind == "xls" else "file_unknown")
