"""The entry/exit report: nine parts, the main thing on the first page."""

from __future__ import annotations

from reports.charts.change_plot import change_plot
from reports.charts.dumbbell import dumbbell
from reports.charts.flow import flow
from reports.charts.slopes import slopes
from reports.charts.theme import PRINT
from reports.contents.entry_exit import EntryExitReport
from reports.outline import Block, Bullets, Figure, Outline, Paragraph, Section
from reports.outlines.foot import foot
from reports.tabulate import entry_exit as tabulated
from reports.tabulate import entry_exit_people as people
from reports.wording import entry_exit as said
from reports.wording.comparability import comparability, comparability_verdict
from reports.wording.person import scale_note
from reports.wording.terms import source_lines
from reports.wording.words import Words

_DRAWN = 720  # pixels across, set at 170 mm


def entry_exit_outline(report: EntryExitReport, words: Words) -> Outline:
    parts = (
        (words.say("Главное"), _main(report, words)),
        (words.say("Кто участвовал"), _who(report, words)),
        (words.say("Результат"), _result(report, words)),
        (words.say("Уровни"), _levels(report, words)),
        (words.say("Сопоставимость и надёжность"), _trust(report, words)),
        (words.say("Кому нужна поддержка"), _support(report, words)),
        (words.say("Рекомендации"), _recommendations(report)),
        (words.say("Источники и словарь"), _appendix(report, words)),
    )
    present = [(title, blocks) for title, blocks in parts if blocks]
    return Outline(
        heading=report.heading,
        title=words.say("ОТЧЁТ"),
        subtitle=(
            words.say("о результатах входной и итоговой диагностики"),
            words.say("профессиональных дефицитов группы слушателей"),
            f"«{report.group}»",
            said.period(report, words),
        ),
        blocks=tuple(
            block
            for number, (title, blocks) in enumerate(present, 1)
            for block in (Section(f"{number} {title}"), *blocks)
        ),
        foot=foot(report.heading, report.sources, words),
    )


def _main(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    sentences = [said.attendance(report, words), said.finding(report, words)]
    if report.transitions and report.comparability.verdict.allowed:
        sentences.append(said.level_moves(report.transitions, words))
    sentences += [said.returned(report, words), *(said.caution(note, words) for note in report.cautions)]
    main = Paragraph(" ".join(sentence for sentence in sentences if sentence))
    if not report.comparability.verdict.allowed:
        return (main, Paragraph(comparability(report.comparability, words)))
    return (
        main,
        tabulated.change_table(report, words),
        Figure(dumbbell(report, words, ident="dumbbell")),
    )


def _who(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    return (
        Figure(flow(report, words, ident="flow", theme=PRINT, width=_DRAWN)),
        tabulated.flow_table(report, words),
        Paragraph(said.attrition(report, words)),
    )


def _result(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    if not report.comparability.verdict.allowed:
        return ()
    slope = slopes(report, words, ident="slopes", theme=PRINT, width=_DRAWN)
    change = change_plot(report, words, ident="change", theme=PRINT, width=_DRAWN)
    return (
        Figure(slope, f"{slope.subtitle}."),
        Figure(change, f"{change.subtitle}."),
        tabulated.effect_table(report, words),
        *((tabulated.ranks_table(report, words),) if report.ranks else ()),
    )


def _levels(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    if not report.comparability.verdict.allowed:
        return ()
    moves = report.transitions
    return (
        *((tabulated.transitions_table(moves, report, words),) if moves else ()),
        tabulated.deficits_table(report, words),
        Paragraph(f"{scale_note(report.scale, words)}.", small=True),
    )


def _trust(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    verdict = Paragraph(
        comparability(report.comparability, words),
        lead=comparability_verdict(report.comparability, words),
    )
    return (
        verdict,
        *((tabulated.common_items_table(report, words),) if report.common_items else ()),
        *((tabulated.reliability_table(report, words),) if report.reliability else ()),
        *((tabulated.effort_table(report, words),) if report.effort else ()),
    )


def _support(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    """Names stand in the internal copy only: an empty list leaves no heading behind."""
    if not report.people:
        return ()
    note = words.say("Только для внутреннего пользования: список по алфавиту, без мест.")
    return Paragraph(note), people.people_table(report, words), people.conclusions_table(report, words)


def _recommendations(report: EntryExitReport) -> tuple[Block, ...]:
    return (Bullets(report.recommendations),) if report.recommendations else ()


def _appendix(report: EntryExitReport, words: Words) -> tuple[Block, ...]:
    return (
        Bullets(source_lines(report.sources, words)),
        Bullets((
            words.say("Интервал 95 % — границы, в которых с такой уверенностью лежит настоящее среднее изменение."),
            words.say("В пределах погрешности — интервал изменения захватывает ноль."),
            words.say("g Хеджеса — изменение в долях обычного разброса результатов, с поправкой на малое число людей."),
            words.say("Критерий Уилкоксона — проверка изменения по порядку величин; p — вероятность увидеть такое без изменений."),
            words.say("Доля роста — какую часть расстояния до 100 % прошла группа."),
            words.say("Общие задания — задания, которые были в обоих вариантах и связывают их."),
        )),
    )  # fmt: skip
