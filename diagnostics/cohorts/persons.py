"""The line of each matched person, for the group's own trainer: both layers, never merged."""

from __future__ import annotations

import math

from diagnostics.cohorts.blocks import Column
from diagnostics.cohorts.figures import PersonFigures
from diagnostics.cohorts.gathering import NO_SCHOOL, Gathered
from diagnostics.cohorts.scales import level_at
from diagnostics.findings.queries import FindingView
from diagnostics.measurement.change import Change as Verdict
from diagnostics.measurement.change import DeficitChange, Measure, person_change
from reports.contents.common import Change, Conclusion, OfficialScale

_SAID = {
    Verdict.GREW: Change.GREW,
    Verdict.FELL: Change.FELL,
    Verdict.WITHIN_ERROR: Change.WITHIN_ERROR,
    Verdict.UNKNOWN_ERROR: Change.UNKNOWN,
}
_MOVES = {
    (True, False): DeficitChange.CLOSED,
    (True, True): DeficitChange.REMAINING,
    (False, True): DeficitChange.NEW,
    (False, False): DeficitChange.NONE,
}


def people_of(gathered: Gathered, whole: Column, scale: OfficialScale) -> tuple[PersonFigures, ...]:
    """In the order of person ids; names and alphabet are the caller's."""
    entry, leave = gathered.entry, gathered.exit
    if entry is None or leave is None:
        return ()
    asked = gathered.asked  # put together anew at each look
    return tuple(
        PersonFigures(
            person_id=person,
            school=asked.get(person, NO_SCHOOL).name,
            entry=float(whole.entry[row]),
            exit=float(whole.exit[row]),
            entry_level=level_at(float(whole.entry[row]), scale).code,
            exit_level=level_at(float(whole.exit[row]), scale).code,
            verdict=_verdict(row, whole),
            deficits=_deficits(entry.results[person], leave.results[person], scale),
            conclusions=_conclusions(entry.results[person], leave.results[person]),
        )
        for row, person in enumerate(gathered.matched)
    )


def _verdict(row: int, whole: Column) -> Change:
    """Reliable change: the rule behind the counts of the whole work."""
    error = float(whole.error[row])
    if not math.isfinite(error):
        return Change.UNKNOWN
    # The column holds the error of the difference of both results.
    change = person_change(Measure(float(whole.entry[row]), 0.0), Measure(float(whole.compared[row]), error))
    return _SAID[change.verdict]


def _conclusions(before: FindingView, after: FindingView) -> dict[str, tuple[Conclusion, Conclusion]]:
    pairs = ((first, after.scale(first.competence)) for first in before.blocks)
    return {
        first.competence: (Conclusion(first.conclusion.value), Conclusion(second.conclusion.value))
        for first, second in pairs
        if second is not None
    }


def _deficits(before: FindingView, after: FindingView, scale: OfficialScale) -> dict[str, DeficitChange]:
    found = {}
    for first in before.blocks:
        second = after.scale(first.competence)
        if second is None or first.level is None or second.level is None:
            continue
        if first.percent is None or second.percent is None:
            continue
        low = tuple(percent + 1e-9 < scale.deficit_below for percent in (first.percent, second.percent))
        found[first.competence] = _MOVES[low[0], low[1]]
    return found
