"""Tables of the papers with results by name."""

from __future__ import annotations

from collections.abc import Iterator

from reports.contents.papers.results import (
    LevelCounts,
    Mark,
    PersonalSheets,
    PersonMarks,
    Protocol,
    Summary,
)
from reports.contents.person import PersonReport
from reports.tables import Column, Kind, Table, Value
from reports.wording.terms import conclusion
from reports.wording.words import Words

BLOCKS_A_TABLE = 4  # two columns each: more of them do not fit a page across


def summary_tables(summary: Summary, words: Words) -> tuple[Table, ...]:
    """People × blocks: per cents and levels, at most `BLOCKS_A_TABLE` blocks a table; the whole work stands last."""
    numbered = [
        (f"{number}. {title}", words.say("блок %(n)d", n=number))
        for number, title in enumerate(summary.blocks, 1)
    ]
    titles = [*numbered, (words.say("Вся работа"), words.say("вся работа"))]
    rows = [(*row.marks, row.whole) for row in summary.rows]
    starts = range(0, len(titles), BLOCKS_A_TABLE)
    parts = tuple(
        _marks_table(
            summary.rows, titles[start : start + BLOCKS_A_TABLE],
            [row[start : start + BLOCKS_A_TABLE] for row in rows], words,
        )
        for start in starts
    )  # fmt: skip
    return (*parts, levels_table(summary, words))


def _marks_table(
    people: tuple[PersonMarks, ...],
    titles: list[tuple[str, str]],
    marks: list[tuple[Mark, ...]],
    words: Words,
) -> Table:
    blocks = tuple(
        column
        for title, short in titles
        for column in (
            Column(f"{title}, %", Kind.NUMBER, share=1.2),
            Column(words.say("Уровень: %(block)s", block=short), share=1.6),
        )
    )
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=3),
        Column(words.say("Образовательная организация"), share=2.2),
        *blocks,
    )
    rows = tuple(
        (place, row.person.full_name, row.person.school, *_cells(line))
        for place, (row, line) in enumerate(zip(people, marks, strict=True), 1)
    )
    note = words.say("«–»: заданий мало, уровень не устанавливается.") if _has_gaps(marks) else ""
    return Table(
        words.say("Результаты участников: %(blocks)s", blocks="; ".join(title for title, _ in titles)),
        columns,
        rows,
        note,
    )


def _cells(marks: tuple[Mark, ...]) -> Iterator[Value]:
    for mark in marks:
        yield mark.percent
        yield mark.level.short if mark.level else None


def _has_gaps(marks: list[tuple[Mark, ...]]) -> bool:
    return any(mark.level is None for line in marks for mark in line)


def levels_table(summary: Summary, words: Words) -> Table:
    """How many people stand at each official level."""
    columns = (
        Column(words.say("Блок"), share=3),
        *(Column(level.title, Kind.COUNT, share=1.6) for level in reversed(summary.scale.levels)),
        Column(words.say("уровень не установлен"), Kind.COUNT, share=1.3),
    )
    rows = tuple(_levels_row(line, words) for line in summary.levels)
    return Table(
        words.say("Названные участники по уровням профессиональных дефицитов, человек"),
        columns,
        rows,
        strong=frozenset({len(rows) - 1}),
    )


def _levels_row(line: LevelCounts, words: Words) -> tuple[Value, ...]:
    return (line.title or words.say("Вся работа"), *reversed(line.people), line.none)


def protocol_tables(protocol: Protocol, words: Words) -> tuple[Table, ...]:
    if protocol.results is None:
        return (_attendance_table(protocol, words),)
    return levels_table(protocol.results, words), _named_levels(protocol.results, words)


def _attendance_table(protocol: Protocol, words: Words) -> Table:
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=3),
        Column(words.say("Образовательная организация"), share=3),
        Column(words.say("Участие"), share=1.6),
    )
    rows = tuple(
        (
            place,
            one.person.full_name,
            one.person.school,
            words.say("пройдено") if one.submitted else words.say("не пройдено"),
        )
        for place, one in enumerate(protocol.people, 1)
    )
    return Table(words.say("Участие в диагностике"), columns, rows)


def _named_levels(summary: Summary, words: Words) -> Table:
    """The official level of the whole work as the institute writes it, the blocks where it is high beside it."""
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=2.6),
        Column(words.say("Образовательная организация"), share=2.2),
        Column(words.say("Результат, %"), Kind.NUMBER, share=1),
        Column(words.say("Уровень"), share=2.6, empty=words.say("не устанавливается")),
        Column(words.say("Блоки с дефицитом по шкале"), share=2.4),
    )
    rows = tuple(
        (
            place,
            row.person.full_name,
            row.person.school,
            row.whole.percent,
            row.whole.level.title if row.whole.level else None,
            _deficits(row, summary) or words.say("нет"),
        )
        for place, row in enumerate(summary.rows, 1)
    )
    return Table(words.say("Официальный уровень участников"), columns, rows)


def _deficits(row: PersonMarks, summary: Summary) -> str:
    """Blocks whose level stands below the border of the preset."""
    below = summary.scale.deficit_below
    return ", ".join(
        title
        for title, mark in zip(summary.blocks, row.marks, strict=True)
        if mark.level is not None and mark.level.lower < below
    )


def personal_tables(sheets: PersonalSheets, words: Words) -> tuple[Table, ...]:
    """Every block of every sheet, one row each."""
    columns = (
        Column("№", Kind.COUNT, share=0.5),
        Column(words.say("ФИО"), share=3),
        Column(words.say("Образовательная организация"), share=2.4),
        Column(words.say("Блок"), share=2.6),
        *_result_columns(words),
    )
    rows = tuple(
        (place, report.full_name, report.school, *line)
        for place, report in enumerate(sheets.reports, 1)
        for line in _result_rows(report, words)
    )
    return (Table(words.say("Личные листы результата"), columns, rows),)


def sheet_table(report: PersonReport, words: Words) -> Table:
    """One person's sheet: both layers beside each other."""
    columns = (Column(words.say("Блок"), share=2.6), *_result_columns(words))
    rows = tuple((line[0], *line[1:]) for line in _result_rows(report, words))
    return Table(words.say("Результаты по блокам"), columns, rows)


def _result_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Баллы"), Kind.COMPACT, share=0.8),
        Column(words.say("Из"), Kind.COMPACT, share=0.6),
        Column("%", Kind.NUMBER, share=0.7),
        Column(words.say("Уровень"), share=2.6, empty=words.say("не устанавливается")),
        Column(words.say("Вывод"), share=2.6),
    )


def _result_rows(report: PersonReport, words: Words) -> Iterator[tuple[Value, ...]]:
    for block in report.blocks:
        said = conclusion(block.conclusion, words, provisional=block.provisional)
        yield block.title, block.points, block.maximum, block.percent, block.level, said
