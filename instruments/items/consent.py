"""A statement to agree with. Answer: {"agreed": true}; not to agree is to leave it empty. Never scored."""

from __future__ import annotations

from instruments.document import ConsentItem
from instruments.items.outcome import EMPTY, Answer, Reading, is_empty, refused
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.words import AGREED, Translate, unchanged

OMITTED_IS_ZERO = False


def read(item: ConsentItem, raw: object) -> Reading:  # noqa: ARG001  one signature for all types
    if is_empty(raw):
        return EMPTY
    if not isinstance(raw, dict) or set(raw) != {"agreed"} or raw["agreed"] is not True:
        return refused("wrong_shape")
    return Reading({"agreed": True})


def scorer(item: ConsentItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    return None


def describe(item: ConsentItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    return translate(AGREED)
