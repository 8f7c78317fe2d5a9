"""One person's report as a file: the same contents in three formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diagnostics.assets import path_of
from reports.contents.person import PersonReport
from reports.outlines.person import person_outline
from reports.render.docx import docx
from reports.render.pdf import pdf
from reports.render.xlsx import xlsx
from reports.tabulate.person import blocks_table, evidence_table, rubric_table
from reports.tabulate.selfview import self_table
from reports.wording.numbers import short_date
from reports.wording.terms import source_lines
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Made:
    content: bytes
    media_type: str
    name: str


def person_file(report: PersonReport, words: Words, kind: str) -> Made:
    """`kind`: pdf, docx or xlsx (KeyError for another one); the same contents give the same bytes."""
    render, media_type = FORMATS[kind]
    stem = words.say(
        "%(diagnosis)s, профиль %(day)s", diagnosis=report.diagnosis, day=short_date(report.taken_on)
    )
    return Made(render(report, words), media_type, f"{stem}.{kind}")


def _pdf(report: PersonReport, words: Words) -> bytes:
    return pdf(person_outline(report, words), words, path_of("templates"))


def _docx(report: PersonReport, words: Words) -> bytes:
    return docx(person_outline(report, words), words)


def _xlsx(report: PersonReport, words: Words) -> bytes:
    return xlsx(
        (
            blocks_table(report, words),
            *((self_table(report.beside, words),) if report.beside else ()),
            evidence_table(report, words),
            *((rubric_table(report, words),) if report.marked else ()),
        ),
        words,
        title=report.diagnosis,
        about=(report.full_name, *source_lines(report.sources, words)),
        stamp=report.sources.data_cut,
    )


FORMATS: dict[str, tuple[Callable[[PersonReport, Words], bytes], str]] = {
    "pdf": (_pdf, "application/pdf"),
    "docx": (_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
