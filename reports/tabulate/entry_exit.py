"""Tables of the entry/exit report, each also the data table of a figure."""

from __future__ import annotations

from reports.contents.entry_exit import BlockChange, EntryExitReport, Transitions
from reports.tables import Column, Kind, Table
from reports.tabulate.entry_exit_people import conclusions_table, people_numbers_table, people_table
from reports.wording.comparability import corrected_note
from reports.wording.entry_exit import change_word, interval_note
from reports.wording.entry_exit_people import p_value
from reports.wording.terms import STAGES
from reports.wording.words import Words, mark


def _by_change(report: EntryExitReport) -> tuple[BlockChange, ...]:
    """Blocks (never people) from the greatest change down, as the change plot shows them."""
    return tuple(sorted(report.blocks, key=lambda block: -block.change))


def _with_whole(report: EntryExitReport) -> tuple[BlockChange, ...]:
    """The blocks and, last, the whole work where it was computed."""
    return (*_by_change(report), *((report.whole,) if report.whole else ()))


def _last(report: EntryExitReport) -> frozenset[int]:
    return frozenset({len(report.blocks)}) if report.whole else frozenset()


def _hidden(report: EntryExitReport, words: Words) -> str:
    if report.hidden_below is None:
        return "–"
    return words.say("скрыто: меньше %(n)d", n=report.hidden_below)


def change_table(report: EntryExitReport, words: Words) -> Table:
    """The main table: n, entry, exit, change, 95 % interval, verdict."""
    return Table(
        words.say("Средний результат прошедших оба этапа, % возможных баллов"),
        (
            Column(words.say("Блок"), share=3.6),
            Column(words.say("Пар"), Kind.COUNT, share=0.7),
            Column(words.say("Вход"), Kind.NUMBER, 1, 0.9),
            Column(words.say("Выход"), Kind.NUMBER, 1, 0.95),
            Column(words.say("Изменение"), Kind.CHANGE, 1, 1.35),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, 1, 2),
            Column(words.say("Вывод"), share=2.7),
        ),
        tuple(
            (
                block.title, block.n, block.entry, block.exit, block.change, block.interval,
                change_word(block.verdict, words),
            )
            for block in _with_whole(report)
        ),
        strong=_last(report),
        note=" ".join(
            filter(None, (corrected_note(report.comparability, words), interval_note(report, words)))
        ),
    )  # fmt: skip


def effect_table(report: EntryExitReport, words: Words) -> Table:
    return Table(
        words.say("Размер изменения и сколько человек изменили результат"),
        (
            Column(words.say("Блок"), share=3.2),
            Column(words.say("g Хеджеса"), Kind.CHANGE, 2, 1.1),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, 2, 2.1),
            Column(words.say("Доля роста"), Kind.CHANGE, 2, 1.4),
            Column(words.say("Выше"), Kind.COUNT, share=0.9),
            Column(words.say("Так же"), Kind.COUNT, share=0.9),
            Column(words.say("Ниже"), Kind.COUNT, share=0.9),
            Column(words.say("Надёжно выше"), Kind.COUNT, share=1.2),
            Column(words.say("Надёжно ниже"), Kind.COUNT, share=1.2),
        ),
        tuple(
            (
                block.title, block.effect, block.effect_interval, block.gain, block.improved,
                block.same, block.worse, block.reliably_improved, block.reliably_worse,
            )
            for block in _with_whole(report)
        ),
        strong=_last(report),
        note=words.say("Надёжно — изменение человека больше погрешности двух измерений."),
    )  # fmt: skip


def deficits_table(report: EntryExitReport, words: Words) -> Table:
    empty = _hidden(report, words)
    counts = (mark("на входе"), mark("снят"), mark("остался"), mark("новый"), mark("на выходе"))
    return Table(
        words.say("Дефициты по блокам на официальном уровне, чел."),
        (
            Column(words.say("Блок"), share=3.6),
            *(Column(words.say(title), Kind.COUNT, empty=empty) for title in counts),
        ),
        tuple(
            (
                block.title, block.deficits.entry, block.deficits.closed,
                block.deficits.remaining, block.deficits.new, block.deficits.exit,
            )
            for block in _by_change(report)
        ),
        note=words.say(
            "Дефицит — результат ниже %(border)g %%.", border=report.scale.deficit_below
        ),
    )  # fmt: skip


def _total(counts: tuple[int | None, ...]) -> int | None:
    """No total over a hidden cell: it would reveal it."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def transitions_table(transitions: Transitions, report: EntryExitReport, words: Words) -> Table:
    empty = _hidden(report, words)
    rows = tuple(
        (level, *counts, _total(counts))
        for level, counts in zip(transitions.levels, transitions.counts, strict=True)
    )
    columns = tuple(zip(*transitions.counts, strict=True))
    last = (words.say("Всего"), *map(_total, columns), _total(tuple(map(_total, columns))))
    return Table(
        words.say("Уровень профессиональных дефицитов по всей работе, чел.: строки — вход, столбцы — выход"),
        (
            Column(words.say("На входе"), share=2),
            *(Column(level, Kind.COUNT, empty=empty) for level in transitions.levels),
            Column(words.say("Всего"), Kind.COUNT, empty=empty),
        ),
        (*rows, last),
        strong=frozenset({len(rows)}),
        crossed=True,
    )


def flow_table(report: EntryExitReport, words: Words) -> Table:
    flow = report.flow
    return Table(
        words.say("Участники по этапам, чел."),
        (
            Column(words.say("Где"), share=4),
            Column(words.say("Приглашены"), Kind.COUNT, share=1.4),
            Column(words.say("Вход"), Kind.COUNT),
            Column(words.say("Выход"), Kind.COUNT),
            Column(words.say("Оба этапа"), Kind.COUNT, share=1.2),
        ),
        (
            *((line.title, line.invited, line.entry, line.exit, line.both) for line in report.participants),
            (words.say("Всего"), flow.invited, flow.entry, flow.exit, flow.both),
        ),
        strong=frozenset({len(report.participants)}),
    )


def common_items_table(report: EntryExitReport, words: Words) -> Table:
    return Table(
        words.say("Общие задания: доля решивших, %"),
        (
            Column(words.say("Задание"), share=4),
            Column(words.say("Блок"), share=2.6),
            Column(words.say("Пар"), Kind.COUNT, share=0.7),
            Column(words.say("Вход"), Kind.NUMBER, share=0.8),
            Column(words.say("Выход"), Kind.NUMBER, share=0.9),
            Column(words.say("В сравнении"), share=1.6),
        ),
        tuple(
            (
                item.title, item.block, item.n, item.entry, item.exit,
                words.say("исключено") if item.dropped else words.say("да"),
            )
            for item in report.common_items
        ),
    )  # fmt: skip


def reliability_table(report: EntryExitReport, words: Words) -> Table:
    return Table(
        words.say("Надёжность результатов по этапам"),
        (
            Column(words.say("Этап"), share=2.4),
            Column(words.say("Вариант"), share=1.4),
            Column(words.say("Чел."), Kind.COUNT, share=0.7),
            Column(words.say("Заданий"), Kind.COUNT),
            Column(words.say("Альфа"), Kind.NUMBER, 2, 0.9),
            Column(words.say("Интервал 95 %"), Kind.INTERVAL, 2, 1.9),
            Column(words.say("Омега"), Kind.NUMBER, 2, 0.9),
            Column(words.say("Погрешность, баллов из 100"), Kind.NUMBER, 1, 1.8),
        ),
        tuple(
            (
                words.say(STAGES[line.stage]), line.form, line.n, line.n_items, line.alpha,
                line.alpha_interval, line.omega, line.sem,
            )
            for line in report.reliability
        ),
    )  # fmt: skip


def effort_table(report: EntryExitReport, words: Words) -> Table:
    return Table(
        words.say("Время и пропуски"),
        (
            Column(words.say("Этап"), share=2.4),
            Column(words.say("Чел."), Kind.COUNT, share=0.7),
            Column(words.say("Минут, медиана"), Kind.NUMBER, share=1.4),
            Column(words.say("Без ответа, заданий на человека"), Kind.NUMBER, 1, 2),
            Column(words.say("Не успели открыть, заданий на человека"), Kind.NUMBER, 1, 2.2),
        ),
        tuple(
            (words.say(STAGES[one.stage]), one.n, one.minutes, one.omitted, one.unreached)
            for one in report.effort
        ),
        note=words.say("Время — от начала до отправки, вместе с перерывами."),
    )


def ranks_table(report: EntryExitReport, words: Words) -> Table:
    found = {one.code: one for one in report.ranks}
    lines = [(block.title, found[block.code]) for block in _with_whole(report) if block.code in found]
    return Table(
        words.say("Критерий Уилкоксона для парных результатов"),
        (
            Column(words.say("Блок"), share=3.2),
            Column(words.say("Изменились, чел."), Kind.COUNT, share=1.4),
            Column("p", share=1),
        ),
        tuple((title, one.n_nonzero, p_value(one.p, words)) for title, one in lines),
    )


def tables(report: EntryExitReport, words: Words) -> tuple[Table, ...]:
    """Every table that has something to say, in the order of the report."""
    compared = report.comparability.verdict.allowed
    return (
        flow_table(report, words),
        *((change_table(report, words), effect_table(report, words)) if compared else ()),
        *((ranks_table(report, words),) if report.ranks and compared else ()),
        *((transitions_table(report.transitions, report, words),) if report.transitions and compared else ()),
        *((deficits_table(report, words),) if compared else ()),
        *((common_items_table(report, words),) if report.common_items else ()),
        *((reliability_table(report, words),) if report.reliability else ()),
        *((effort_table(report, words),) if report.effort else ()),
        *(
            (
                people_table(report, words),
                people_numbers_table(report, words),
                conclusions_table(report, words),
            )
            if report.people
            else ()
        ),
    )
