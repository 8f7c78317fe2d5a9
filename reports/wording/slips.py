"""Words of access cards."""

from __future__ import annotations

from reports.contents.slips import AccessSheet
from reports.wording.numbers import short_date
from reports.wording.words import Words


def window(sheet: AccessSheet, words: Words) -> str:
    """«Можно пройти с 16.11.2026 по 27.11.2026, нужно около 40 минут»."""
    text = words.say(
        "Можно пройти с %(opens)s по %(closes)s",
        opens=short_date(sheet.opens),
        closes=short_date(sheet.closes),
    )
    if sheet.minutes is None:
        return text
    time = words.count(sheet.minutes, "%(n)d минута", "%(n)d минуты", "%(n)d минут")
    return words.say("%(text)s, время: %(time)s", text=text, time=time)


def steps(sheet: AccessSheet, words: Words) -> tuple[str, ...]:
    return (
        words.say("Наведите камеру телефона на квадрат справа."),
        words.say("Или откройте %(address)s и введите код школы и свой код.", address=sheet.address),
        words.say("Можно прерваться и продолжить с того же места."),
    )


def message(sheet: AccessSheet, index: int, words: Words) -> str:
    """One card as a text for a messenger."""
    card = sheet.cards[index]
    return words.say(
        "%(name)s, вас приглашают пройти диагностику «%(diagnosis)s». %(window)s. Ваша ссылка: %(link)s",
        name=card.full_name,
        diagnosis=sheet.diagnosis,
        window=window(sheet, words),
        link=card.link,
    )
