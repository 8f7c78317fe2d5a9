"""Error of a link that comes from the persons of both forms: they are drawn again, items are estimated anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, EstimationError, TooFewItemsError
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.linkage.moments import common_items
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.numeric import FloatArray, answer_matrix
from diagnostics.measurement.rasch import calibrate

#: Draws that settle a standard error to a tenth of its size.
DRAWS = 100
#: Share of draws without an estimate above which the rest says nothing reliable.
FAILED_SHARE = 0.10

#: Items of a matrix of answers with the names of its columns, on their own scale.
Estimate = Callable[[FloatArray, tuple[str, ...]], Sequence[LatentItem]]
#: The line from a new scale to the base by common items.
Line = Callable[[Sequence[LatentItem], Sequence[LatentItem]], Scale]


@dataclass(frozen=True, slots=True)
class Form:
    """Answers of those who took a form: persons × items, NaN = not presented; names of the columns."""

    scores: ArrayLike
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResampledLink:
    """The line of all persons with the covariance that drawing them again gives.

    Attributes
    ----------
    scale : its covariance is None with a reason
    draws, failed : how many were made; of these, such that gave no estimate
    reason : "too_many_failed" or None
    """

    scale: Scale
    draws: int
    failed: int
    reason: str | None


def conditional_items(scores: FloatArray, names: tuple[str, ...]) -> tuple[LatentItem, ...]:
    """Items of the Rasch family by conditional likelihood."""
    return of_calibrated(calibrate(scores, names).items)


def mean_shift(base: Sequence[LatentItem], new: Sequence[LatentItem]) -> Scale:
    """Mean–mean of the locations with slope one, as `link` does it."""
    pairs = [one.location - other.location for one, other in zip(base, new, strict=True)]
    if not pairs:
        raise TooFewItemsError("a link needs common items", items=0)
    return Scale(1.0, float(np.mean(pairs)))


def resampled_link(
    base: Form,
    new: Form,
    anchors: Sequence[str],
    rng: np.random.Generator,
    estimate: Estimate = conditional_items,
    line: Line = mean_shift,
    draws: int = DRAWS,
    *,
    zero_by_items: bool = True,
) -> ResampledLink:
    """Bootstrap of a link over persons: both forms are drawn again and calibrated in full.

    An item that a draw cannot estimate is missing from it. Conditional likelihood then puts the zero at other
    items, so such a draw is moved until the items that are left have their usual mean threshold.
    Cost: two calibrations a draw; 100 draws of 300 persons × 40 items take about two seconds by conditional
    likelihood. Source: Kolen, Brennan 2014, ch. 7; Tsai, Hanson, Kolen, Forsyth 2001.

    Parameters
    ----------
    anchors : common items that carry the link (the stable ones)
    estimate, line : how items and line were found; for 2PL items a marginal calibration and `link_by_curves`
    draws : how often persons are drawn, at least two
    zero_by_items : whether the estimate puts the zero at its items; False for marginal likelihood, whose zero
        is the mean of the persons

    Raises
    ------
    BadInputError
        For fewer than two draws or matrices that are none.
    EstimationError
        Where the persons as they are have no link.
    """
    if draws < 2:  # noqa: PLR2004 - a covariance needs two
        raise BadInputError("at least two draws", draws=draws)
    sides = [_Side.of(form, estimate, zero_by_items=zero_by_items) for form in (base, new)]
    centre = line(*common_items(sides[0].usual, sides[1].usual, anchors))
    lines, failed = [], 0
    for _ in range(draws):
        try:
            drawn = [side.drawn(estimate, rng) for side in sides]
            one = line(*common_items(drawn[0], drawn[1], anchors))
        except EstimationError:
            failed += 1
        else:
            lines.append((one.slope, one.shift))
    if failed > FAILED_SHARE * draws or len(lines) < 2:  # noqa: PLR2004 - as above
        return ResampledLink(centre, draws, failed, "too_many_failed")
    return ResampledLink(centre.with_covariance(np.cov(np.array(lines).T)), draws, failed, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One form: its answers, and its items by all persons."""

    scores: FloatArray
    names: tuple[str, ...]
    usual: tuple[LatentItem, ...]
    zero_by_items: bool

    @classmethod
    def of(cls, form: Form, estimate: Estimate, *, zero_by_items: bool) -> _Side:
        scores = answer_matrix(form.scores)
        return cls(scores, form.names, tuple(estimate(scores, form.names)), zero_by_items)

    def drawn(self, estimate: Estimate, rng: np.random.Generator) -> tuple[LatentItem, ...]:
        """Items of as many persons, drawn with replacement, with the zero of the whole group."""
        persons = rng.integers(0, len(self.scores), len(self.scores))
        found = tuple(estimate(self.scores[persons], self.names))
        kept = {(item.name, item.maximum) for item in self.usual} & {
            (item.name, item.maximum) for item in found
        }
        if not self.zero_by_items or len(kept) == len(self.usual):
            return found
        before, after = (_mean_threshold(side, kept) for side in (self.usual, found))
        return tuple(item.moved(1.0, before - after) for item in found)


def _mean_threshold(items: Sequence[LatentItem], kept: set[tuple[str, int]]) -> float:
    own = [item.thresholds for item in items if (item.name, item.maximum) in kept]
    if not own:
        raise TooFewItemsError("a draw kept no item whole", items=0)
    return float(np.mean(np.concatenate(own)))
