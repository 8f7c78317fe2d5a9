"""Words to read between questions. There is nothing to answer."""

from __future__ import annotations

from instruments.document import InfoItem
from instruments.items.outcome import EMPTY, Answer, Reading, is_empty, refused
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = False


def read(item: InfoItem, raw: object) -> Reading:  # noqa: ARG001  one signature for all types
    return EMPTY if is_empty(raw) else refused("not_answerable")


def scorer(item: InfoItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    return None


def describe(item: InfoItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    return ""
