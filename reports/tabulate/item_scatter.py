from __future__ import annotations

from reports.contents.item_scatter import ItemScatter
from reports.tables import Column, Kind, Table
from reports.wording.words import Words


def scatter_table(found: ItemScatter, words: Words) -> Table:
    """The rows of the figure, those with a remark first."""
    rows = sorted(found.points, key=lambda one: (not one.remark, one.r))
    return Table(
        words.say("Решаемость и различающая способность"),
        (
            Column(words.say("Задание"), share=3),
            Column(words.say("Решаемость, %"), Kind.NUMBER),
            Column(words.say("Различающая способность"), Kind.NUMBER, 2),
            Column(words.say("Замечание"), share=2, empty=""),
        ),
        tuple((one.title, one.p, one.r, one.remark or None) for one in rows),
    )
