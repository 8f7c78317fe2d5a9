"""Options put in order. Answer: all their codes, first to last.

Points go by pairs: those in the right order minus those in the wrong one, over all pairs, never below 0;
so one slip costs little, and an order at random is worth nothing on average. A form without script posts
{option: place}.
"""

from __future__ import annotations

from itertools import combinations

from instruments.document import OrderingItem
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

FEWEST = 2  # fewer cannot be in a wrong order


def read(item: OrderingItem, raw: object) -> Reading:
    if is_empty(raw):
        return EMPTY
    if isinstance(raw, dict):
        return _read_places(item, raw)
    if not isinstance(raw, (list, tuple)) or not all(isinstance(code, str) for code in raw):
        return refused("wrong_shape")
    problems = _wrong_codes(item, list(raw))
    return Reading(None, tuple(problems)) if problems else Reading(list(raw))


def scorer(item: OrderingItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    if not isinstance(key.key, tuple) or len(key.key) < FEWEST:
        return None
    pairs, points = set(combinations(key.key, 2)), key.points

    def score(answer: Answer) -> ItemScore:
        given = set(combinations(answer, 2)) if isinstance(answer, list) else set()
        right = len(given & pairs)
        return shared(points, 2 * right - len(pairs), len(pairs))

    return score


def describe(item: OrderingItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:  # noqa: ARG001  one signature for all types
    codes = answer if isinstance(answer, list) else [str(answer)]
    texts = (option_text(item.options, code, language) for code in codes)
    return "; ".join(f"{place}) {text}" for place, text in enumerate(texts, 1))


def _wrong_codes(item: OrderingItem, given: list[str]) -> list[AnswerProblem]:
    codes = [option.code for option in item.options]
    problems = unknown_options(item.options, dict.fromkeys(given))
    problems += [
        AnswerProblem("option_repeated", {"option": code}) for code in codes if given.count(code) > 1
    ]
    left = len(set(codes) - set(given))
    return problems or ([AnswerProblem("order_incomplete", {"left": left})] if left else [])


def _read_places(item: OrderingItem, raw: dict[object, object]) -> Reading:
    """What a form says: a place for each option, as a string of digits."""
    if not all(isinstance(part, str) for pair in raw.items() for part in pair):
        return refused("wrong_shape")
    places = {str(code): str(place).strip() for code, place in raw.items() if str(place).strip()}
    if not places:
        return EMPTY
    problems = _wrong_places(item, places)
    if problems:
        return Reading(None, tuple(problems))
    return Reading(sorted(places, key=lambda code: int(places[code])))


def _wrong_places(item: OrderingItem, places: dict[str, str]) -> list[AnswerProblem]:
    most = len(item.options)
    known = {str(place) for place in range(1, most + 1)}
    taken = list(places.values())
    left = most - len(places)
    problems = unknown_options(item.options, places)
    problems += [
        AnswerProblem("place_unknown", {"place": place[:64], "most": most})
        for place in dict.fromkeys(taken)
        if place not in known
    ]
    problems += [
        AnswerProblem("place_repeated", {"place": int(place)})
        for place in dict.fromkeys(taken)
        if place in known and taken.count(place) > 1
    ]
    return problems or ([AnswerProblem("order_incomplete", {"left": left})] if left else [])
