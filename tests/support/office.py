"""Word and Excel files as a reader sees them, and LibreOffice as a stranger that opens them."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

SOFFICE = shutil.which("soffice")
Grid = list[list[str]]


def docx(content: bytes) -> Any:
    """The document as python-docx reads it."""
    return Document(io.BytesIO(content))


def docx_tables(content: bytes) -> list[Grid]:
    """Tables with a repeated head: the data of a document, not its letterheads."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx(content).tables
        if table.rows[0]._tr.xpath(".//w:tblHeader")
    ]


def docx_text(content: bytes) -> str:
    """Paragraphs and cells, a line each."""
    document = docx(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def xlsx_about(content: bytes) -> list[str]:
    """Lines of the first sheet: what the book is."""
    first = load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(row[0]) for row in first.iter_rows(values_only=True) if row[0]]


def xlsx_tables(content: bytes) -> list[list[list[Any]]]:
    """Every sheet but the first, which says what the book is."""
    sheets = load_workbook(io.BytesIO(content)).worksheets[1:]
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets]


def to_pdf(folder: Path, *files: Path) -> list[Path]:
    """The files as LibreOffice opens and prints them; one that needs repair gives no PDF."""
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return [folder / f"{file.stem}.pdf" for file in files]
