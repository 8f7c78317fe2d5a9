"""Tables of a self-assessment."""

from __future__ import annotations

from reports.contents.beside import SelfBeside
from reports.tables import Column, Kind, Table, Value
from reports.wording.selfview import word
from reports.wording.words import Words


def self_table(beside: SelfBeside, words: Words) -> Table:
    """Own opinion of each block, with the test in columns of its own where there is one."""
    tested, levels = beside.compared, any(one.level for one in beside.lines)
    columns = [
        Column(words.say("Блок"), share=3),
        Column(words.say("Самооценка, 0–100"), Kind.NUMBER, share=1.4),
        Column(words.say("Ответов"), share=1.1),
    ]
    if levels:
        columns.append(Column(words.say("Уровень"), share=1.6))
    if tested:
        columns += [
            Column(words.say("Тест, %"), Kind.NUMBER, share=1),
            Column(words.say("Интервал 80 %"), Kind.INTERVAL, share=1.6),
            Column(words.say("Вместе"), share=3),
        ]
    rows: list[tuple[Value, ...]] = []
    for one in beside.lines:
        row: list[Value] = [
            one.title,
            one.own if one.own is not None else words.say("мало ответов"),
            words.say("%(n)d из %(all)d", n=one.answered, all=one.n_items),
        ]
        if levels:
            row.append(one.level)
        rows.append((*row, one.test, one.band, word(one, words)) if tested else tuple(row))
    name = words.say("Самооценка и тест") if tested else words.say("Самооценка по блокам")
    return Table(name, tuple(columns), tuple(rows))
