"""One statement of several in rising order. Answer: the level's code, or {"opt_out": true}.

Points run evenly from 0 at the lowest level to the maximum at the highest: a person told of herself, so no
level is right or wrong.
"""

from __future__ import annotations

from instruments.document import LevelItem
from instruments.items.choice import opt_out_label, option_text, read_opt_out, unknown_options
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
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = False


def read(item: LevelItem, raw: object) -> Reading:
    if is_empty(raw):
        return EMPTY
    if is_opt_out(raw):
        return read_opt_out(item)
    if isinstance(raw, (list, tuple)) and len(raw) > 1:
        return refused("too_many_choices", chosen=len(raw), most=1)
    if not isinstance(raw, str):
        return refused("wrong_shape")
    problems = tuple(unknown_options(item.levels, [raw]))
    return Reading(None, problems) if problems else Reading(raw)


def scorer(item: LevelItem, key: ItemKey) -> ScoreAnswer | None:
    span = len(item.levels) - 1
    if span < 1:
        return None
    table = {
        level.code: ItemScore(key.points * place / span, key.points, Status.RATED)
        for place, level in enumerate(item.levels)
    }
    return lambda answer: table.get(answer, NOT_SCORED) if isinstance(answer, str) else NOT_SCORED


def describe(item: LevelItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:
    if is_opt_out(answer):
        return opt_out_label(item, language, translate)
    text = option_text(item.levels, answer, language)
    return text if text == str(answer) else f"{answer}. {text}"
