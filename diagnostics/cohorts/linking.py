"""The two forms of a diagnosis on one scale: conditional likelihood on both stages, mean–mean on the anchors."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement.ability import abilities, expected_share, separation_reliability
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.linking import LinkingResult, common_anchors, link
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate

_FINEST = 60  # points are halves, thirds, … of a step; anything finer is rounded to it


@dataclass(frozen=True, slots=True, eq=False)
class Abilities:
    """Rows of one stage: ability and its standard error (logits), and that error in per cent of the entry form."""

    theta: FloatArray
    se: FloatArray
    error: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Both stages on one scale.

    correction    points of 100 by which the exit form is harder than the entry form for those who took it;
                  added to the whole and to every block alike (ADR 7)
    link_percent  standard error of the correction, points of 100
    """

    result: LinkingResult
    entry: Abilities
    exit: Abilities
    correction: float
    link_percent: float


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Whole steps of one stage; points of a column = steps / denominator."""

    scores: FloatArray
    items: tuple[str, ...]


def find_link(
    entry: WaveMatrix, leave: WaveMatrix, anchors: Collection[str], method: Method,
    blocks: Mapping[str, str] | None = None,
) -> Linked | None:  # fmt: skip
    """Link the stages by their declared anchors; None where an estimate is impossible.

    `blocks` tells what each item measures: the growth of a whole block is no drift of its anchors.

    Each stage is calibrated by itself to see which anchors drift. Then both are stacked and calibrated once
    more: only the stable anchors are the same item on both sides, so they alone carry the scale.
    """
    common = tuple(code for code in entry.items if code in leave.items and code in anchors)
    first, second = _steps(entry, leave), _steps(leave, entry)
    try:
        base, new = calibrate(first.scores, first.items), calibrate(second.scores, second.items)
        result = link(common_anchors(base, new, common, blocks), method)
        if result.error is None:
            return Linked(result, _nobody(), _nobody(), 0.0, 0.0)
        stable = frozenset(anchor.name for anchor in result.anchors if anchor.kept)
        return _on_one_scale(first, second, entry, leave, stable, result)
    except EstimationError:
        return None


def _on_one_scale(
    first: _Steps, second: _Steps, entry: WaveMatrix, leave: WaveMatrix, stable: frozenset[str],
    result: LinkingResult,
) -> Linked:  # fmt: skip
    names = tuple(code if code in stable else f"{code} (exit)" for code in second.items)
    columns = tuple(dict.fromkeys((*first.items, *names)))
    stacked = np.full((first.scores.shape[0] + second.scores.shape[0], len(columns)), np.nan)
    place = {code: index for index, code in enumerate(columns)}
    stacked[: first.scores.shape[0], [place[code] for code in first.items]] = first.scores
    stacked[first.scores.shape[0] :, [place[code] for code in names]] = second.scores
    found = {item.name: item for item in calibrate(stacked, columns).items}
    reference, other = _Form.of(entry, entry.items, found), _Form.of(leave, names, found)
    before = _abilities(first.scores, first.items, found, reference)
    after = _abilities(second.scores, names, found, reference)
    at = _true_spread(after)
    shift = (result.error or 0.0) * _unlinked_share(len(stable), len(names))
    return Linked(
        result,
        before,
        after,
        correction=_mean(reference.percent(at) - other.percent(at)),
        link_percent=_mean(reference.percent(at + shift) - reference.percent(at - shift)) / 2,
    )


def _unlinked_share(common: int, all_items: int) -> float:
    """What of the anchors' error the correction keeps: √(1 − common / all).

    The correction speaks of the tasks that differ. The common ones are counted in the results themselves, so
    their noise must not be counted twice: with nothing but common tasks there is no error of a link at all.
    """
    return math.sqrt(1 - common / all_items)


def _true_spread(one: Abilities) -> FloatArray:
    """Abilities drawn together to their spread without error: forms are compared where people really stand."""
    known = np.isfinite(one.theta)
    theta, se = one.theta[known], one.se[known]
    if not theta.size:
        return theta
    kept = math.sqrt(separation_reliability(theta, se) or 0.0)
    return np.asarray(theta.mean() + kept * (theta - theta.mean()))


def _mean(values: FloatArray) -> float:
    return float(values.mean()) if values.size else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """One form as a scale of per cents: its items with their greatest points.

    An item that all solved or nobody did has no difficulty; it adds the share that was seen. One that nobody was
    shown is no part of the form.
    """

    items: tuple[tuple[CalibratedItem, float], ...]
    fixed: float
    total: float

    @classmethod
    def of(cls, taken: WaveMatrix, names: Sequence[str], found: dict[str, CalibratedItem]) -> _Form:
        """`names` are the items of `taken` as the calibration calls them."""
        known = [
            (found[code], float(most))
            for code, most in zip(names, taken.maxima, strict=True)
            if code in found
        ]
        seen = np.asarray(~np.isnan(taken.points).all(axis=0))
        rest = [index for index, code in enumerate(names) if code not in found and seen[index]]
        fixed = float(np.nanmean(taken.points[:, rest], axis=0).sum()) if rest else 0.0
        return cls(tuple(known), fixed, float(taken.maxima[seen].sum()))

    def percent(self, theta: FloatArray) -> FloatArray:
        """Expected per cent of the form at each ability."""
        reached = sum(
            (most * expected_share(theta, [item]) for item, most in self.items), np.zeros_like(theta)
        )
        return np.asarray(100 * (reached + self.fixed) / self.total)


def _abilities(
    scores: FloatArray, names: Sequence[str], found: dict[str, CalibratedItem], reference: _Form
) -> Abilities:
    columns = [index for index, code in enumerate(names) if code in found]
    estimated = abilities(scores[:, columns], [found[names[index]] for index in columns])
    theta = np.array([np.nan if value is None else value for value in estimated.theta])
    se = np.array([np.nan if value is None else value for value in estimated.se])
    error = (reference.percent(theta + se) - reference.percent(theta - se)) / 2
    return Abilities(theta, se, error)


def _steps(one: WaveMatrix, other: WaveMatrix) -> _Steps:
    """Points as whole steps; a common item has the same steps on both sides."""
    elsewhere = {code: other.points[:, index] for index, code in enumerate(other.items)}
    scores = one.points.copy()
    for index, code in enumerate(one.items):
        seen = np.concatenate([scores[:, index], elsewhere.get(code, np.array([]))])
        scores[:, index] = np.round(scores[:, index] * _denominator(seen))
    return _Steps(scores, one.items)


def _denominator(points: FloatArray) -> int:
    values = np.unique(points[np.isfinite(points)])
    return math.lcm(1, *(Fraction(float(value)).limit_denominator(_FINEST).denominator for value in values))


def _nobody() -> Abilities:
    none = np.array([])
    return Abilities(none, none, none)
