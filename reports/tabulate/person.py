"""Tables of one person's result."""

from __future__ import annotations

from reports.contents.person import BlockResult, Evidence, PersonReport
from reports.tables import Column, Kind, Table, Value
from reports.wording.person import items_used, official
from reports.wording.rubric import rubric_words
from reports.wording.terms import conclusion
from reports.wording.words import Words


def blocks_table(report: PersonReport, words: Words) -> Table:
    """Both layers of each block, in the order of the framework."""
    return Table(
        words.say("Результаты по блокам"),
        (
            Column(words.say("Блок"), share=3),
            Column(words.say("Баллы"), Kind.COMPACT, share=1),
            Column(words.say("Из"), Kind.COMPACT, share=0.8),
            Column(words.say("%"), Kind.NUMBER, share=0.8),
            Column(words.say("Оценка, %"), Kind.NUMBER, share=0.9),
            Column(words.say("Интервал 80 %"), Kind.INTERVAL, share=1.8),
            Column(words.say("Уровень по шкале"), share=3),
            Column(words.say("Вывод"), share=3),
            Column(words.say("Заданий"), share=1.2),
        ),
        tuple(_row(block, words) for block in report.blocks),
    )


def _row(block: BlockResult, words: Words) -> tuple[Value, ...]:
    return (
        block.title,
        block.points,
        block.maximum,
        block.percent,
        block.estimate,
        block.band,
        official(block, words),
        conclusion(block.conclusion, words, provisional=block.provisional),
        items_used(block, words),
    )


def evidence_table(report: PersonReport, words: Words) -> Table:
    """Tasks by block with the points they brought: short names only."""
    titles = {block.code: block.title for block in report.blocks}
    return Table(
        words.say("Задания"),
        (
            Column(words.say("Блок"), share=2.5),
            Column(words.say("Код"), share=0.8),
            Column(words.say("Задание"), share=4),
            Column(words.say("Баллы"), Kind.COMPACT, share=0.8, empty=""),
            Column(words.say("Из"), Kind.COMPACT, share=0.6),
            Column(words.say("Ответ"), share=1.4),
        ),
        tuple(
            (
                titles.get(item.block, item.block),
                item.code,
                item.title,
                None if item.unreached or item.awaiting else item.points,
                item.maximum,
                _answer(item, words),
            )
            for item in report.evidence
        ),
    )


def rubric_table(report: PersonReport, words: Words) -> Table:
    """Answers that experts marked: each criterion in the words of the rubric."""
    return Table(
        words.say("Что сказали эксперты"),
        (
            Column(words.say("Задание"), share=2.5),
            Column(words.say("Критерий"), share=2),
            Column(words.say("Баллы"), Kind.COMPACT, share=0.8),
            Column(words.say("Из"), Kind.COMPACT, share=0.6),
            Column(words.say("Уровень"), share=4),
        ),
        tuple(
            (task.title, line.title, line.points, line.maximum, rubric_words(line, words))
            for task in report.marked
            for line in task.rubric
        ),
    )


def _answer(item: Evidence, words: Words) -> str:
    if item.unreached:
        return words.say("не открыто")
    if item.awaiting:
        return words.say("ждёт проверки эксперта")
    said = words.say("без ответа") if item.omitted else words.say("есть")
    return words.say("%(answer)s, уточняющее", answer=said) if item.further else said
