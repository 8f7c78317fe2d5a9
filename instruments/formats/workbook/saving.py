"""Instrument and scoring → the bytes of a workbook of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.workbook.csvfiles import write_csv_zip
from instruments.formats.workbook.making import made_xlsx
from instruments.formats.workbook.ods import write_ods
from instruments.formats.workbook.writing import written_book
from instruments.framework import Framework
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE

BookKind: TypeAlias = Literal["xlsx", "ods", "csv"]


def write_workbook(
    instrument: Instrument,
    scoring: Scoring | None = None,
    kind: BookKind = "xlsx",
    *,
    language: str = SOURCE_LANGUAGE,
    frameworks: Mapping[str, Framework] | None = None,
) -> bytes:
    """A workbook that reads back to equal documents: XLSX, ODS, or a zip of CSVs.

    `language` is that of the names of sheets and columns. The same documents give the same bytes.
    """
    known = bundled("framework") if frameworks is None else frameworks
    framework = known.get(scoring.framework) if scoring else None
    written = written_book(instrument, scoring, framework, language)
    if kind == "ods":
        return write_ods(written.book)
    return write_csv_zip(written.book) if kind == "csv" else made_xlsx(written, language)
