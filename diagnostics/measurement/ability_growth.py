"""Did a group change between entry and exit? Abilities in logits, each with the error of its own score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.ability import Abilities
from diagnostics.measurement.change import Measure, PersonChange, person_change
from diagnostics.measurement.effects import PairedEffects, SignedRanks, wilcoxon
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.growth import (
    ROUNDING,
    Attrition,
    Directions,
    MeanChange,
    Regression,
    Selection,
    attrition_of,
    cluster_numbers,
    directions_of,
    effects_of,
    mean_change,
    return_to_mean,
)
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, vector

#: Both tests stand on one scale already.
SAME_SCALE = Scale()


@dataclass(frozen=True, slots=True)
class AbilityChange:
    """Everything that is said about the change of a group, in logits of the entry scale.

    `persons` stand in the order of the rows, None without both results. `reason` is "no_pairs" where nobody has
    both; then only the counts and attrition are given. Other attributes as in `GroupChange`.
    """

    n_entry: int
    n_exit: int
    n_matched: int
    attrition: Attrition
    means: MeanChange | None
    effects: PairedEffects | None
    ranks: SignedRanks | None
    directions: Directions | None
    persons: tuple[PersonChange | None, ...]
    regression: Regression | None
    reason: str | None


def ability_change(
    entry: Abilities,
    leave: Abilities,
    *,
    line: Scale = SAME_SCALE,
    link_error: float = 0.0,
    clusters: ArrayLike | None = None,
    selection: Selection | None = None,
    method: Method = METHOD,
) -> AbilityChange:
    """Describe the change of a group; a missing exit is never filled in.

    Abilities are Warm's estimates with the errors of their own scores, never posterior means: these shrink at
    entry and at exit, and hide change. A person's error is √(SE₁² + SE₂² + link²), the link's at the person's
    place; at the mean it enters the interval of the mean once, whatever the number of persons.
    Source: Jacobson, Truax 1991; Wang, Chen 2004 (score-specific errors); intervals as in `group_change`.

    Parameters
    ----------
    entry, leave : of the same persons in the same order, see `abilities`
    line, link_error : from the exit's scale to the entry's (the default where both were calibrated together);
        error of a common shift (logits), added to that of `line`
    clusters : (persons,) school of each person, see `group_change`
    selection : mean (logits) and reliability of the choice where low results chose the group

    Raises
    ------
    BadInputError
        For another number of persons, a negative error of the link.
    """
    first, second = _sides(entry, leave, line, link_error)
    both, schools = ~np.isnan(first) & ~np.isnan(second), cluster_numbers(clusters, first.size)
    who = (int((~np.isnan(first)).sum()), int((~np.isnan(second)).sum()), int(both.sum()))
    attrition = attrition_of(first, both, method)
    if not both.any():
        return AbilityChange(*who, attrition, None, None, None, None, (None,) * first.size, None, "no_pairs")
    before, after, enough = first[both], second[both], who[-1] >= method.min_pairs
    persons, error = _persons(entry, leave, line, link_error, method), _error(leave, both, line, link_error)
    return AbilityChange(
        *who,
        attrition=attrition,
        means=mean_change(before, after, schools[both], error, method),
        effects=effects_of(before, after, schools[both], error, method) if enough else None,
        ranks=wilcoxon(after - before) if enough else None,
        directions=directions_of(after - before, _errors(persons), ROUNDING, method),
        persons=persons,
        regression=return_to_mean(before, after, selection),
        reason=None,
    )


def _sides(
    entry: Abilities, leave: Abilities, line: Scale, link_error: float
) -> tuple[FloatArray, FloatArray]:
    """Abilities of both sides on the scale of the entry, NaN = unknown."""
    first = vector(np.array(entry.theta, dtype=np.float64), "entry")
    second = line.of_abilities(vector(np.array(leave.theta, dtype=np.float64), "exit"))
    if first.shape != second.shape or not 0 <= link_error < np.inf:
        raise BadInputError("entry and exit of the same persons; the error of the link is not negative")
    return first, second


def _errors(persons: Sequence[PersonChange | None]) -> FloatArray:
    """Errors of the changes of matched people, NaN = unknown."""
    return np.array([one.se or np.nan for one in persons if one is not None], dtype=np.float64)


def _persons(
    entry: Abilities, leave: Abilities, line: Scale, link_error: float, method: Method
) -> tuple[PersonChange | None, ...]:
    rows = zip(entry.theta, entry.se, leave.theta, leave.se, strict=True)
    return tuple(
        None
        if before is None or after is None
        else person_change(
            Measure(before, first),
            Measure(
                float(line.of_abilities(after)), None if second is None else float(line.of_errors(second))
            ),
            float(np.hypot(link_error, _error_at(line, after))),
            method,
        )
        for before, first, after, second in rows
    )


def _error(leave: Abilities, both: BoolArray, line: Scale, link_error: float) -> float:
    """Of the mean: the line is straight, so it is the error at the mean ability."""
    mean = float(np.array(leave.theta, dtype=np.float64)[both].mean())
    return float(np.hypot(link_error, _error_at(line, mean)))


def _error_at(line: Scale, theta: float) -> float:
    found = line.error_at(theta)
    return 0.0 if found is None else float(found[0])
