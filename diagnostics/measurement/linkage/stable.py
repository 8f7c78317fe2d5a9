"""Two forms on one scale by the curves of those common items that still mean the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.linkage.criteria import WAY, CurveProblem, Way, fitted, starting_line
from diagnostics.measurement.linkage.moments import common_items
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.linking import Anchor, CheckedAnchor, LinkingResult, link
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray

#: Anchors without which there is no link, and no error of one.
LEAST_ANCHORS = 2
#: Change of a line after which it is found, where only its distance from others counts.
STILL_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about anchors by name: standard errors of the locations on both scales, and the block."""

    errors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CurveLink:
    """The line between two scales and what became of each anchor.

    Attributes
    ----------
    scale : with the covariance by the jackknife over anchors; None where fewer than two are left
    anchors : every anchor, kept ones first; `drift` = location on the base − location on the moved new scale
    distances : of each kept anchor, root mean square difference of its expected share of the maximum (0…1) on
        the base scale: sees a changed slope too, which a location does not
    n_common, n_kept : before and after the search for drift
    other_kind : declared anchors that are no common item: absent, or with other categories on the two sides
    reason : "too_few_anchors" or None
    """

    scale: Scale | None
    anchors: tuple[CheckedAnchor, ...]
    distances: tuple[float, ...]
    n_common: int
    n_kept: int
    other_kind: tuple[str, ...]
    reason: str | None

    def result(self, theta: float = 0.0) -> LinkingResult:
        """What `comparability` asks for: shift and error of the link at one ability of the new scale."""
        if self.scale is None:
            return LinkingResult(None, None, self.anchors, self.n_common, self.n_kept)
        error = self.scale.error_at([theta])
        shift = float(self.scale.of_abilities([theta])[0]) - theta
        return LinkingResult(
            shift, None if error is None else float(error[0]), self.anchors, self.n_common, self.n_kept
        )


NOTHING = Facts()


def link_curves(
    base: Sequence[LatentItem],
    new: Sequence[LatentItem],
    names: Sequence[str],
    way: Way = WAY,
    facts: Facts = NOTHING,
    method: Method = METHOD,
) -> CurveLink:
    """Find the line on the stable anchors.

    An anchor falls by the rules of `link` (ADR 6, 7), asked of its locations after the line was applied; the
    line is found anew without the fallen, until none falls. The covariance is the jackknife over the kept
    anchors: which items happen to be common is the larger part of a link's error.
    Source: Kolen, Brennan 2014, ch. 6; Monseur, Berezner 2007 (jackknife over items).

    Parameters
    ----------
    base, new : items of both forms, each on its own scale
    names : declared anchors
    facts : standard errors keep an anchor whose drift is within its noise

    Raises
    ------
    NotConvergedError
        If the curves have no nearest line.
    BadInputError
        For slopes that are negative on average.
    """
    first, second = common_items(base, new, names)
    known = {item.name for item in first}
    other = tuple(name for name in dict.fromkeys(names) if name not in known)
    kept, fallen = list(range(len(first))), list[CheckedAnchor]()
    while len(kept) >= LEAST_ANCHORS:
        problem = _problem(first, second, kept, way)
        scale = fitted(problem, starting_line(problem.base, problem.new, slope_free=way.slope_free))
        gone = [one for one in link(_anchors(problem, scale, facts), method).anchors if not one.kept]
        if not gone:
            scale = scale.with_covariance(_jackknife(first, second, kept, way, scale))
            judged = (*_judged(problem, scale), *fallen)
            return CurveLink(scale, judged, _distances(problem, scale), len(first), len(kept), other, None)
        fallen += gone
        kept = [place for place in kept if first[place].name not in {one.name for one in gone}]
    rest = tuple(CheckedAnchor(first[place].name, 0.0, None, kept=True, reason=None) for place in kept)
    return CurveLink(None, (*rest, *fallen), (), len(first), len(kept), other, "too_few_anchors")


def _problem(
    first: Sequence[LatentItem], second: Sequence[LatentItem], kept: Sequence[int], way: Way
) -> CurveProblem:
    return CurveProblem.of([first[place] for place in kept], [second[place] for place in kept], way)


def _anchors(problem: CurveProblem, scale: Scale, facts: Facts) -> tuple[Anchor, ...]:
    found = []
    for item, moved in zip(problem.base, scale.of_items(problem.new), strict=True):
        errors = facts.errors.get(item.name)
        found.append(
            Anchor(
                item.name,
                item.location,
                moved.location,
                None if errors is None else errors[0],
                None if errors is None else scale.slope * errors[1],
                facts.blocks.get(item.name, ""),
            )
        )
    return tuple(found)


def _judged(problem: CurveProblem, scale: Scale) -> tuple[CheckedAnchor, ...]:
    return tuple(
        CheckedAnchor(one.name, one.difference, None, kept=True, reason=None)
        for one in _anchors(problem, scale, NOTHING)
    )


def _distances(problem: CurveProblem, scale: Scale) -> tuple[float, ...]:
    grid, maxima = problem.way.grid, np.array([item.maximum for item in problem.base])
    sides = (problem.base, scale.of_items(problem.new))
    first, second = (curves(side, grid.points).expected() / maxima for side in sides)
    return tuple(np.sqrt(grid.weights @ (first - second) ** 2).tolist())


def _jackknife(
    first: Sequence[LatentItem], second: Sequence[LatentItem], kept: Sequence[int], way: Way, scale: Scale
) -> FloatArray:
    """(n − 1)/n Σ (line without one anchor − mean of these)²; of a mean shift this is SD² / n."""
    lines = []
    for out in kept:
        problem = _problem(first, second, [place for place in kept if place != out], way)
        one = fitted(problem, scale, STILL_ENOUGH)
        lines.append((one.slope, one.shift))
    away = np.array(lines) - np.mean(lines, axis=0)
    return np.asarray((len(kept) - 1) / len(kept) * away.T @ away)
