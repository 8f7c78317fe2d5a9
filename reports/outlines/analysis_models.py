"""Calibrated tasks: difficulties, people beside them, information against the cuts."""

from __future__ import annotations

from reports.charts.forest import NARROW, Forest, ForestRow
from reports.charts.information_plot import InformationCurve, information_plot
from reports.charts.person_item_map import PersonItemMap, person_item_map
from reports.contents.analysis import CalibrationAnalysis
from reports.outline import Block, Bullets, Figure, Outline, Paragraph
from reports.outlines.analysis import Document, Look, assembled, forests
from reports.tabulate import analysis as tables
from reports.tabulate import analysis_misfit as misfits
from reports.wording import analysis_findings as said
from reports.wording.words import Words


def calibration_outline(report: CalibrationAnalysis, words: Words, look: Look) -> Outline:
    steps = tables.steps_table(report, words)
    document = Document(
        title=words.say("ТРУДНОСТЬ ЗАДАНИЙ НА ОДНОЙ ШКАЛЕ"),
        parts=(
            (words.say("Главное"), _main(report, words)),
            (words.say("Трудность"), (*forests(_difficulty(report, words), words, look, ident="b"),)),
            (words.say("Люди и задания"), (_map(report, words, look),)),
            (words.say("Точность"), _information(report, words, look)),
            *_misfits(report, words),
            (
                words.say("Все задания"),
                (tables.calibration_table(report, words), *((steps,) if steps else ())),
            ),
        ),
        reading=said.calibration_reading(words),
    )
    return assembled(report, document, words)


def _main(report: CalibrationAnalysis, words: Words) -> tuple[Block, ...]:
    excluded = (tables.excluded_table(report, words),) if report.excluded else ()
    return (
        Paragraph(said.calibration_main(report, words)),
        Bullets(said.calibration_facts(report, words)),
        *excluded,
    )


def _misfits(report: CalibrationAnalysis, words: Words) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """Where the model does not hold; nothing where it cannot be asked."""
    of = report.misfits
    if of is None:
        return ()
    pairs = (misfits.pairs_table(of, words),) if of.pairs else ()
    odd = (misfits.patterns_table(of, words),) if of.odd else ()
    blocks = (Bullets(said.misfit_facts(of, words)), misfits.groups_table(report, words), *pairs, *odd)
    return ((words.say("Согласие ответов с моделью"), blocks),)


def _difficulty(report: CalibrationAnalysis, words: Words) -> Forest:
    ordered = sorted(report.items, key=lambda one: one.b.value or 0.0)
    return Forest(
        rows=tuple(ForestRow(one.name, one.b.value, one.b.interval, sure=not one.flags) for one in ordered),
        title=words.say("Трудность заданий, от лёгких к трудным"),
        subtitle=words.say("Логиты, интервал 95 %; пустой кружок — к заданию есть замечание")
        if any(one.b.interval for one in report.items)
        else words.say("Логиты, середина шагов; пустой кружок — к заданию есть замечание"),
        axis=words.say("трудность, логиты"),
        description=said.described([(one.name, one.b) for one in ordered], words),
        table=tables.calibration_table(report, words),
        zero=0.0,
    )


def _map(report: CalibrationAnalysis, words: Words, look: Look) -> Figure:
    of = PersonItemMap(
        people=report.people,
        steps=tuple(step for one in report.items for step in one.thresholds if step is not None),
        title=words.say("Люди и шаги заданий на одной шкале"),
        subtitle=words.say(
            "Сверху — сколько людей, снизу — сколько шагов заданий приходится на каждые полулогита"
        ),
        description=said.map_words(report, words),
        table=tables.people_table(report, words),
    )
    wide = person_item_map(of, words, ident="map", theme=look.theme, width=look.width)
    narrow = person_item_map(of, words, ident="map-phone", theme=look.theme, width=NARROW)
    return Figure(wide, f"{of.subtitle}.", narrow if look.phone else None)


def _information(report: CalibrationAnalysis, words: Words, look: Look) -> tuple[Block, ...]:
    if not report.information:
        return (
            Paragraph(words.say("Кривой нет: у одного из заданий есть балл, которого никто не получил.")),
        )
    of = InformationCurve(
        points=report.information,
        cuts=report.cuts,
        title=words.say("Где работа измеряет точнее всего"),
        subtitle=words.say("Информация всей работы: чем выше кривая, тем меньше погрешность"),
        description=said.information_words(report, words),
        table=tables.information_table(report, words),
    )
    wide = information_plot(of, words, ident="information", theme=look.theme, width=look.width)
    narrow = information_plot(of, words, ident="information-phone", theme=look.theme, width=NARROW)
    return (Figure(wide, f"{of.subtitle}.", narrow if look.phone else None),)
