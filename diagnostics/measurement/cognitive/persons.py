"""What a person has mastered, given the chances of the items and the shares of the profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnostics.measurement.cognitive.counted import Counted
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Mastery:
    """Many persons, in the order of the rows.

    Attributes
    ----------
    chances : persons × skills, P(mastered | answers); None for skills that the items cannot tell
    profiles : likeliest profile as a whole; None in it as above
    profile_chances : its probability
    reason : "no_answers" (then the rest is None) or None
    """

    chances: tuple[tuple[float | None, ...], ...]
    profiles: tuple[tuple[bool | None, ...], ...]
    profile_chances: tuple[float | None, ...]
    reason: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """Quality of the calls «mastered» and «not mastered» among these persons.

    Attributes
    ----------
    masters : (skills,) mean probability of mastery
    accuracy : (skills,) mean probability that the likelier call is right
    profile_accuracy : the same of the likeliest profile
    """

    masters: FloatArray
    accuracy: FloatArray
    profile_accuracy: float


@dataclass(frozen=True, slots=True, eq=False)
class ByPattern:
    """What each pattern of answers says.

    Attributes
    ----------
    chances : patterns × skills
    likeliest : patterns × skills, the likeliest profile
    chance : (patterns,) its probability
    """

    chances: FloatArray
    likeliest: BoolArray
    chance: FloatArray

    @classmethod
    def of(cls, posterior: FloatArray, held: BoolArray) -> ByPattern:
        """Read a posterior (classes × patterns) by skills; `held` is classes × skills."""
        best = posterior.argmax(axis=0)
        return cls(
            np.clip(posterior.T @ held.astype(np.float64), 0.0, 1.0),
            held[best],
            posterior.max(axis=0),
        )

    def expected(self, data: Counted) -> Expected:
        """Means over the persons behind the patterns.

        Source: Wang, Song, Chen, Meng, Ding 2015, J. Educ. Meas. 52: 457–476.
        """
        weight = data.weight / data.weight.sum()
        sure = np.maximum(self.chances, 1 - self.chances)
        return Expected(weight @ self.chances, weight @ sure, float(weight @ self.chance))

    def persons(self, pattern: IntArray, answered: BoolArray, told: BoolArray) -> Mastery:
        """Spread to the persons; `pattern` is that of those who answered, in their order."""
        silent: tuple[None, ...] = (None,) * told.size
        chances, profiles = _rows(self.chances, told), _rows(self.likeliest, told)
        chance = self.chance.tolist() if told.all() else [None] * self.chance.size
        place = np.full(answered.size, -1)
        place[answered] = pattern
        which = place.tolist()
        # Behind the last pattern stands the person who answered nothing: place −1.
        return Mastery(
            tuple(map([*chances, silent].__getitem__, which)),
            tuple(map([*profiles, silent].__getitem__, which)),
            tuple(map([*chance, None].__getitem__, which)),
            tuple("no_answers" if one < 0 else None for one in which),
        )


def _rows(table: NDArray[Any], told: BoolArray) -> list[tuple[Any, ...]]:
    """Rows as tuples, None in the columns that are not told."""
    found = table
    if not told.all():
        found = table.astype(object)
        found[:, ~told] = None
    return [tuple(row) for row in found.tolist()]
