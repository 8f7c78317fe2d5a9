"""Zones of a school as a file: the same contents in three formats."""

from __future__ import annotations

from collections.abc import Callable

from diagnostics.assets import path_of
from diagnostics.reporting.person_files import Made
from reports.contents.zones import ZonesReport
from reports.outlines.zones import zones_outline
from reports.render.docx import docx
from reports.render.pdf import pdf
from reports.render.xlsx import xlsx
from reports.tabulate.zones import tables
from reports.wording import zones as wording
from reports.wording.words import Words


def zones_file(report: ZonesReport, words: Words, kind: str) -> Made:
    """`kind`: pdf, docx or xlsx (KeyError for another one); the same contents give the same bytes."""
    render, media_type = FORMATS[kind]
    stem = words.say("Зоны, %(school)s, %(title)s", school=report.school, title=report.title)
    return Made(render(report, words), media_type, f"{stem}.{kind}")


def _pdf(report: ZonesReport, words: Words) -> bytes:
    return pdf(zones_outline(report, words), words, path_of("templates"))


def _docx(report: ZonesReport, words: Words) -> bytes:
    return docx(zones_outline(report, words), words)


def _xlsx(report: ZonesReport, words: Words) -> bytes:
    order = wording.unstable(report, words) or wording.no_order(report, words)
    return xlsx(
        tables(report, words),
        words,
        title=words.say("Самооценка школы: %(school)s, %(title)s", school=report.school, title=report.title),
        about=(
            wording.headline(report, words),
            *wording.why_hidden(report, words),
            wording.how_counted(report, words),
            order,
            *wording.source_lines(report, words),
            words.say("Код проверки %(code)s", code=report.heading.check_code),
        ),
        stamp=report.sources.data_cut,
    )


FORMATS: dict[str, tuple[Callable[[ZonesReport, Words], bytes], str]] = {
    "pdf": (_pdf, "application/pdf"),
    "docx": (_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
