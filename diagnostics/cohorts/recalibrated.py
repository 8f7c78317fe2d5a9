"""Two calibrations of one work beside each other: difficulties, what drifted, reliability, priors, conclusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.calibrations import Line, difficulties, part_of
from diagnostics.database import Json
from diagnostics.findings import reading, scales
from diagnostics.findings.calibrations import prior_for
from diagnostics.findings.reading import Result
from diagnostics.measurement.linking import common_anchors, link
from diagnostics.measurement.method import METHOD, Method
from instruments.scoring import Scoring

#: Results that a page reads again while somebody waits.
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Shift:
    """One task in both calibrations, put on the scale of the first one (logits).

    change  how much harder it became; error  standard error of the change
    reason  "logit" or "robust_z" where it drifts by the rule of linking, else None
    """

    item: str
    before: float
    after: float
    change: float
    error: float | None
    reason: str | None

    @property
    def reason_order(self) -> int:
        """Drifting ones come first in a list."""
        return 0 if self.reason else 1


@dataclass(frozen=True, slots=True)
class PriorShift:
    """Expected share 0…1 of a block and how many answers it weighs, in both; None = no prior there."""

    block: str
    before: tuple[float, float] | None
    after: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Results that stand on the first calibration and whose conclusions the second would change.

    reason  why nothing was counted: "other_key", "nobody", "too_many"
    """

    results: int
    changed: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`link_error`: of the shift between the scales (logits); None where the scales cannot be linked.

    is_firm  whether enough tasks are left without drift to carry the link (methods.md §4)
    """

    shifts: tuple[Shift, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    link_error: float | None
    is_firm: bool
    priors: tuple[PriorShift, ...]
    effect: Effect

    @property
    def drifted(self) -> tuple[Shift, ...]:
        return tuple(one for one in self.shifts if one.reason)


def compare(first: Line, second: Line, method: Method = METHOD) -> Comparison:
    """`first` is the older one; both are about one work version."""
    before, after = part_of(first), part_of(second)
    shifts, error = _shifts(before, after, catalogue.scoring(second.scoring_id), method)
    left, right = (_names(part) for part in (before, after))
    return Comparison(
        shifts=shifts,
        only_before=tuple(sorted(left - right)),
        only_after=tuple(sorted(right - left)),
        link_error=error,
        is_firm=sum(one.reason is None for one in shifts) >= method.min_anchors,
        priors=_priors(before["priors"], after["priors"]),
        effect=effect_of(first, second),
    )


def effect_of(first: Line, second: Line) -> Effect:
    """Every result of the stages that pin the first one, concluded anew with the second one's priors."""
    if first.scoring_id != second.scoring_id:
        return Effect(first.results, 0, "other_key")
    if not first.results:
        return Effect(0, 0, "nobody")
    if first.results > AT_ONCE:
        return Effect(first.results, 0, "too_many")
    old, new = (catalogue.calibration(one.version.id) for one in (first, second))
    results = [
        one
        for user in first.users
        for one in reading.of_wave(user.wave_id)
        if one.pins.scoring_id == first.scoring_id
    ]
    return Effect(len(results), sum(_changes(one, old, new) for one in results))


def _changes(result: Result, old: Json, new: Json) -> bool:
    pins, preset, method = result.pins, reading.preset_of(result.pins), reading.method_of(result.pins)
    for scale in result.scored.scales:
        if not scale.is_block:
            continue
        said = [
            scales.say(scale, prior_for(body, pins.scoring_id, scale.competence), preset, method).conclusion
            for body in (old, new)
        ]
        if said[0] is not said[1]:
            return True
    return False


def _names(part: Json) -> set[str]:
    found = difficulties(part)
    return {one.name for one in found.items} if found else set()


def _shifts(
    before: Json, after: Json, scoring: Scoring, method: Method
) -> tuple[tuple[Shift, ...], float | None]:
    """In the order of the scoring; nothing where either has no difficulties."""
    base, new = difficulties(before), difficulties(after)
    if base is None or new is None:
        return (), None
    # Steps of another length are other tasks, whatever their names.
    same = tuple(code for code in scoring.items if before["steps"].get(code) == after["steps"].get(code))
    blocks = {code: next(iter(key.competences), "") for code, key in scoring.items.items()}
    anchors = common_anchors(base, new, same, blocks)
    found = link(anchors, method)
    if found.shift is None:
        return (), None
    checked = {one.name: one for one in found.anchors}
    shifts = (
        Shift(
            item=one.name,
            before=one.base,
            after=one.new + found.shift,
            change=found.shift - one.difference,
            error=one.error,
            reason=checked[one.name].reason,
        )
        for one in anchors
    )
    return tuple(shifts), found.error


def _priors(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[PriorShift, ...]:
    return tuple(
        PriorShift(block, _prior(before.get(block)), _prior(after.get(block)))
        for block in dict.fromkeys((*before, *after))
    )


def _prior(found: Json | None) -> tuple[float, float] | None:
    if found is None:
        return None
    size = float(found["alpha"]) + float(found["beta"])
    return float(found["alpha"]) / size, size
