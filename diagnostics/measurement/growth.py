"""Did a group change between entry and exit? One block or the whole test, in per cent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.change import kelley
from diagnostics.measurement.clustered_effects import clustered_effects
from diagnostics.measurement.clusters import cluster_bootstrap
from diagnostics.measurement.effects import (
    PairedEffects,
    SignedRanks,
    linked_effects,
    normalised_gain,
    paired_effects,
    wilcoxon,
)
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import (
    Interval,
    bootstrap_interval,
    t_interval,
    welch_interval,
    widened,
)
from diagnostics.measurement.levels import Scale, Transitions, transitions
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, vector

#: Results closer than this are the same result.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class MeanChange:
    """Mean change of matched persons.

    Attributes
    ----------
    entry, exit, change : means, per cent
    interval : of the mean change; the linking error is in it
    interval_kind : "clusters" (whole schools drawn again), "t", "bootstrap" (persons) or None
    reason : why there is no interval: "too_few_pairs", "no_variance"
    """

    entry: float
    exit: float
    change: float
    interval: Interval | None
    interval_kind: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Directions:
    """Matched persons by what happened to them.

    The reliable counts are None where the error of the results is unknown; `n_with_error` persons stand
    behind them.
    """

    improved: int
    same: int
    worse: int
    reliably_improved: int | None
    reliably_worse: int | None
    n_with_error: int


@dataclass(frozen=True, slots=True)
class Attrition:
    """Entry results of those who left against those who stayed; means are None where there is nobody."""

    n_left: int
    n_stayed: int
    mean_left: float | None
    mean_stayed: float | None
    difference: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Regression:
    """What the mean change would be without any change, because the group was chosen for low results."""

    expected_change: float
    observed_change: float

    @property
    def beyond(self) -> float:
        """Change beyond the expected return to the mean."""
        return self.observed_change - self.expected_change


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom a group was chosen from: mean of all who were tested (per cent) and reliability of the choice."""

    mean: float
    reliability: float


@dataclass(frozen=True, slots=True)
class GroupChange:
    """Everything that is said about the change of a group in one block.

    `reason` is "no_pairs" where nobody has both results; then only the counts and attrition are given.
    """

    n_entry: int
    n_exit: int
    n_matched: int
    attrition: Attrition
    means: MeanChange | None
    effects: PairedEffects | None
    ranks: SignedRanks | None
    group_gain: float | None
    personal_gains: tuple[float | None, ...]
    directions: Directions | None
    levels: Transitions | None
    regression: Regression | None
    reason: str | None


def group_change(
    entry: ArrayLike,
    leave: ArrayLike,
    *,
    change_errors: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    correction: float = 0.0,
    same_within: float = ROUNDING,
    link_error: float = 0.0,
    scale: Scale | None = None,
    selection: Selection | None = None,
    method: Method = METHOD,
) -> GroupChange:
    """Describe the change of a group; a missing exit is never filled in.

    Parameters
    ----------
    entry, leave : (persons,) per cent 0…100, same persons in the same order, NaN = has no such result
    change_errors : (persons,) standard error of each person's change (per cent), NaN or None = unknown
    clusters : (persons,) school of each person; from the method's `min_clusters` on intervals draw whole schools
    correction : points by which the exit's form is harder, added to every exit result; levels stand as scored
    same_within, link_error : changes up to it count as none; standard error of the correction, 0 for one form
    scale, selection : levels for transitions (None = too few items); given where low results chose the group

    Raises
    ------
    BadInputError
        For unequal lengths, a result outside 0…100, a negative error, a correction that is no number.
    """
    first, second = _sides(entry, leave, correction, link_error)
    errors, both = _errors(change_errors, first.size), ~np.isnan(first) & ~np.isnan(second)
    schools = cluster_numbers(clusters, first.size)
    who = (int((~np.isnan(first)).sum()), int((~np.isnan(second)).sum()), int(both.sum()))
    attrition = attrition_of(first, both, method)
    if not both.any():
        return GroupChange(*who, attrition, None, None, None, None, (), None, None, None, "no_pairs")
    before, after, enough = first[both], second[both] + correction, who[-1] >= method.min_pairs
    return GroupChange(
        *who,
        attrition=attrition,
        means=mean_change(before, after, schools[both], link_error, method),
        effects=effects_of(before, after, schools[both], link_error, method) if enough else None,
        ranks=wilcoxon(after - before) if enough else None,
        group_gain=normalised_gain(float(before.mean()), float(after.mean())),
        personal_gains=tuple(map(normalised_gain, before.tolist(), after.tolist())),
        directions=directions_of(after - before, errors[both], max(same_within, ROUNDING), method),
        levels=None if scale is None else transitions(before, second[both], scale),
        regression=return_to_mean(before, after, selection),
        reason=None,
    )


def _sides(
    entry: ArrayLike, leave: ArrayLike, correction: float, link_error: float
) -> tuple[FloatArray, FloatArray]:
    first, second = _percents(entry, "entry"), _percents(leave, "exit")
    if first.shape != second.shape or not 0 <= link_error < np.inf or not np.isfinite(correction):
        raise BadInputError("entry and exit of the same persons; a finite correction, its error not negative")
    return first, second


def _percents(values: ArrayLike, name: str) -> FloatArray:
    array = vector(values, name)
    if ((array < -ROUNDING) | (array > 100 + ROUNDING)).any():
        raise BadInputError(f"{name}: results lie between 0 and 100 per cent", name=name)
    return array


def _errors(values: ArrayLike | None, persons: int) -> FloatArray:
    array = np.full(persons, np.nan) if values is None else vector(values, "change_errors")
    if array.size != persons or (array < 0).any():
        raise BadInputError("one error a person, none negative")
    return np.where(array > 0, array, np.nan)


def cluster_numbers(values: ArrayLike | None, persons: int) -> IntArray:
    """Numbers of the clusters; one cluster of all where none are known."""
    names = np.zeros(persons, dtype=np.int64) if values is None else np.asarray(values)
    if names.shape != (persons,):
        raise BadInputError("one cluster a person")
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def attrition_of(first: FloatArray, both: BoolArray, method: Method) -> Attrition:
    """Entry results (NaN = none) of people with an exit result against those without."""
    left, stayed = first[~np.isnan(first) & ~both], first[both]
    mean_left = float(left.mean()) if left.size else None
    mean_stayed = float(stayed.mean()) if stayed.size else None
    difference = None if mean_left is None or mean_stayed is None else mean_left - mean_stayed
    interval = welch_interval(left, stayed, method.group_interval)
    return Attrition(left.size, stayed.size, mean_left, mean_stayed, difference, interval)


def mean_change(
    before: FloatArray, after: FloatArray, schools: IntArray, link_error: float, method: Method
) -> MeanChange:
    """Means of matched people in any units, with the interval of the change."""
    difference = after - before
    interval, kind, reason = _mean_interval(difference, schools, method)
    if interval is not None and link_error:
        interval = widened(interval, float(difference.mean()), link_error, method.group_interval)
    return MeanChange(
        float(before.mean()), float(after.mean()), float(difference.mean()), interval, kind, reason
    )


def effects_of(
    before: FloatArray, after: FloatArray, schools: IntArray, link_error: float, method: Method
) -> PairedEffects | None:
    """Standardised changes; their intervals draw schools where that of the mean does, and hold the link's error."""
    found = paired_effects(before, after, method.group_interval)
    if found is not None and np.unique(schools).size >= method.min_clusters:
        found = clustered_effects(found, before, after, schools, method) or found
    return found and linked_effects(found, before, after, link_error, method.group_interval)


def _mean_interval(
    difference: FloatArray, schools: IntArray, method: Method
) -> tuple[Interval | None, str | None, str | None]:
    if difference.size < method.min_pairs:
        return None, None, "too_few_pairs"
    if np.ptp(difference) < ROUNDING:
        return None, None, "no_variance"
    if np.unique(schools).size >= method.min_clusters:
        return cluster_bootstrap(difference[:, None], schools, method=method).intervals[0], "clusters", None
    if difference.size < method.bootstrap_below:
        drawn = bootstrap_interval(
            difference, method.group_interval, method.bootstrap_draws, method.bootstrap_seed
        )
        if drawn is not None:
            return drawn, "bootstrap", None
    return t_interval(difference, method.group_interval), "t", None


def directions_of(difference: FloatArray, errors: FloatArray, same: float, method: Method) -> Directions:
    """Count changes by their sign, and reliable ones by their own error (NaN = unknown)."""
    known = ~np.isnan(errors)
    ratio = difference[known] / errors[known]
    n_known = int(known.sum())
    return Directions(
        improved=int((difference > same).sum()),
        same=int((np.abs(difference) <= same).sum()),
        worse=int((difference < -same).sum()),
        reliably_improved=int((ratio >= method.reliable_change).sum()) if n_known else None,
        reliably_worse=int((ratio <= -method.reliable_change).sum()) if n_known else None,
        n_with_error=n_known,
    )


def return_to_mean(before: FloatArray, after: FloatArray, selection: Selection | None) -> Regression | None:
    """Kelley's expectation of the group mean at a second test, if nobody changed."""
    if selection is None:
        return None
    mean = float(before.mean())
    expected = kelley(mean, selection.mean, selection.reliability) - mean
    return Regression(expected, float(after.mean()) - mean)
