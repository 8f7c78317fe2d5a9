"""Item types: what an answer is, how it is checked, scored and told. One module a type, one table."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.document import Item
from instruments.items import (
    consent,
    file,
    frequency,
    info,
    level,
    likert,
    long_text,
    matching,
    multiple,
    number,
    observation,
    ordering,
    single,
    table,
    text,
)
from instruments.items.outcome import Answer, AnswerProblem, ItemScore, Reading, Status, is_empty, is_opt_out
from instruments.items.protocol import ItemType
from instruments.texts import SOURCE_LANGUAGE
from instruments.words import NO_ANSWER, Translate, unchanged

__all__ = [
    "TYPES", "Answer", "AnswerProblem", "ItemScore", "ItemType", "Reading", "Status",
    "check", "describe", "is_empty", "is_opt_out", "read", "type_of",
]  # fmt: skip

#: Rows of matrices are asked as `likert` (`Instrument.asked_items`), so they have no entry of their own.
TYPES: Mapping[str, ItemType] = {
    "single": single,
    "multiple": multiple,
    "likert": likert,
    "frequency": frequency,
    "level": level,
    "observation": observation,
    "matching": matching,
    "ordering": ordering,
    "number": number,
    "text": text,
    "long_text": long_text,
    "table": table,
    "file": file,
    "info": info,
    "consent": consent,
}


def type_of(item: Item) -> ItemType:
    return TYPES[item.type]


def read(item: Item, raw: object) -> Reading:
    """Answer as it is stored (None = left empty) from JSON or from a form's strings, or its problems."""
    return type_of(item).read(item, raw)


def check(item: Item, answer: object) -> list[AnswerProblem]:
    """Everything wrong with the answer; an empty one is not wrong here (completeness is `path`'s)."""
    return list(read(item, answer).problems)


def describe(
    item: Item, answer: Answer, language: str = SOURCE_LANGUAGE, translate: Translate = unchanged
) -> str:
    """Human text of an answer for review pages; also of an answer that the document no longer offers."""
    if is_empty(answer) and item.type != "info":
        return translate(NO_ANSWER)
    return type_of(item).describe(item, answer, language, translate)
