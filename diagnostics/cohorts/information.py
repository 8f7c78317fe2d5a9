"""Where a calibrated work measures best: its information along the scale, and at the borders of levels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.calibrated import difficulties_of
from diagnostics.findings.queries import FindingView
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.latent.items import curves, of_calibrated
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from reports.contents.quality import CutPoint, Information

#: Abilities of the curve, logits, and the per cents between which it is drawn: beyond them nobody is told apart.
GRID = np.linspace(-7.0, 7.0, 281)
DRAWN = (5.0, 95.0)
_EVERY = 4  # points of the grid kept for the drawing


def information_of(
    view: FindingView, maxima: Mapping[str, float], points: FloatArray, method: Method
) -> tuple[Information | None, str | None]:
    """Information of the form under the calibration that the findings pin, or why there is none.

    Reasons: those of `difficulties_of`, and "collapsed" (a step that nobody reached lies between others).
    """
    found = difficulties_of(view, maxima)
    if isinstance(found, str):
        return None, found
    try:
        scale = _Scale(found.items, found.steps, maxima, points)
    except EstimationError:
        return None, "collapsed"
    cuts = sorted(one.lower for one in catalogue.framework(view.framework_id).scales[view.preset].levels)
    return (
        Information(
            persons=found.persons,
            provisional=found.persons < method.min_calibration_persons,
            n_items=len(found.items),
            n_left_out=len(maxima) - len(found.items),
            points=scale.curve(),
            cuts=tuple(scale.at(cut) for cut in cuts if scale.reaches(cut)),
        ),
        None,
    )


class _Scale:
    """Expected per cent, information and errors along the grid of abilities."""

    def __init__(
        self,
        items: tuple[CalibratedItem, ...],
        steps: Mapping[str, int],
        maxima: Mapping[str, float],
        points: FloatArray,
    ) -> None:
        """Count an item without a difficulty as the share that was seen: all solved it, or nobody did."""
        found = curves(of_calibrated(items), GRID)
        category = np.arange(found.chances.shape[2], dtype=np.float64)
        mean = found.expected()
        variance = found.chances @ category**2 - mean**2
        worth = np.array([maxima[one.name] / steps[one.name] for one in items])
        lowest = np.array([one.lowest for one in items], dtype=np.float64)
        known = {one.name for one in items}
        rest = [place for place, name in enumerate(maxima) if name not in known]
        fixed = float(np.nanmean(points[:, rest], axis=0).sum()) if rest else 0.0
        whole = sum(maxima.values())
        self.percent = 100 * ((mean + lowest) @ worth + fixed) / whole
        self.information = found.information().sum(axis=1)
        self.sem = 100 * np.sqrt(variance @ worth**2) / whole

    def reaches(self, percent: float) -> bool:
        return bool(self.percent[0] < percent < self.percent[-1])

    def at(self, percent: float) -> CutPoint:
        """The point of the scale where this per cent is expected."""
        theta = float(np.interp(percent, self.percent, GRID))
        information = float(np.interp(theta, GRID, self.information))
        return CutPoint(
            percent=percent,
            theta=theta,
            information=information,
            se=information**-0.5,
            sem=float(np.interp(theta, GRID, self.sem)),
        )

    def curve(self) -> tuple[CutPoint, ...]:
        inside = (self.percent >= DRAWN[0]) & (self.percent <= DRAWN[1])
        return tuple(self.at(float(one)) for one in self.percent[inside][::_EVERY])
