"""Links by the moments of the common items: mean–mean and mean–sigma."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from diagnostics.measurement.errors import BadInputError, TooFewItemsError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.numeric import FloatArray

#: Spreads below this are rounding.
ROUNDING = 1e-9


def common_items(
    base: Sequence[LatentItem], new: Sequence[LatentItem], names: Sequence[str]
) -> tuple[tuple[LatentItem, ...], tuple[LatentItem, ...]]:
    """Declared anchors that are the same kind of item on both scales, in the order of `names`.

    An item that kept fewer categories in one of the two estimations, or another kind of curve, is no anchor.
    """
    first, second = {item.name: item for item in base}, {item.name: item for item in new}
    found = [
        (first[name], second[name])
        for name in dict.fromkeys(names)
        if name in first and name in second and _same_kind(first[name], second[name])
    ]
    return tuple(one for one, _ in found), tuple(other for _, other in found)


def _same_kind(first: LatentItem, second: LatentItem) -> bool:
    steps = (first.maximum, first.lowest, first.scores) == (second.maximum, second.lowest, second.scores)
    return steps and (first.maximum == 1 or first.curve is second.curve)


def mean_mean(base: Sequence[LatentItem], new: Sequence[LatentItem]) -> Scale:
    """Slope = mean of the slopes on the new scale / on the base; shift from the means of the thresholds.

    Source: Loyd, Hoover 1980, J. Educ. Meas. 17: 179–193.

    Parameters
    ----------
    base, new : the same items on both scales

    Raises
    ------
    TooFewItemsError
        Without an item.
    BadInputError
        For other items on the other side, or slopes that are negative on average.
    """
    first, second = _checked(base, new)
    slopes = [float(np.mean([item.slope for item in items])) for items in (new, base)]
    if min(slopes) <= 0:
        raise BadInputError("items tell less from more able persons the wrong way round")
    slope = slopes[0] / slopes[1]
    return Scale(slope, float(first.mean() - slope * second.mean()))


def mean_sigma(base: Sequence[LatentItem], new: Sequence[LatentItem]) -> Scale:
    """Slope = SD of the thresholds on the base scale / on the new; all thresholds of an item count.

    Source: Marco 1977, J. Educ. Meas. 14: 139–160.

    Raises
    ------
    TooFewItemsError, BadInputError
        As `mean_mean`; also where the thresholds of a side are all equal.
    """
    first, second = _checked(base, new)
    spreads = [float(side.std(ddof=1)) if side.size > 1 else 0.0 for side in (first, second)]
    if min(spreads) < ROUNDING:
        raise BadInputError("all thresholds are equal: they have no spread to compare")
    slope = spreads[0] / spreads[1]
    return Scale(slope, float(first.mean() - slope * second.mean()))


def _checked(base: Sequence[LatentItem], new: Sequence[LatentItem]) -> tuple[FloatArray, FloatArray]:
    """Thresholds of both sides."""
    if not base or not new:
        raise TooFewItemsError("a link needs common items", items=0)
    if [(item.name, item.maximum) for item in base] != [(item.name, item.maximum) for item in new]:
        raise BadInputError("the same items in the same order on both scales")
    first, second = (np.concatenate([item.thresholds for item in side]) for side in (base, new))
    return first, second
