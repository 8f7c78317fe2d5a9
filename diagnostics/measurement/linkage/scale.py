"""From the scale of a new form to that of the base form: a slope, a shift, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.numeric import FloatArray, complete_vector

Covariance = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Scale:
    """θ_base = slope · θ_new + shift.

    Attributes
    ----------
    slope, shift : the slope is positive; 1 in the Rasch family
    covariance : of (slope, shift); None = not known
    """

    slope: float = 1.0
    shift: float = 0.0
    covariance: Covariance | None = None

    def __post_init__(self) -> None:
        """Refuse what turns a scale round or makes it a point."""
        if not (self.slope > 0 and isfinite(self.slope) and isfinite(self.shift)):
            raise BadInputError("a scale has a positive slope and a finite shift")

    def of_items(self, items: Sequence[LatentItem]) -> tuple[LatentItem, ...]:
        """Items of the new form on the base scale: a / slope, slope · b + shift."""
        return tuple(item.moved(self.slope, self.shift) for item in items)

    def of_abilities(self, theta: ArrayLike) -> FloatArray:
        """Abilities on the base scale, (persons,); NaN stays."""
        return np.asarray(self.slope * np.asarray(theta, dtype=np.float64) + self.shift)

    def of_errors(self, se: ArrayLike) -> FloatArray:
        """Standard errors of abilities in units of the base scale, without that of the link."""
        return np.asarray(self.slope * np.asarray(se, dtype=np.float64))

    def error_at(self, theta: ArrayLike) -> FloatArray | None:
        """Standard error of the link at abilities of the new scale, by the delta method; None if not known.

        √(θ² var(slope) + 2 θ cov + var(shift)). It is common to all persons of a group, so it does not
        shrink with their number.
        """
        if self.covariance is None:
            return None
        at = np.atleast_1d(complete_vector(np.atleast_1d(np.asarray(theta, dtype=np.float64)), "abilities"))
        (slope, both), (_, shift) = self.covariance
        return np.sqrt(np.maximum(at**2 * slope + 2 * at * both + shift, 0.0))

    def inverse(self) -> Scale:
        """From the base scale back to the new one."""
        gradient = np.array([[-1 / self.slope**2, 0.0], [self.shift / self.slope**2, -1 / self.slope]])
        return Scale(1 / self.slope, -self.shift / self.slope, _turned(self.covariance, gradient))

    def with_covariance(self, found: FloatArray) -> Scale:
        """The same line with the 2 × 2 covariance of its slope and shift."""
        (slope, both), (_, shift) = np.asarray(found, dtype=np.float64).tolist()
        return Scale(self.slope, self.shift, ((slope, both), (both, shift)))


def _turned(covariance: Covariance | None, gradient: FloatArray) -> Covariance | None:
    if covariance is None:
        return None
    (slope, both), (_, shift) = (gradient @ np.array(covariance) @ gradient.T).tolist()
    return (slope, both), (both, shift)
