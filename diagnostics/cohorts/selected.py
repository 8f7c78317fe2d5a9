"""Was the group of the exit chosen by low results of the entry? Then a part of its growth is a return to the mean."""

from __future__ import annotations

import numpy as np

from diagnostics.cohorts.blocks import Column
from diagnostics.cohorts.gathering import Gathered
from diagnostics.measurement.change import kelley
from diagnostics.measurement.growth import Regression
from diagnostics.measurement.intervals import welch_interval
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from reports.contents.common import Stage
from reports.contents.entry_exit import Reliability, ReturnToMean


def return_to_mean(
    gathered: Gathered, whole: Column | None, lines: tuple[Reliability, ...], method: Method
) -> ReturnToMean | None:
    """Kelley's expectation beside the observed change; None where the group was not chosen by low results.

    Chosen: a part of those tested at the entry was not asked at the exit, and the asked began lower by more
    than chance (the interval of the difference lies below zero).
    """
    alpha = next((line.alpha for line in lines if line.stage is Stage.ENTRY), None)
    if whole is None or alpha is None or not 0 <= alpha <= 1:
        return None
    asked, others = _entry_results(gathered)
    if min(asked.size, others.size) < method.min_pairs:
        return None
    apart = welch_interval(asked, others, method.group_interval)
    if apart is None or apart.high >= 0:
        return None
    before = float(whole.entry.mean())
    tested = float(np.concatenate((asked, others)).mean())
    found = Regression(kelley(before, tested, alpha) - before, float(whole.compared.mean()) - before)
    return ReturnToMean(
        expected=found.expected_change,
        observed=found.observed_change,
        n_asked=asked.size,
        n_tested=asked.size + others.size,
    )


def _entry_results(gathered: Gathered) -> tuple[FloatArray, FloatArray]:
    """Per cents of the entry of those asked at the exit, and of those who were not."""
    if gathered.entry is None or gathered.exit is None:
        return np.array([]), np.array([])
    known = {
        person: view.percent
        for person, view in sorted(gathered.entry.results.items())
        if view.percent is not None
    }
    asked = [percent for person, percent in known.items() if person in gathered.exit.asked]
    others = [percent for person, percent in known.items() if person not in gathered.exit.asked]
    return np.array(asked), np.array(others)
