"""What may be told of which group: decided before anything is computed, by counts of valid answers alone.

A mark needs the minimum group. Where one statement of a direction is hidden for a group, all of that group's
statements there are: the direction's mean would give the missing one back. What is over groups needs every
group that was asked: otherwise subtraction gives the hidden group.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.improvement.gathering import Gathered, Said
from diagnostics.improvement.groups import Group, least
from diagnostics.improvement.structure import Structure
from diagnostics.measurement.numeric import FloatArray
from diagnostics.releases.minimum import Minimum


@dataclass(frozen=True, slots=True)
class Shown:
    """Directions, their statements and votes that a group's figures are told about.

    `hidden`: the group is too small to be told about at all. A group of nobody hides nothing.
    """

    directions: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()
    votes: frozenset[str] = frozenset()
    hidden: bool = False


def shown(gathered: Gathered, group: Group, minimum: Minimum) -> Shown:
    """Decide for one group; a group below its minimum shows nothing at all."""
    said, enough = gathered.said[group], least(group, minimum)
    if len(said.directions) < enough:
        return Shown(hidden=len(said.directions) > 0)
    places = gathered.structure.directions
    directions = _told(said.directions, places, enough)
    return Shown(
        directions,
        _statements(said, gathered, group, directions, enough),
        _told(said.votes, places, enough),
    )


def index_allowed(structure: Structure, direction: str, told: Mapping[Group, Shown]) -> bool:
    """Whether a mean over groups tells nothing of a hidden one: nobody asked is hidden, here or everywhere.

    `told` holds the groups in which somebody answered. The sheet of the administration enters no mean, so its
    silence on a direction can tell nothing.
    """
    if any(one.hidden for one in told.values()):
        return False
    groups = [group for group in structure.groups_of(direction) if group is not Group.SHEET]
    return all(direction in told[group].directions for group in groups if group in told)


def blank(said: Said, kept: Shown, directions: Collection[str], statements: Collection[str]) -> Said:
    """The same answers without what must not be told: what is computed next cannot know it."""
    return Said(
        _without(said.directions, directions, kept.directions),
        _without(said.statements, statements, kept.statements),
        _without(said.votes, directions, kept.votes),
    )


def _told(values: FloatArray, codes: Collection[str], enough: int) -> frozenset[str]:
    counts = (~np.isnan(values)).sum(axis=0)
    return frozenset(code for code, n in zip(codes, counts.tolist(), strict=True) if n >= enough)


def _statements(
    said: Said, gathered: Gathered, group: Group, directions: Collection[str], enough: int
) -> frozenset[str]:
    told = _told(said.statements, gathered.statements, enough)
    pools = gathered.structure.asked[group].pools
    whole = (pools[code] for code in directions if told.issuperset(pools.get(code, ())))
    return frozenset(item for pool in whole for item in pool)


def _without(values: FloatArray, codes: Collection[str], kept: Collection[str]) -> FloatArray:
    known = np.array([code in kept for code in codes], dtype=bool)
    return np.where(known, values, np.nan)
