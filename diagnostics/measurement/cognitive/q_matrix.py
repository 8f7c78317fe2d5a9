"""Which skills an item needs (the Q matrix), and whether answers to these items can tell the skills apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import BoolArray, FloatArray, item_names

#: All 2^K profiles are weighed for every person; beyond this a test cannot tell them apart anyway.
MOST_SKILLS = 10
#: Items that need a skill, without which guessing, slipping and mastery cannot all be found.
LEAST_ITEMS = 3


class Gate(StrEnum):
    """How the needed skills work together."""

    #: All of them are needed: DINA (Haertel 1989; Junker, Sijtsma 2001).
    ALL = "dina"
    #: Any one of them is enough: DINO (Templin, Henson 2006).
    ANY = "dino"


@dataclass(frozen=True, slots=True, eq=False)
class QMatrix:
    """Items × skills: which skills each item needs.

    Attributes
    ----------
    needs : items × skills
    items, skills : names of rows and columns
    """

    needs: BoolArray
    items: tuple[str, ...]
    skills: tuple[str, ...]

    def of(self, kept: BoolArray) -> QMatrix:
        """The same skills with some items left out.

        Raises
        ------
        BadInputError
            If a skill is left without an item.
        """
        names = tuple(name for name, stays in zip(self.items, kept, strict=True) if stays)
        return q_matrix(self.needs[kept], names, self.skills)


@dataclass(frozen=True, slots=True)
class Weakness:
    """Why some skills cannot be told from these items.

    Attributes
    ----------
    code : "no_single_item" (no item needs this skill alone, so some profiles answer alike),
        "under_three_items" (guessing and slipping cannot be told from mastery) or
        "same_items" (beside their single items these skills are needed by the same items)
    skills : whom it concerns
    """

    code: str
    skills: tuple[str, ...]


def q_matrix(
    needs: ArrayLike, items: tuple[str, ...] | None = None, skills: tuple[str, ...] | None = None
) -> QMatrix:
    """Check and name a table of needs.

    Parameters
    ----------
    needs : items × skills, zeros and ones

    Raises
    ------
    EmptyDataError
        If there are no items or no skills.
    BadInputError
        If something else than 0 or 1 stands there, an item needs no skill, a skill is needed by no item,
        there are more than MOST_SKILLS skills, or names do not fit.
    """
    table = np.asarray(needs, dtype=np.float64)
    if table.ndim != 2 or not np.isin(table, (0.0, 1.0)).all():  # noqa: PLR2004 - items and skills
        raise BadInputError("needs are items × skills of zeros and ones")
    if not table.size:
        raise EmptyDataError("no items or no skills")
    count, width = table.shape
    rows = item_names(items, count)
    columns = tuple(f"s{place + 1}" for place in range(width)) if skills is None else tuple(skills)
    if width > MOST_SKILLS or len(columns) != width or len(set(columns)) != width:
        raise BadInputError("every skill needs a name of its own", skills=width, most=MOST_SKILLS)
    idle = tuple(rows[place] for place in np.flatnonzero(~table.any(axis=1)))
    unasked = tuple(columns[place] for place in np.flatnonzero(~table.any(axis=0)))
    if idle or unasked:
        raise BadInputError("an item without skills or a skill without items", items=idle, skills=unasked)
    return QMatrix(table.astype(bool), rows, columns)


def profiles(skills: int) -> BoolArray:
    """2^K × K: all profiles of mastery; the first skill is the lowest bit of the row number."""
    return np.asarray((np.arange(2**skills)[:, None] >> np.arange(skills)) & 1, dtype=bool)


def able(q: QMatrix, gate: Gate) -> BoolArray:
    """2^K × items: whether a profile suffices for an item."""
    held = profiles(len(q.skills)).astype(np.float64) @ q.needs.T.astype(np.float64)
    enough: FloatArray | float = q.needs.sum(axis=1) if gate is Gate.ALL else 1.0
    return np.asarray(held >= enough)


def weaknesses(q: QMatrix) -> tuple[Weakness, ...]:
    """What stands against telling the skills; empty = everything can be found from enough answers.

    With a free distribution of profiles these conditions are necessary and sufficient: each skill alone
    in some item, each in three items, and different columns beside one single item of each skill.
    DINO is DINA with skills and answers turned round, so they hold for both.
    Source: Chiu, Douglas, Li 2009, Psychometrika 74: 633–665; Gu, Xu 2019, Psychometrika 84: 468–483.
    """
    single = q.needs[q.needs.sum(axis=1) == 1].any(axis=0)
    found = [Weakness("no_single_item", (name,)) for name in _named(q, ~single)]
    few = q.needs.sum(axis=0) < LEAST_ITEMS
    found += [Weakness("under_three_items", (name,)) for name in _named(q, few)]
    return tuple(found + _twins(q))


def _named(q: QMatrix, chosen: BoolArray) -> list[str]:
    return [q.skills[place] for place in np.flatnonzero(chosen)]


def _twins(q: QMatrix) -> list[Weakness]:
    rest = np.ones(len(q.items), dtype=bool)
    alone = q.needs.sum(axis=1) == 1
    for skill in range(len(q.skills)):
        own = np.flatnonzero(alone & q.needs[:, skill])
        rest[own[:1]] = False
    columns: dict[bytes, list[str]] = {}
    for skill, name in enumerate(q.skills):
        columns.setdefault(q.needs[rest, skill].tobytes(), []).append(name)
    return [Weakness("same_items", tuple(names)) for names in columns.values() if len(names) > 1]
