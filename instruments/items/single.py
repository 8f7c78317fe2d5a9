"""One option of several. Answer: the option's code, or {"opt_out": true}."""

from __future__ import annotations

from instruments.document import SingleItem
from instruments.items.choice import opt_out_label, option_text, read_opt_out
from instruments.items.outcome import EMPTY, Answer, ItemScore, Reading, Status, is_empty, is_opt_out, refused
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = True


def read(item: SingleItem, raw: object) -> Reading:
    if is_empty(raw):
        return EMPTY
    if is_opt_out(raw):
        return read_opt_out(item)
    if isinstance(raw, (list, tuple)) and len(raw) > 1:
        return refused("too_many_choices", chosen=len(raw), most=1)
    if not isinstance(raw, str):
        return refused("wrong_shape")
    if raw not in {option.code for option in item.options}:
        return refused("option_unknown", option=raw[:64])
    return Reading(raw)


def scorer(item: SingleItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    if not isinstance(key.key, str):
        return None
    right, wrong = ItemScore(key.points, key.points, Status.RIGHT), ItemScore(0.0, key.points, Status.WRONG)
    expected = key.key
    return lambda answer: right if answer == expected else wrong


def describe(item: SingleItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:
    if is_opt_out(answer):
        return opt_out_label(item, language, translate)
    return option_text(item.options, answer, language)
