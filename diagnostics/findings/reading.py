"""Stored answers and stored findings → scored results under the versions that a seat pins now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Seat, Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.findings import pins as pinned
from diagnostics.findings import scales
from diagnostics.findings.errors import NotReady
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.findings.pins import Pins
from diagnostics.findings.scales import Scale, Scored
from diagnostics.measurement.method import Method
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import Sitting, SittingState
from instruments.framework import LevelPreset

CURRENT = "current"
CHUNK = 500  # ids in one IN list


@dataclass(frozen=True, slots=True)
class Result:
    """One person's result, ready to be kept."""

    pins: Pins
    scored: Scored
    sitting_id: str | None
    import_id: str | None


def preset_of(pins: Pins) -> LevelPreset:
    return catalogue.framework(pins.framework_id).scales[pins.preset]


def from_answers(sitting_id: str, pins: Pins | None = None) -> Result:
    """Score the answers of a sent sitting; NotReady `sitting_not_submitted` for any other."""
    sitting = sittings.one(sitting_id)
    if sitting is None:
        raise Missing
    if sitting.state is not SittingState.SUBMITTED:
        raise NotReady("sitting_not_submitted")
    pins = pins or pinned.of_seat(sitting.seat_id)
    _, scoring_id = pins.documents()
    form = scales.ready(sitting.instrument_id, scoring_id, sitting.form, pins.framework_id)
    standing = sittings.standing_of(sitting_id)
    scored = scales.score(form, standing.answers, standing.shown, preset_of(pins), method_of(pins))
    return Result(pins, scored, sitting_id, None)


def method_of(pins: Pins) -> Method:
    return catalogue.method(pins.method_id)


def of_wave(wave_id: str, *, stale_only: bool = False, limit: int | None = None) -> list[Result]:
    """Current results of a wave under its pins of now, in the order of seats.

    A finding whose scoring was corrected is scored again from its answers; others keep their points.
    """
    query = _current(wave_id).where(_IS_STALE) if stale_only else _current(wave_id)
    findings = session.scalars(query.order_by(Finding.seat_id).limit(limit)).all()
    few = len(findings) <= CHUNK
    pins = pinned.of_seats([one.seat_id for one in findings]) if few else pinned.of_wave(wave_id)
    lines = _lines([one.id for one in findings])
    return [_result(one, pins[one.seat_id], lines[one.id]) for one in findings]


def stale_in(wave_id: str) -> int:
    """How many findings of a wave are behind its pins."""
    query = _current(wave_id).where(_IS_STALE)
    return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


# Answers of an erased or stopped sitting are not scored again; imported points have no answers at all.
_IS_CORRECTED = sa.and_(
    Finding.scoring_id.is_distinct_from(Assignment.scoring_id), Sitting.state == SittingState.SUBMITTED
)
_IS_STALE = sa.or_(
    _IS_CORRECTED,
    sa.and_(
        Finding.scoring_id == Assignment.scoring_id,
        Finding.calibration_id.is_distinct_from(Wave.calibration_id),
    ),
)


def _current(wave_id: str) -> sa.Select[Finding]:
    return (
        sa.select(Finding)
        .join(Seat, Seat.id == Finding.seat_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .join(Wave, Wave.id == Finding.wave_id)
        .outerjoin(Sitting, Sitting.id == Finding.sitting_id)
        .where(Finding.wave_id == wave_id, Finding.current_key == CURRENT)
    )


def _lines(finding_ids: Sequence[str]) -> dict[str, list[FindingScale]]:
    found: dict[str, list[FindingScale]] = defaultdict(list)
    for start in range(0, len(finding_ids), CHUNK):
        chosen = finding_ids[start : start + CHUNK]
        query = sa.select(FindingScale).where(FindingScale.finding_id.in_(chosen))
        for row in session.scalars(query.order_by(FindingScale.finding_id, FindingScale.competence)):
            found[row.finding_id].append(row)
    return found


def _result(finding: Finding, pins: Pins, rows: list[FindingScale]) -> Result:
    if finding.scoring_id != pins.scoring_id and finding.sitting_id is not None and _is_sent(finding):
        return from_answers(finding.sitting_id, pins)
    return Result(pins, _kept(finding, pins, rows), finding.sitting_id, finding.import_id)


def _is_sent(finding: Finding) -> bool:
    sitting = sittings.one(finding.sitting_id or "")
    return sitting is not None and sitting.state is SittingState.SUBMITTED


def _kept(finding: Finding, pins: Pins, rows: list[FindingScale]) -> Scored:
    """Points and official levels as they were stored: a calibration does not touch them."""
    items = scales.restored(finding.items)
    form = (
        scales.ready(pins.instrument_id, finding.scoring_id, pins.form, finding.framework_id)
        if pins.instrument_id is not None and finding.scoring_id is not None
        else None
    )
    return Scored(items, tuple(_scale(row, form, items) for row in rows), finding.points, finding.maximum)


def _scale(row: FindingScale, form: scales.Ready | None, items: scales.Items) -> Scale:
    return Scale(
        competence=row.competence,
        is_block=row.is_block,
        n_items=row.n_items,
        omitted=row.omitted,
        unreached=row.unreached,
        points=row.points,
        maximum=row.maximum,
        percent=row.percent,
        level=row.level,
        effective=scales.effective_of(form, row.competence, items) if form and row.is_block else 0.0,
        opinion=form is not None and row.competence in form.opinions,
    )


def calibration_of(pins: Pins) -> Json | None:
    return catalogue.calibration(pins.calibration_id) if pins.calibration_id else None
