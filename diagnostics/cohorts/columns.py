"""Findings of matched people as columns of per cents with the error of each change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from diagnostics.cohorts.blocks import Column
from diagnostics.cohorts.comparing import Compared
from diagnostics.cohorts.figures import WHOLE
from diagnostics.cohorts.linking import Abilities
from diagnostics.findings.queries import FindingView, ScaleView, WaveMatrix
from diagnostics.measurement.levels import Scale
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.posterior import posteriors
from instruments.framework import Framework

TITLE = "Вся работа"  # of the whole among the blocks, as the tables print it
_HALF_A_POINT = 0.5
Pairs = Sequence[tuple[FindingView, FindingView]]


def block_codes(pairs: Pairs) -> tuple[str, ...]:
    """Blocks that both stages report, in the order of the framework."""
    before, after = pairs[0]
    return tuple(one.competence for one in before.blocks if after.scale(one.competence) is not None)


def block_column(
    code: str, pairs: Pairs, compared: Compared, scale: Scale, framework: Framework
) -> Column | None:
    """Per cents of the people who have both; None where nobody does."""
    lines = [(before.scale(code), after.scale(code), before.school_id) for before, after in pairs]
    found = [
        (first, second, school or "")
        for first, second, school in lines
        if first is not None
        and second is not None
        and first.percent is not None
        and second.percent is not None
    ]
    if not found:
        return None
    known = [(first, second) for first, second, _ in found]
    entry = np.array([first.percent for first, _ in known], dtype=np.float64)
    leave = np.array([second.percent for _, second in known], dtype=np.float64)
    levelled = all(one.level is not None for pair in known for one in pair)
    errors = np.hypot(*(_binomial([_trial(pair[side]) for pair in known]) for side in (0, 1)))
    most = max(one.maximum for pair in known for one in pair)
    return Column(
        code=code,
        title=framework.node(code).title["ru"],
        entry=entry,
        exit=leave,
        error=np.hypot(errors, compared.link_percent),
        correction=compared.correction,
        same_within=_same_within(compared, most),
        scale=scale if levelled else None,
        schools=tuple(school for _, _, school in found),
    )


def _same_within(compared: Compared, maximum: float) -> float:
    """With a correction nobody would keep exactly his result: less than half a point is the same one."""
    return 100 * _HALF_A_POINT / maximum if compared.correction and maximum > 0 else 0.0


def _trial(line: ScaleView) -> tuple[float, float, float]:
    return line.points, line.maximum, float(line.n_items)


def _binomial(trials: Sequence[tuple[float, float, float]]) -> FloatArray:
    """Error of each result in per cent by (points, maximum, items); NaN where the items are unknown."""
    points, maxima, items = np.array(trials, dtype=np.float64).T
    found = posteriors(points, maxima, items)  # the weak prior keeps the error of a full score above zero
    size = found.alpha + found.beta
    sd = 100 * np.sqrt(found.alpha * found.beta / (size**2 * (size + 1)))
    return np.asarray(np.where(items > 0, sd, np.nan))


def whole_column(people: Sequence[str], pairs: Pairs, compared: Compared, scale: Scale) -> Column:
    """The whole work; where forms were linked its errors come from the calibrated items."""
    entry = np.array([one.percent or 0.0 for one, _ in pairs])
    leave = np.array([one.percent or 0.0 for _, one in pairs])
    if compared.link is not None and compared.allowed:
        first = taken(compared.link.entry, people, compared.entry)
        second = taken(compared.link.exit, people, compared.exit)
        errors = np.hypot(first.error, second.error)
    else:
        errors = np.hypot(*(_binomial([_whole_trial(pair[side]) for pair in pairs]) for side in (0, 1)))
    return Column(
        code=WHOLE,
        title=TITLE,
        entry=entry,
        exit=leave,
        error=np.hypot(errors, compared.link_percent),
        correction=compared.correction,
        same_within=_same_within(compared, max(view.maximum for pair in pairs for view in pair)),
        scale=scale,
        schools=tuple(before.school_id or "" for before, _ in pairs),
    )


def _whole_trial(view: FindingView) -> tuple[float, float, float]:
    return view.points, view.maximum, float(sum(one.points is not None for one in view.items.values()))


def taken(one: Abilities, people: Sequence[str], matrix: WaveMatrix) -> Abilities:
    """Estimates of these people, in their order."""
    place = {person: row for row, person in enumerate(matrix.person_ids)}
    rows = [place[person] for person in people]
    return Abilities(one.theta[rows], one.se[rows], one.error[rows])
