"""Several options. Answer: list of option codes in the order of the document.

Partial credit: points × max(0, right chosen − wrong chosen) / number of right options.
"""

from __future__ import annotations

from instruments.document import MultipleItem
from instruments.items.choice import option_text, unknown_options
from instruments.items.outcome import (
    EMPTY,
    Answer,
    AnswerProblem,
    ItemScore,
    Reading,
    is_empty,
    refused,
    shared,
)
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.words import Translate, unchanged

OMITTED_IS_ZERO = True


def read(item: MultipleItem, raw: object) -> Reading:
    if is_empty(raw):
        return EMPTY
    if not isinstance(raw, (list, tuple)) or not all(isinstance(code, str) for code in raw):
        return refused("wrong_shape")
    problems = (*_wrong_codes(item, list(raw)), *_wrong_number(item, len(set(raw))))
    if problems:
        return Reading(None, problems)
    return Reading([option.code for option in item.options if option.code in raw])


def scorer(item: MultipleItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    if not isinstance(key.key, tuple) or not key.key:
        return None
    right, points = frozenset(key.key), key.points

    def score(answer: Answer) -> ItemScore:
        chosen = frozenset(answer) if isinstance(answer, list) else frozenset[str]()
        net = len(chosen & right) - len(chosen - right)
        return shared(points, net, len(right))

    return score


def describe(item: MultipleItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    chosen = answer if isinstance(answer, list) else [str(answer)]
    return "; ".join(option_text(item.options, code, language) for code in chosen)


def _wrong_codes(item: MultipleItem, chosen: list[str]) -> tuple[AnswerProblem, ...]:
    known = {option.code for option in item.options}
    unknown = unknown_options(item.options, chosen)
    repeated = sorted({code for code in chosen if code in known and chosen.count(code) > 1})
    return (*unknown, *(AnswerProblem("option_repeated", {"option": code}) for code in repeated))


def _wrong_number(item: MultipleItem, chosen: int) -> tuple[AnswerProblem, ...]:
    if item.choose is None or chosen == item.choose:
        return ()
    if chosen > item.choose:
        return (AnswerProblem("too_many_choices", {"chosen": chosen, "most": item.choose}),)
    return (AnswerProblem("too_few_choices", {"chosen": chosen, "least": item.choose}),)
