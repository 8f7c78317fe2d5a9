"""Tables of a school's zones."""

from __future__ import annotations

from collections.abc import Iterable

from reports.contents.zones import Direction, Mark, Statement, Verdict, Zone, ZonesReport
from reports.tables import Column, Kind, Table, Value
from reports.wording import voices
from reports.wording import zones as wording
from reports.wording.numbers import capitalised
from reports.wording.words import Words


def tables(report: ZonesReport, words: Words) -> tuple[Table, ...]:
    """Everything for a spreadsheet: явка, directions, groups, statements, the list, free answers."""
    found = [
        turnout_table(report, words),
        directions_table(report, words),
        marks_table(report.zones, words),
    ]
    if any(one.statements for one in report.directions):
        found.append(statements_table(report.directions, words))
    if report.order:
        found.append(order_table(report, words))
    if report.free:
        found.append(free_table(report, words))
    return tuple(found)


def turnout_table(report: ZonesReport, words: Words) -> Table:
    return Table(
        words.say("Кто ответил"),
        (
            Column(words.say("Группа"), share=2),
            Column(words.say("Ответили"), share=2),
            Column(words.say("Доля"), share=1),
            Column(words.say("Примечание"), share=4),
        ),
        tuple(
            (
                capitalised(voices.voice(one.voice, words)),
                voices.came(one, words),
                voices.rate(one, words),
                voices.turnout_note(one, words),
            )
            for one in report.turnout
        ),
    )


def directions_table(report: ZonesReport, words: Words) -> Table:
    """One row a direction: index over groups and verdict; no index where the verdict says why."""
    return Table(
        words.say("Направления"),
        (
            Column(words.say("Зона"), share=2.6),
            Column(words.say("Направление"), share=3),
            Column(words.say("Индекс"), Kind.NUMBER, share=1),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, share=1.6),
            Column(words.say("Вывод"), share=2),
            Column(words.say("Пояснение"), share=3),
        ),
        tuple(_direction(zone, one, report, words) for zone in report.zones for one in zone.directions),
    )


def _direction(zone: Zone, one: Direction, report: ZonesReport, words: Words) -> tuple[Value, ...]:
    told = one.verdict is Verdict.CLASS
    return (
        zone.title,
        one.title,
        one.index if told else None,
        one.interval if told else None,
        wording.verdict(one, report, words),
        wording.under_verdict(one, report, words),
    )


def marks_table(zones: Iterable[Zone], words: Words) -> Table:
    """One row a direction and group; a hidden group says so instead of a number."""
    rows: list[tuple[Value, ...]] = [
        (one.title, *_mark(mark, words)) for zone in zones for one in zone.directions for mark in one.marks
    ]
    return Table(
        words.say("Оценки групп"),
        (Column(words.say("Направление"), share=3), *_mark_columns(words)),
        tuple(rows),
    )


def statements_table(directions: Iterable[Direction], words: Words) -> Table:
    rows: list[tuple[Value, ...]] = [
        (one.title, line.text, *_mark(mark, words))
        for one in directions
        for line in one.statements
        for mark in line.marks
    ]
    return Table(
        words.say("Утверждения"),
        (
            Column(words.say("Направление"), share=2.4),
            Column(words.say("Утверждение"), share=4),
            *_mark_columns(words),
        ),
        tuple(rows),
    )


def statements_of(lines: Iterable[Statement], words: Words) -> Table:
    """Statements of one direction, for the page: a column a group would be too wide on a phone."""
    rows: list[tuple[Value, ...]] = [
        (line.text, *_mark(mark, words)) for line in lines for mark in line.marks
    ]
    return Table(
        words.say("Утверждения"),
        (Column(words.say("Утверждение"), share=4), *_mark_columns(words)),
        tuple(rows),
    )


def _mark_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Группа"), share=1.8),
        Column(words.say("Оценка"), Kind.NUMBER, share=1.4),
        Column(words.say("Интервал 95 %"), Kind.INTERVAL, share=1.6),
        Column(words.say("Ответов"), Kind.COUNT, share=0.9, empty=""),
    )


def _mark(one: Mark, words: Words) -> tuple[Value, ...]:
    value: Value = one.value if one.value is not None else voices.suppressed(one, words)
    return voices.voice(one.voice, words), value, one.interval, one.n


def order_table(report: ZonesReport, words: Words) -> Table:
    return Table(
        words.say("С чего начать: важность и разрыв"),
        (
            Column(words.say("Направление"), share=3.4),
            Column(words.say("Место"), Kind.COUNT, share=0.7),
            Column(words.say("Важность"), Kind.NUMBER, share=1),
            Column(words.say("Разрыв"), Kind.NUMBER, share=1),
            Column(words.say("Приоритет"), Kind.NUMBER, share=1.1),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, share=1.6),
        ),
        tuple(
            (one.title, place, one.importance, one.gap, one.value, one.interval)
            for place, one in enumerate(report.order, 1)
        ),
        note=wording.unstable(report, words),
    )


def free_table(report: ZonesReport, words: Words) -> Table:
    rows: list[tuple[Value, ...]] = [
        (voices.voice(one.voice, words), one.question, text) for one in report.free for text in one.texts
    ]
    return Table(
        words.say("Своими словами"),
        (
            Column(words.say("Группа"), share=1),
            Column(words.say("Вопрос"), share=2),
            Column(words.say("Ответ без имён"), share=4),
        ),
        tuple(rows),
    )
