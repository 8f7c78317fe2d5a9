"""What an item type returns: an answer read, what is wrong with it, and its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from instruments.words import ANSWER_PROBLEMS, Translate, sentence, unchanged

# Plain JSON, as stored: "b" · ["a", "c"] · 3 · 12.5 · "words" · {"opt_out": true} · {"p1": "a"}; None = no answer.
# What an object holds is the item type's own affair.
Answer: TypeAlias = str | int | float | list[str] | dict[str, Any] | None


class Status(StrEnum):
    """How an item ended. Each has its own word on a review page and its own count in a scale."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    RATED = "rated"  # an answer on a scale of opinion: it gives points but is neither right nor wrong
    OMITTED = "omitted"  # shown and left empty
    UNREACHED = "unreached"  # never shown
    NOT_ASKED = "not_asked"  # these answers do not lead to it
    OPT_OUT = "opt_out"  # «затрудняюсь ответить»
    AWAITING = "awaiting"  # answered; an expert has not marked it yet
    NOT_SCORED = "not_scored"


class ItemScore(NamedTuple):
    """Points 0…maximum; None means missing: such an item enters neither sum of a scale."""

    points: float | None
    maximum: float
    status: Status


NOT_SCORED = ItemScore(None, 0.0, Status.NOT_SCORED)


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Stable code and the parameters of its sentence."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Translate = unchanged) -> str:
        return sentence(self.code, self.params, ANSWER_PROBLEMS, translate)


class Reading(NamedTuple):
    """Answer in its stored form (None = left empty) or the reasons why it cannot be stored."""

    answer: Answer
    problems: tuple[AnswerProblem, ...] = ()


EMPTY = Reading(None)


def refused(code: str, **params: object) -> Reading:
    return Reading(None, (AnswerProblem(code, params),))


def is_empty(answer: object) -> bool:
    """Whether nothing was answered: None, "", [], {}."""
    return answer is None or answer in ("", [], (), {})


def is_opt_out(answer: object) -> bool:
    """Whether the answer is {"opt_out": true}."""
    return isinstance(answer, dict) and answer == {"opt_out": True}


def shared(points: float, got: int, of: int) -> ItemScore:
    """Score of a keyed item whose points are shared evenly among its parts: `got` of them are right."""
    return judged(points if got >= of else points * got / of, points)


def judged(points: float, maximum: float) -> ItemScore:
    """Score of a keyed item: full points are right, none are wrong."""
    if points >= maximum:
        return ItemScore(maximum, maximum, Status.RIGHT)
    if points <= 0:
        return ItemScore(0.0, maximum, Status.WRONG)
    return ItemScore(points, maximum, Status.PARTIAL)
