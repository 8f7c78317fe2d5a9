"""Anonymous slips as a table."""

from __future__ import annotations

from collections.abc import Sequence

from reports.contents.circle_slips import CircleSheet
from reports.tables import Column, Table
from reports.wording.words import Words


def slips_table(sheets: Sequence[CircleSheet], words: Words) -> Table:
    """One row a slip, without any order of people: no name ever stands beside a code."""
    rows = [
        (sheet.whom, number, sheet.school_code, slip.code, slip.link)
        for sheet in sheets
        for number, slip in enumerate(sheet.slips, 1)
    ]
    return Table(
        words.say("Листы с кодами"),
        (
            Column(words.say("Группа"), share=2),
            Column(words.say("№")),
            Column(words.say("Код школы")),
            Column(words.say("Код")),
            Column(words.say("Ссылка"), share=4),
        ),
        tuple(rows),
    )
