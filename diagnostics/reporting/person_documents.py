"""One person's result as a file, whatever it is: a test (with the self-assessment beside it) or a self-assessment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from diagnostics.assets import path_of
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.reporting.person import person_report
from diagnostics.reporting.person_files import FORMATS, Made, person_file
from diagnostics.reporting.selfview import beside, self_report
from reports.contents.person import PersonReport
from reports.contents.selfview import SelfReport
from reports.outlines.selfview import self_outline
from reports.render.docx import docx
from reports.render.pdf import pdf
from reports.render.xlsx import xlsx
from reports.tabulate.selfview import self_table
from reports.wording import selfview as wording
from reports.wording.numbers import short_date
from reports.wording.words import Words


def result_document(
    view: FindingView, other: FindingView | None, words: Words, language: str, kind: str
) -> Made:
    """`other`: the person's finding of the other kind where the reader may see it; `kind`: pdf, docx or xlsx."""
    if findings.is_opinion(view):
        return self_file(self_report(view, other, words, language), words, kind)
    return person_file(tested_report(view, other, words, language), words, kind)


def tested_report(view: FindingView, own: FindingView | None, words: Words, language: str) -> PersonReport:
    """The report of a test with the self-assessment of the same blocks beside it."""
    report = person_report(view, words, language)
    if own is None:
        return report
    return replace(report, beside=beside(own, view, language, only_both=True))


def self_file(report: SelfReport, words: Words, kind: str) -> Made:
    """`kind`: pdf, docx or xlsx (KeyError for another one)."""
    stem = words.say("Самооценка, %(day)s", day=short_date(report.taken_on))
    return Made(_RENDER[kind](report, words), FORMATS[kind][1], f"{stem}.{kind}")


def _xlsx(report: SelfReport, words: Words) -> bytes:
    return xlsx(
        (self_table(report.beside, words),),
        words,
        title=report.diagnosis,
        about=(
            report.full_name,
            wording.how_to_read(report.beside, words),
            *wording.source_lines(report, words),
        ),
        stamp=report.sources.data_cut,
    )


_RENDER: dict[str, Callable[[SelfReport, Words], bytes]] = {
    "pdf": lambda report, words: pdf(self_outline(report, words), words, path_of("templates")),
    "docx": lambda report, words: docx(self_outline(report, words), words),
    "xlsx": _xlsx,
}
