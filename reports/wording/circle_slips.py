"""Words of anonymous slips."""

from __future__ import annotations

from reports.contents.circle_slips import CircleSheet
from reports.wording.numbers import short_date
from reports.wording.words import Words


def promise(sheet: CircleSheet, words: Words) -> str:
    """«Это не контрольная. Имени не спрашиваем.»"""
    plain = words.say("Имени не спрашиваем.")
    if not sheet.is_pupils:
        return plain
    calm = words.say("Это не контрольная.")
    return f"{calm} {plain}"


def rule(sheet: CircleSheet, words: Words) -> str:
    return words.count(
        sheet.needed,
        "Ответы видны только общие, и только если ответил хотя бы %(n)d человек.",
        "Ответы видны только общие, и только если ответили хотя бы %(n)d человека.",
        "Ответы видны только общие, и только если ответили хотя бы %(n)d человек.",
    )


def steps(sheet: CircleSheet, words: Words) -> tuple[str, ...]:
    first = words.say("Наведите камеру телефона на квадрат справа.")
    if not any(slip.code for slip in sheet.slips):
        return (first,)
    typed = words.say("Или откройте %(address)s и введите оба кода.", address=sheet.address)
    return (first, typed)


def window(sheet: CircleSheet, words: Words) -> str:
    time = words.count(sheet.minutes, "%(n)d минута", "%(n)d минуты", "%(n)d минут")
    return words.say("До %(closes)s, время: %(time)s", closes=short_date(sheet.closes), time=time)
