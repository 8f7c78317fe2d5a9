"""Marks of one text → what they come to. Pure: levels and a rubric in, a decision out.

One expert: the mark itself. Two: their mean, unless they lie more than one level apart on any criterion; then
a third is asked, and each criterion takes the middle one of the three (docs/decisions/0020).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from diagnostics.marking.models import TextState
from instruments.items import Answer
from instruments.keys import RubricKey

#: Experts a text, where the organiser has said nothing (methods.md §7).
BY_DEFAULT = 2
MOST = 2
THIRD = 3  # place of the expert who is asked where two differ
FARTHEST = 1  # levels between two marks that still may be averaged

Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """`points` None until enough marks are there."""

    state: TextState
    points: float | None = None


def settle(rubric: RubricKey, marks: Sequence[Levels], experts: int) -> Settled:
    """`marks`: the standing mark of each place, in the order of places."""
    if len(marks) >= THIRD:
        return Settled(TextState.SETTLED, _points(rubric, marks[:THIRD]))
    if len(marks) < min(experts, MOST):
        return Settled(TextState.WAITING)
    if len(marks) == MOST and differ(*marks):
        return Settled(TextState.DIFFERING)
    return Settled(TextState.SETTLED, _points(rubric, marks))


def differ(first: Levels, second: Levels) -> bool:
    """Whether a criterion has two marks more than one level apart."""
    return any(abs(level - second[code]) > FARTHEST for code, level in first.items())


def points_of(rubric: RubricKey, levels: Levels) -> float:
    """Points of one mark."""
    return math.fsum(one.levels[levels[one.code]].points for one in rubric.criteria)


def criterion_points(rubric: RubricKey, code: str, marks: Sequence[Levels]) -> float:
    """What the marks of one criterion come to: the mean of two, the middle one of three."""
    criterion = next(one for one in rubric.criteria if one.code == code)
    got = [criterion.levels[mark[code]].points for mark in marks]
    return median(got) if len(got) >= THIRD else fmean(got)


def missing(rubric: RubricKey, levels: Mapping[str, object]) -> tuple[str, ...]:
    """Criteria for which no level of theirs is chosen."""
    return tuple(
        one.code
        for one in rubric.criteria
        if not isinstance(place := levels.get(one.code), int) or not 0 <= place < len(one.levels)
    )


def stamp(rubric: RubricKey, answer: Answer) -> str:
    """Of the words and of what they are marked by; a translation of the rubric changes nothing."""
    by = [
        [one.code, one.title.get("ru"), [[level.points, level.text.get("ru")] for level in one.levels]]
        for one in rubric.criteria
    ]
    body = json.dumps([by, answer], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def _points(rubric: RubricKey, marks: Sequence[Levels]) -> float:
    return math.fsum(criterion_points(rubric, one.code, marks) for one in rubric.criteria)
