"""A mark on a scale of opinion. Answer: the mark's value, or {"opt_out": true}.

Points run evenly from 0 at the lowest value to the maximum at the highest; `reverse` turns them round.
"""

from __future__ import annotations

import re

from instruments.document import ScaleItem
from instruments.items.choice import opt_out_label, read_opt_out
from instruments.items.outcome import (
    EMPTY,
    NOT_SCORED,
    Answer,
    ItemScore,
    Reading,
    Status,
    is_empty,
    is_opt_out,
    refused,
)
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.texts import say
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = False

_TYPED_VALUE = re.compile(r"-?[0-9]{1,9}")


def read(item: ScaleItem, raw: object) -> Reading:
    """The mark; a form without script posts it as a string."""
    if is_empty(raw):
        return EMPTY
    if is_opt_out(raw):
        return read_opt_out(item)
    value = int(raw) if isinstance(raw, str) and _TYPED_VALUE.fullmatch(raw) else raw
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return refused("wrong_shape")
    if value not in {point.value for point in item.scale}:
        return refused("not_on_scale", value=str(value)[:64] if isinstance(value, str) else value)
    return Reading(value)


def scorer(item: ScaleItem, key: ItemKey) -> ScoreAnswer | None:
    values = [point.value for point in item.scale]
    lowest, span = min(values, default=0), max(values, default=0) - min(values, default=0)
    if span == 0:
        return None
    table = {
        value: ItemScore(_points(value - lowest, span, key), key.points, Status.RATED) for value in values
    }
    return lambda answer: table.get(answer, NOT_SCORED) if isinstance(answer, int) else NOT_SCORED


def describe(item: ScaleItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:
    if is_opt_out(answer):
        return opt_out_label(item, language, translate)
    texts = {point.value: point.text for point in item.scale}
    found = texts.get(answer) if isinstance(answer, int) else None
    return say(found, language) or str(answer)


def _points(above: int, span: int, key: ItemKey) -> float:
    return key.points * ((span - above) if key.reverse else above) / span
