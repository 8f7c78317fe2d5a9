"""Words that an expert marks by a rubric. Answer: the words, as in `text`.

The machine gives no points: until an expert has marked it, the answer is missing in every scale.
"""

from __future__ import annotations

from instruments.document import LongTextItem
from instruments.items.outcome import Answer, ItemScore, Reading, Status
from instruments.items.protocol import ScoreAnswer
from instruments.items.text import read_words
from instruments.keys import ItemKey, RubricKey
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = True


def read(item: LongTextItem, raw: object) -> Reading:
    return read_words(raw, item.max_length)


def scorer(item: LongTextItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    if not isinstance(key.key, RubricKey):
        return None
    awaiting = ItemScore(None, key.points, Status.AWAITING)
    return lambda _answer: awaiting


def describe(item: LongTextItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    return str(answer)
