"""A number. Answer: int or float.

What may be typed: digits with a decimal comma or point; spaces (also no-break and thin ones) between
groups of three; a sign, also «−». A digit is any character that Unicode calls a decimal digit, so a
person typing «١٢» on an Arabic keyboard answered 12. No exponent, no NaN, no infinity: nobody types
«1e309» by hand, and what is not finite cannot be scored.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from instruments.document import Column, NumberItem
from instruments.items.outcome import (
    EMPTY,
    Answer,
    AnswerProblem,
    ItemScore,
    Reading,
    is_empty,
    judged,
    refused,
)
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey, NumberKey
from instruments.texts import SOURCE_LANGUAGE, say
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = True

_LONGEST = 64
_SPACES = "[ \u00a0\u2009\u202f]"
_TYPED = re.compile(rf"(?P<sign>[+\-−]?)(?P<whole>\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d*)(?:[.,](?P<part>\d+))?")
_EXACT_INTEGERS = 2**53  # beyond, JavaScript and JSON readers round
_ROUNDING = 1e-9  # 12.1 within 0.1 of 12 although 12.1 − 12 > 0.1 in binary


def read(item: NumberItem | Column, raw: object) -> Reading:
    if is_empty(raw) or (isinstance(raw, str) and not raw.strip()):
        return EMPTY
    number = _number(raw)
    if number is None:
        return refused("not_a_number")
    problems = tuple(_limits_broken(item, number))
    return Reading(None, problems) if problems else Reading(_stored(number))


def scorer(item: NumberItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    if not isinstance(key.key, NumberKey):
        return None
    value, points = key.key.value, key.points
    within = key.key.tolerance + _ROUNDING * max(1.0, abs(value))

    def score(answer: Answer) -> ItemScore:
        right = isinstance(answer, (int, float)) and abs(answer - value) <= within
        return judged(points if right else 0.0, points)

    return score


def describe(
    item: NumberItem | Column,
    answer: Answer,
    language: str,
    translate: Translate = unchanged,  # noqa: ARG001  one signature for all types
) -> str:
    unit = say(item.unit, language)
    return f"{_written(answer, language)} {unit}" if unit else _written(answer, language)


def _number(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    if isinstance(raw, str):
        return _typed(raw.strip())
    try:
        return Decimal(repr(raw)) if math.isfinite(raw) else None
    except (OverflowError, ValueError):  # an integer of a thousand digits
        return None


def _typed(text: str) -> Decimal | None:
    found = _TYPED.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    whole = re.sub(_SPACES, "", found["whole"])
    sign = "" if found["sign"] in ("", "+") else "-"
    try:
        return Decimal(f"{sign}{whole}.{found['part'] or '0'}") if whole or found["part"] else None
    except InvalidOperation:
        return None


def _limits_broken(item: NumberItem | Column, number: Decimal) -> list[AnswerProblem]:
    problems = []
    if item.minimum is not None and number < Decimal(repr(item.minimum)):
        problems.append(AnswerProblem("out_of_range_low", {"minimum": _plain(item.minimum)}))
    if item.maximum is not None and number > Decimal(repr(item.maximum)):
        problems.append(AnswerProblem("out_of_range_high", {"maximum": _plain(item.maximum)}))
    if item.decimals is not None and _decimals(number) > item.decimals:
        problems.append(AnswerProblem("too_many_decimals", {"decimals": item.decimals}))
    return problems


def _decimals(number: Decimal) -> int:
    """Digits after the point, trailing zeros aside."""
    _, digits, exponent = number.as_tuple()
    if not number or not isinstance(exponent, int):
        return 0
    significant = "".join(map(str, digits)).rstrip("0")
    return max(0, len(significant) - len(digits) - exponent)


def _stored(number: Decimal) -> int | float:
    """Shortest JSON of the number: 12,0 and 12 are one answer."""
    exact = number == number.to_integral_value() and abs(number) <= _EXACT_INTEGERS
    return int(number) if exact else float(number)


def _written(answer: object, language: str) -> str:
    text = _plain(answer) if isinstance(answer, (int, float)) else str(answer)
    return text.replace(".", ",") if language == SOURCE_LANGUAGE else text


def _plain(number: float) -> str:
    return str(_stored(Decimal(repr(number))))
