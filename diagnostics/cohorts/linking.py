"""The two forms of a diagnosis on one scale: conditional likelihood on both stages, mean–mean on the anchors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement.ability import abilities, expected_share
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.linking import LinkingResult, common_anchors, link
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate

_FINEST = 60  # points are halves, thirds, … of a step; anything finer is rounded to it


@dataclass(frozen=True, slots=True, eq=False)
class Abilities:
    """Rows of one stage: ability and its standard error (logits), per cent on the reference form and its error."""

    theta: FloatArray
    se: FloatArray
    percent: FloatArray
    error: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Both stages on one scale; `link_percent` is the linking error in points of 100 at these people."""

    result: LinkingResult
    entry: Abilities
    exit: Abilities
    link_percent: float


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Whole steps of one stage; points of a column = steps / denominator."""

    scores: FloatArray
    items: tuple[str, ...]


def find_link(
    entry: WaveMatrix, leave: WaveMatrix, anchors: Collection[str], method: Method
) -> Linked | None:
    """Link the stages by their declared anchors; None where an estimate is impossible.

    Each stage is calibrated by itself to see which anchors drift. Then both are stacked and calibrated once
    more: only the stable anchors are the same item on both sides, so they alone carry the scale.
    """
    common = tuple(code for code in entry.items if code in leave.items and code in anchors)
    first, second = _steps(entry, leave), _steps(leave, entry)
    try:
        base, new = calibrate(first.scores, first.items), calibrate(second.scores, second.items)
        result = link(common_anchors(base, new, common), method)
        if result.error is None:
            return Linked(result, _nobody(), _nobody(), 0.0)
        stable = frozenset(anchor.name for anchor in result.anchors if anchor.kept)
        return _on_one_scale(first, second, entry, stable, result)
    except EstimationError:
        return None


def _on_one_scale(
    first: _Steps, second: _Steps, entry: WaveMatrix, stable: frozenset[str], result: LinkingResult
) -> Linked:
    names = tuple(code if code in stable else f"{code} (exit)" for code in second.items)
    columns = tuple(dict.fromkeys((*first.items, *names)))
    stacked = np.full((first.scores.shape[0] + second.scores.shape[0], len(columns)), np.nan)
    place = {code: index for index, code in enumerate(columns)}
    stacked[: first.scores.shape[0], [place[code] for code in first.items]] = first.scores
    stacked[first.scores.shape[0] :, [place[code] for code in names]] = second.scores
    found = {item.name: item for item in calibrate(stacked, columns).items}
    reference = _Reference.of(entry, found)
    before = _abilities(first.scores, first.items, found, reference)
    after = _abilities(second.scores, names, found, reference)
    error = result.error or 0.0
    at = np.concatenate([before.theta, after.theta])
    at = at[np.isfinite(at)]
    spread = (reference.percent(at + error) - reference.percent(at - error)) / 2
    return Linked(result, before, after, float(spread.mean()) if spread.size else 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Reference:
    """The entry form as the scale of per cents: its items with their greatest points.

    An item that all solved or nobody did has no difficulty; it adds the share that was seen.
    """

    items: tuple[tuple[CalibratedItem, float], ...]
    fixed: float
    total: float

    @classmethod
    def of(cls, entry: WaveMatrix, found: dict[str, CalibratedItem]) -> _Reference:
        known = [
            (found[code], float(most))
            for code, most in zip(entry.items, entry.maxima, strict=True)
            if code in found
        ]
        rest = [index for index, code in enumerate(entry.items) if code not in found]
        fixed = float(np.nanmean(entry.points[:, rest], axis=0).sum()) if rest else 0.0
        return cls(tuple(known), fixed, float(entry.maxima.sum()))

    def percent(self, theta: FloatArray) -> FloatArray:
        """Expected per cent of the reference form at each ability."""
        reached = sum(
            (most * expected_share(theta, [item]) for item, most in self.items), np.zeros_like(theta)
        )
        return np.asarray(100 * (reached + self.fixed) / self.total)


def _abilities(
    scores: FloatArray, names: Sequence[str], found: dict[str, CalibratedItem], reference: _Reference
) -> Abilities:
    columns = [index for index, code in enumerate(names) if code in found]
    estimated = abilities(scores[:, columns], [found[names[index]] for index in columns])
    theta = np.array([np.nan if value is None else value for value in estimated.theta])
    se = np.array([np.nan if value is None else value for value in estimated.se])
    error = (reference.percent(theta + se) - reference.percent(theta - se)) / 2
    return Abilities(theta, se, reference.percent(theta), error)


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
    return lcm(1, *(Fraction(float(value)).limit_denominator(_FINEST).denominator for value in values))


def _nobody() -> Abilities:
    none = np.array([])
    return Abilities(none, none, none, none)
