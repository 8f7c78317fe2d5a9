"""Tables of single people in the entry/exit report: internal copy only, in the order of the alphabet."""

from __future__ import annotations

from reports.contents.entry_exit import EntryExitReport, PersonLine
from reports.tables import Column, Kind, Table
from reports.wording.comparability import corrected_note
from reports.wording.entry_exit import change_word
from reports.wording.entry_exit_people import conclusion_move, person_line
from reports.wording.words import Words


def _people(report: EntryExitReport) -> list[PersonLine]:
    """In the order of the alphabet: no places."""
    return sorted(report.people, key=lambda line: line.full_name)


def people_table(report: EntryExitReport, words: Words) -> Table:
    """Internal copy only: a line of words a person, moves of the official level and reliable change apart."""
    compared = report.comparability.verdict.allowed
    return Table(
        words.say("Кому нужна поддержка"),
        (
            Column(words.say("ФИО"), share=1.5),
            Column(words.say("Школа"), share=1.5),
            # The sentence takes whatever the words of the other columns leave.
            Column(words.say("Что показали этапы"), share=9),
            *(_moves_columns(words) if compared else ()),
        ),
        tuple(
            (
                line.full_name,
                line.school,
                person_line(line, words, compared=compared),
                *(_moves(line, words) if compared else ()),
            )
            for line in _people(report)
        ),
        note=_note(report, words),
    )


def _moves_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Дефицит снят"), share=1.5),
        Column(words.say("Дефицит новый"), share=1.5),
        Column(words.say("Изменение"), share=1.5),
    )


def _moves(line: PersonLine, words: Words) -> tuple[str | None, ...]:
    return _listed(line.closed), _listed(line.new), change_word(line.verdict, words)


def _note(report: EntryExitReport, words: Words) -> str:
    if not corrected_note(report.comparability, words):
        return ""
    return words.say("Проценты — как набраны; вывод об изменении учитывает поправку на вариант.")


def _listed(titles: tuple[str, ...]) -> str | None:
    """None is printed as a dash."""
    return ", ".join(titles) or None


def conclusions_table(report: EntryExitReport, words: Words) -> Table:
    """The conclusion layer of each person by block, at entry and exit."""
    return Table(
        words.say("Выводы по блокам с учётом точности: вход / выход"),
        (Column(words.say("ФИО"), share=2.4), *(Column(block.title, share=2) for block in report.blocks)),
        tuple(
            (
                line.full_name,
                *(conclusion_move(line.conclusions.get(block.code), words) for block in report.blocks),
            )
            for line in _people(report)
        ),
        note=words.say(
            "Развивать — дефицит подтверждён; уточнить — вероятен; не выявлен — данных за дефицит нет; "
            "опора — уверенно выше границы; тире — заданий мало."
        ),
    )


def people_numbers_table(report: EntryExitReport, words: Words) -> Table:
    """The same people as numbers, for the spreadsheet; no verdict where nothing may be compared."""
    compared = report.comparability.verdict.allowed
    verdict = (Column(words.say("Изменение"), share=1.9),) if compared else ()
    return Table(
        words.say("Результаты по людям"),
        (
            Column(words.say("ФИО"), share=3),
            Column(words.say("Школа"), share=2.4),
            Column(words.say("Вход, %"), Kind.NUMBER, share=0.9),
            Column(words.say("Выход, %"), Kind.NUMBER, share=0.9),
            Column(words.say("Уровень на входе"), share=1.5),
            Column(words.say("Уровень на выходе"), share=1.5),
            *verdict,
            Column(words.say("Подтвердить"), share=1.7),
        ),
        tuple(
            (
                line.full_name, line.school, line.entry, line.exit, line.entry_level, line.exit_level,
                *((change_word(line.verdict, words),) if compared else ()), line.next_check,
            )
            for line in _people(report)
        ),
    )  # fmt: skip
