"""An option for each prompt. Answer: {prompt: option}; a prompt that is absent was not matched.

Points are shared evenly among the prompts. A form without script posts "" for a prompt left open.
"""

from __future__ import annotations

from collections.abc import Mapping

from instruments.document import MatchingItem
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
from instruments.texts import say
from instruments.words import NO_ANSWER, Translate, unchanged

OMITTED_IS_ZERO = True


def read(item: MatchingItem, raw: object) -> Reading:
    if is_empty(raw):
        return EMPTY
    if not isinstance(raw, dict) or not all(isinstance(part, str) for pair in raw.items() for part in pair):
        return refused("wrong_shape")
    prompts = [prompt.code for prompt in item.prompts]
    chosen = {prompt: option for prompt, option in raw.items() if option}
    problems = (
        *(AnswerProblem("prompt_unknown", {"prompt": one[:64]}) for one in raw if one not in prompts),
        *unknown_options(item.options, dict.fromkeys(chosen.values())),
    )
    if problems:
        return Reading(None, problems)
    return Reading({prompt: chosen[prompt] for prompt in prompts if prompt in chosen} or None)


def scorer(item: MatchingItem, key: ItemKey) -> ScoreAnswer | None:
    if not isinstance(key.key, Mapping) or not key.key:
        return None
    pairs, points = set(key.key.items()), key.points

    def score(answer: Answer) -> ItemScore:
        given = set(answer.items()) if isinstance(answer, dict) else set()
        return shared(points, len(given & pairs), len(item.prompts))

    return score


def describe(item: MatchingItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:
    given = answer if isinstance(answer, dict) else {}
    return "; ".join(
        f"{say(prompt.text, language) or prompt.code} — {_chosen(item, given, prompt.code, language, translate)}"
        for prompt in item.prompts
    )


def _chosen(
    item: MatchingItem, given: dict[str, str], prompt: str, language: str, translate: Translate
) -> str:
    if prompt not in given:
        return translate(NO_ANSWER).lower()
    return option_text(item.options, given[prompt], language)
