"""A self-assessment on paper."""

from __future__ import annotations

from reports.charts.self_plot import self_plot
from reports.charts.theme import PRINT
from reports.contents.beside import SelfBeside
from reports.contents.selfview import SelfReport
from reports.outline import Block, Facts, Figure, Outline, Paragraph, Section
from reports.tabulate.selfview import self_table
from reports.wording import selfview as wording
from reports.wording.numbers import long_date, short_time
from reports.wording.terms import VISIBILITIES
from reports.wording.words import Words

_PRINT_WIDTH = 760


def self_outline(report: SelfReport, words: Words) -> Outline:
    return Outline(
        heading=report.heading,
        title=words.say("Самооценка"),
        subtitle=(wording.headline(report, words),),
        blocks=(
            Facts((
                (words.say("ФИО"), report.full_name),
                (words.say("Организация"), report.school),
                (words.say("Диагностика"), report.diagnosis),
                (words.say("Дата"), long_date(report.taken_on, words)),
                (words.say("Кто видит"), words.say(VISIBILITIES[report.visibility])),
            )),
            *beside_blocks(report.beside, words, section=False),
            Paragraph(
                ". ".join(wording.source_lines(report, words)) + ".", lead=words.say("Источники."), small=True
            ),
        ),
        foot=(
            words.say(
                "Самооценка «%(title)s», версия %(version)s · сформировано %(moment)s",
                title=report.sources.instrument.title,
                version=report.sources.instrument.version,
                moment=short_time(report.heading.formed_at),
            ),
        ),
    )  # fmt: skip


def beside_blocks(beside: SelfBeside, words: Words, *, section: bool = True) -> tuple[Block, ...]:
    """The part that stands in the report of a test too."""
    head: tuple[Block, ...] = (Section(words.say("Тест и самооценка рядом")),) if section else ()
    chart = self_plot(beside, words, ident="self", theme=PRINT, width=_PRINT_WIDTH)
    return (*head, Figure(chart, wording.how_to_read(beside, words)), self_table(beside, words))
