"""Numbers and dates as a Russian document prints them: 14,5 · −3,2 · +8,4 · 57 % · 22.11.2026."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from reports.contents.common import Interval
from reports.wording.words import Words, mark

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"  # stands for a value that does not exist

_MONTHS_OF = (
    mark("января"),
    mark("февраля"),
    mark("марта"),
    mark("апреля"),
    mark("мая"),
    mark("июня"),
    mark("июля"),
    mark("августа"),
    mark("сентября"),
    mark("октября"),
    mark("ноября"),
    mark("декабря"),
)
_MONTHS = (
    mark("январь"),
    mark("февраль"),
    mark("март"),
    mark("апрель"),
    mark("май"),
    mark("июнь"),
    mark("июль"),
    mark("август"),
    mark("сентябрь"),
    mark("октябрь"),
    mark("ноябрь"),
    mark("декабрь"),
)
_DATIVE = (
    mark("одному"),
    mark("двум"),
    mark("трём"),
    mark("четырём"),
    mark("пяти"),
    mark("шести"),
    mark("семи"),
    mark("восьми"),
    mark("девяти"),
    mark("десяти"),
)
_GENITIVE = (
    mark("одного"),
    mark("двух"),
    mark("трёх"),
    mark("четырёх"),
    *_DATIVE[4:],
)
_NOMINATIVE = (
    mark("один"),
    mark("два"),
    mark("три"),
    mark("четыре"),
    mark("пять"),
    mark("шесть"),
    mark("семь"),
    mark("восемь"),
    mark("девять"),
    mark("десять"),
)


def rounded(value: float, decimals: int) -> Decimal:
    """Half away from zero on the shortest decimal form, so 2.675 gives 2.68 as a reader expects."""
    step = Decimal(1).scaleb(-decimals)
    result = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def number(value: float | None, words: Words, decimals: int = 0) -> str:
    if value is None:
        return DASH
    exact = rounded(value, decimals)
    whole, _, fraction = f"{abs(exact):,f}".replace(",", NBSP).partition(".")
    text = f"{whole}{words.decimal}{fraction}" if fraction else whole
    return f"{MINUS}{text}" if exact < 0 else text


def signed(value: float | None, words: Words, decimals: int = 1) -> str:
    """A change: +14,5, −3,2, and 0,0 without a sign."""
    text = number(value, words, decimals)
    return f"+{text}" if value is not None and rounded(value, decimals) > 0 else text


def compact(value: float, words: Words) -> str:
    """Points and hours: 6, 6,5, never 6,0."""
    decimals = max(0, -int(rounded(value, 2).normalize().as_tuple().exponent))
    return number(value, words, decimals)


def percent(value: float | None, words: Words, decimals: int = 0) -> str:
    return DASH if value is None else f"{number(value, words, decimals)}{NBSP}%"


def interval(value: Interval | None, words: Words, decimals: int = 1) -> str:
    if value is None:
        return DASH
    return words.say(
        "от %(low)s до %(high)s",
        low=number(value.low, words, decimals),
        high=number(value.high, words, decimals),
    ).replace(" ", NBSP)


def hours(value: float, words: Words) -> str:
    return words.say("%(hours)s ч", hours=compact(value, words)).replace(" ", NBSP)


def short_date(value: date | None) -> str:
    return DASH if value is None else value.strftime("%d.%m.%Y")


def short_time(value: datetime) -> str:
    return value.strftime("%d.%m.%Y %H:%M")


def long_date(value: date, words: Words) -> str:
    """22 ноября 2026 г., glued so that it never breaks."""
    month = words.say(_MONTHS_OF[value.month - 1])
    text = words.say("%(day)d %(month)s %(year)d г.", day=value.day, month=month, year=value.year)
    return text.replace(" ", NBSP)


def day_and_month(value: date, words: Words) -> str:
    return f"{value.day}{NBSP}{words.say(_MONTHS_OF[value.month - 1])}"


def month(value: date, words: Words) -> str:
    """ноябрь 2026 г."""
    name = words.say(_MONTHS[value.month - 1])
    return words.say("%(month)s %(year)d г.", month=name, year=value.year).replace(" ", NBSP)


def _numeral(n: int, forms: tuple[str, ...], words: Words) -> str:
    return words.say(forms[n - 1]) if 1 <= n <= len(forms) else str(n)


def dative(n: int, words: Words) -> str:
    return _numeral(n, _DATIVE, words)


def genitive(n: int, words: Words) -> str:
    return _numeral(n, _GENITIVE, words)


def nominative(n: int, words: Words) -> str:
    return _numeral(n, _NOMINATIVE, words)


def inside(title: str) -> str:
    """A title in the middle of a sentence: small first letter, abbreviations untouched."""
    if len(title) > 1 and title[0].isupper() and not title[1].isupper():
        return title[0].lower() + title[1:]
    return title


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(items: tuple[str, ...], words: Words) -> str:
    """первое, второе и третье."""
    if len(items) < 2:  # noqa: PLR2004 - a list needs two
        return "".join(items)
    return words.say("%(first)s и %(last)s", first=", ".join(items[:-1]), last=items[-1])
