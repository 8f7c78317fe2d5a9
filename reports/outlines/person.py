"""The personal profile on paper: findings first, then figure, table, tasks."""

from __future__ import annotations

from reports.charts.dot_and_band import dot_and_band
from reports.charts.theme import PRINT
from reports.contents.person import PersonReport
from reports.outline import Block, Facts, Figure, Outline, Paragraph, Section
from reports.outlines.foot import foot
from reports.outlines.selfview import beside_blocks
from reports.tabulate.person import blocks_table, evidence_table, rubric_table
from reports.wording.numbers import capitalised, long_date
from reports.wording.person import (
    headline,
    how_to_read,
    left_out,
    needs,
    next_step,
    scale_note,
    strength,
)
from reports.wording.rubric import remarks
from reports.wording.terms import STAGES, VISIBILITIES, source_lines
from reports.wording.words import Words

_PRINT_WIDTH = 720  # drawn wider than the page and set at 170 mm, so labels come out at 9 pt


def person_outline(report: PersonReport, words: Words) -> Outline:
    chart = dot_and_band(report, words, ident="profile", theme=PRINT, width=_PRINT_WIDTH)
    return Outline(
        heading=report.heading,
        title=words.say("Профиль по результатам диагностики"),
        subtitle=(headline(report, words),),
        blocks=(
            _who(report, words),
            *_findings(report, words),
            Figure(chart, how_to_read(report.blocks, words)),
            blocks_table(report, words),
            *(Paragraph(said, small=True) for said in left_out(report, words)),
            Paragraph(f"{scale_note(report.scale, words)}.", small=True),
            *(beside_blocks(report.beside, words) if report.beside else ()),
            *_tasks(report, words),
            Paragraph(
                ". ".join(source_lines(report.sources, words)) + ".",
                lead=words.say("Источники."),
                small=True,
            ),
        ),
        foot=foot(report.heading, report.sources, words),
    )


def _who(report: PersonReport, words: Words) -> Facts:
    return Facts((
        (words.say("ФИО"), report.full_name),
        (words.say("Должность"), report.position),
        (words.say("Организация"), f"{report.school}, {report.municipality}"),
        (words.say("Диагностика"), f"{report.diagnosis}: {words.say(STAGES[report.stage])}"),
        (words.say("Дата"), long_date(report.taken_on, words)),
        (words.say("Кто видит"), words.say(VISIBILITIES[report.visibility])),
    ))  # fmt: skip


def _findings(report: PersonReport, words: Words) -> tuple[Block, ...]:
    strengths = "; ".join(strength(value, words) for value in report.strengths)
    develop = ". ".join(needs(report.develop, words))
    step = next_step(report.next_step, words) if report.next_step else ""
    said = (
        (words.say("Опора."), strengths),
        (words.say("Что развивать."), develop),
        (words.say("Следующий шаг."), step),
    )
    return tuple(Paragraph(f"{capitalised(text)}.", lead=lead) for lead, text in said if text)


def _tasks(report: PersonReport, words: Words) -> tuple[Block, ...]:
    if not report.evidence:
        return ()
    marked: tuple[Block, ...] = ()
    if report.marked:
        said = (Paragraph(one, small=True) for one in remarks(report, words))
        marked = (rubric_table(report, words), *said)
    return Section(words.say("На чём основаны выводы")), evidence_table(report, words), *marked
