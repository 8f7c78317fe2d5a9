"""The list by importance × gap: what the people who vote on importance think is worth taking up first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.improvement.groups import Group
from diagnostics.improvement.hearing import Heard
from diagnostics.improvement.rounding import outwards
from diagnostics.improvement.snapshot import Priority
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.survey.priorities import order_of
from diagnostics.measurement.survey.voices import Estimate
from diagnostics.releases import coarse

INDEX_HIDDEN, IMPORTANCE_HIDDEN, NOT_ASKED = "index_hidden", "importance_hidden", "not_asked"


@dataclass(frozen=True, slots=True)
class Ordered:
    """`reason`: why there is no list."""

    lines: tuple[Priority, ...]
    unstable: tuple[tuple[int, int], ...]
    reason: str | None


def ordered(heard: Heard, drawn: Mapping[str, tuple[Estimate, FloatArray]]) -> Ordered:
    """`drawn`: direction → its index over groups with the draws; absent where it must not be told."""
    reason = _refused(heard)
    if reason is not None:
        return Ordered((), (), reason)
    codes = heard.gathered.structure.directions
    votes = [_importance(heard, place) for place in range(len(codes))]
    both = [code for code, vote in zip(codes, votes, strict=True) if vote is not None and code in drawn]
    if not both:
        return Ordered((), (), IMPORTANCE_HIDDEN if drawn else INDEX_HIDDEN)
    known = [votes[codes.index(code)] for code in both]
    found = order_of(
        np.array([drawn[code][0].value for code in both]),
        np.array([vote[0].value for vote in known if vote]),
        np.column_stack([drawn[code][1] for code in both]),
        np.column_stack([vote[1] for vote in known if vote]),
        heard.gathered.method,
    )
    lines = []
    for one in found.lines:
        interval = outwards(one.interval)
        lines.append(
            Priority(
                code=both[one.place],
                importance=coarse.mean(one.importance, 0),
                gap=coarse.mean(one.gap, 0),
                value=coarse.mean(one.value, 0),
                low=interval.low if interval else 0.0,
                high=interval.high if interval else 100.0,
            )
        )
    return Ordered(tuple(lines), found.unstable, None)


def _refused(heard: Heard) -> str | None:
    if any(one.hidden for one in heard.told.values()):
        return INDEX_HIDDEN
    voting = _voting(heard)
    if not voting:
        return NOT_ASKED
    return None if any(heard.told[group].votes for group in voting) else IMPORTANCE_HIDDEN


def _voting(heard: Heard) -> list[Group]:
    """Groups with weight in which somebody voted."""
    return [
        group
        for group, voice in heard.voices.items()
        if voice.weight > 0 and not np.isnan(heard.gathered.said[group].votes).all()
    ]


def _importance(heard: Heard, place: int) -> tuple[Estimate, FloatArray] | None:
    """Mean over groups of the votes; a direction where one voting group is hidden has none."""
    code = heard.gathered.structure.directions[place]
    if not all(code in heard.told[group].votes for group in _voting(heard)):
        return None
    return heard.over_groups(heard.place_of_vote(place))
