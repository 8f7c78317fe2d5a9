"""Access cards as a table."""

from __future__ import annotations

from reports.contents.slips import AccessSheet
from reports.tables import Column, Table
from reports.wording.words import Words


def cards_table(sheet: AccessSheet, words: Words) -> Table:
    """The same cards for a spreadsheet or a messenger."""
    return Table(
        words.say("Карточки доступа"),
        (
            Column(words.say("ФИО"), share=3),
            Column(words.say("Школа"), share=3),
            Column(words.say("Код школы")),
            Column(words.say("Код")),
            Column(words.say("Ссылка"), share=4),
        ),
        tuple((card.full_name, card.school, card.school_code, card.code, card.link) for card in sheet.cards),
    )
