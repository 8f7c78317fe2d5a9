"""Tables of where a model does not hold: items, pairs, people."""

from __future__ import annotations

from reports.contents.analysis import CalibrationAnalysis, Misfits
from reports.tables import Column, Kind, Table
from reports.tabulate.analysis import chance
from reports.wording.words import Words

#: People named in a document; the machine-readable answer names all.
MOST_NAMED = 100


def groups_table(of: CalibrationAnalysis, words: Words) -> Table:
    """S-X² of each item."""
    return Table(
        words.say("Задания: проверка S-X²"),
        (
            Column(words.say("Задание"), share=1.8),
            Column("S-X²", Kind.NUMBER, 2, empty=""),
            Column(words.say("Степеней свободы"), Kind.COUNT, empty=""),
            Column("p", Kind.NUMBER, 3, empty=""),
        ),
        tuple((one.name, one.s_x2, one.s_x2_df, chance(one.s_x2_p, words)) for one in of.items),
        note=words.say("Пусто — ответов для проверки мало."),
    )


def pairs_table(of: Misfits, words: Words) -> Table:
    """Pairs of items that share more than the ability."""
    return Table(
        words.say("Связанные пары заданий"),
        (
            Column(words.say("Задание"), share=1.8),
            Column(words.say("С заданием"), share=1.8),
            Column(words.say("Людей"), Kind.COUNT),
            Column("Q3", Kind.NUMBER, 2),
            Column(words.say("Выше среднего"), Kind.NUMBER, 2, 1.2),
        ),
        tuple((one.first, one.second, one.n, one.q3, one.above_mean) for one in of.pairs),
    )


def patterns_table(of: Misfits, words: Words) -> Table:
    """People whose answers are unlikely, the least likely first."""
    more, is_named = len(of.odd) - MOST_NAMED, any(one.person for one in of.odd)
    return Table(
        words.say("Необычные сочетания ответов"),
        (
            Column(words.say("Строка файла"), Kind.COUNT),
            *((Column(words.say("Кто"), share=1.8),) if is_named else ()),
            Column(words.say("Ответов"), Kind.COUNT),
            Column("lz*", Kind.NUMBER, 2),
            Column("p", Kind.NUMBER, 3),
        ),
        tuple(
            (one.row, *((one.person,) if is_named else ()), one.n, one.lz_star, chance(one.p, words))
            for one in of.odd[:MOST_NAMED]
        ),
        note=words.say("И ещё %(n)d: они есть в ответе --json.", n=more) if more > 0 else "",
    )
