"""The entry/exit report as a file: the same contents in three formats."""

from __future__ import annotations

from collections.abc import Callable

from diagnostics.assets import path_of
from diagnostics.reporting.entry_exit import on_paper
from diagnostics.reporting.person_files import Made
from reports.contents.entry_exit import EntryExitReport
from reports.outlines.entry_exit import entry_exit_outline
from reports.render.docx import docx
from reports.render.pdf import pdf
from reports.render.xlsx import xlsx
from reports.tabulate.entry_exit import tables
from reports.wording.comparability import comparability, comparability_verdict
from reports.wording.entry_exit import interval_note, period, returned
from reports.wording.terms import source_lines
from reports.wording.words import Words

Render = Callable[[EntryExitReport, Words], bytes]


def entry_exit_file(report: EntryExitReport, words: Words, kind: str) -> Made:
    """`kind`: pdf, docx or xlsx (KeyError for another one); the same contents give the same bytes."""
    render, media_type = FORMATS[kind]
    stem = words.say("Вход и выход, %(group)s, %(period)s", group=report.group, period=period(report, words))
    return Made(render(report, words), media_type, f"{stem}.{kind}")


def _pdf(report: EntryExitReport, words: Words) -> bytes:
    return pdf(entry_exit_outline(on_paper(report, words), words), words, path_of("templates"))


def _docx(report: EntryExitReport, words: Words) -> bytes:
    return docx(entry_exit_outline(on_paper(report, words), words), words)


def _xlsx(report: EntryExitReport, words: Words) -> bytes:
    return xlsx(
        tables(report, words),
        words,
        title=words.say("Вход и выход: %(group)s", group=report.group),
        about=(
            report.diagnosis,
            f"{comparability_verdict(report.comparability, words)} {comparability(report.comparability, words)}",
            *filter(None, (interval_note(report, words), returned(report, words))),
            *source_lines(report.sources, words),
            words.say("Код проверки %(code)s", code=report.heading.check_code),
        ),
        stamp=report.sources.data_cut,
    )


FORMATS: dict[str, tuple[Render, str]] = {
    "pdf": (_pdf, "application/pdf"),
    "docx": (_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
