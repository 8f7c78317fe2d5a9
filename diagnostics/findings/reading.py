"""Stored answers and stored findings → scored results under the versions that a seat pins now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Seat, Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.findings import pins as pinned
from diagnostics.findings import scales
from diagnostics.findings.clarifying.said import clarified
from diagnostics.findings.errors import NotReady
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.findings.pins import Pins
from diagnostics.findings.scales import Scale, Scored
from diagnostics.marking import queries as marking
from diagnostics.marking.queries import Agreed
from diagnostics.measurement.method import Method
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import Sitting, SittingState
from diagnostics.sittings.queries import SittingView, Standing
from instruments.framework import LevelPreset

CURRENT = "current"
CHUNK = 500  # ids in one IN list


@dataclass(frozen=True, slots=True)
class Result:
    """One person's result, ready to be kept.

    `stamps`: of the answers that experts mark, where the result was scored from answers just now.
    """

    pins: Pins
    scored: Scored
    sitting_id: str | None
    import_id: str | None
    clarified: Json | None = None  # blocks on the calibrated scale, with the clarifying tasks
    stamps: Mapping[str, str] = field(default_factory=dict)


def preset_of(pins: Pins) -> LevelPreset:
    return catalogue.framework(pins.framework_id).scales[pins.preset]


def from_answers(sitting_id: str, *, given_only: bool = False) -> Result:
    """Score the answers of a sent sitting; NotReady `sitting_not_submitted` for any other.

    `given_only`: by the experts' marks that stand in a result already.
    """
    sitting = sittings.one(sitting_id)
    if sitting is None:
        raise Missing
    _refuse_unsent(sitting)
    pins = pinned.of_seat(sitting.seat_id)
    marks = _marks_of([(sitting, pins)], given_only=given_only)
    return _scored(sitting, pins, sittings.standing_of(sitting_id), marks.get(sitting_id, {}))


def from_answers_of(sitting_ids: Collection[str]) -> list[Result]:
    """The same for many, in the order of sittings: a few statements for each `CHUNK` of them."""
    ids = sorted(set(sitting_ids))
    found: list[Result] = []
    for start in range(0, len(ids), CHUNK):
        found += _chunk_of(ids[start : start + CHUNK])
    return found


def _chunk_of(ids: Sequence[str]) -> list[Result]:
    views = sittings.many(ids)
    if len(views) < len(ids):
        raise Missing
    for one in views:
        _refuse_unsent(one)
    pins = pinned.of_seats([one.seat_id for one in views])
    standings = sittings.standings_of(ids)
    marks = _marks_of([(one, pins[one.seat_id]) for one in views])
    return [_scored(one, pins[one.seat_id], standings[one.id], marks.get(one.id, {})) for one in views]


def _refuse_unsent(sitting: SittingView) -> None:
    if sitting.state is not SittingState.SUBMITTED:
        raise NotReady("sitting_not_submitted")


def _scored(sitting: SittingView, pins: Pins, standing: Standing, marks: Mapping[str, Agreed]) -> Result:
    form, answers = _form_of(sitting, pins), standing.answers
    scored = scales.score(form, answers, standing.shown, preset_of(pins), method_of(pins), marks=marks)
    said = clarified(pins, scored, standing)
    return Result(pins, scored, sitting.id, None, said, scales.stamps_of(form, answers))


def _form_of(sitting: SittingView, pins: Pins) -> scales.Ready:
    _, scoring_id = pins.documents()
    return scales.ready(sitting.instrument_id, scoring_id, sitting.form, pins.framework_id)


def _marks_of(
    works: Sequence[tuple[SittingView, Pins]], *, given_only: bool = False
) -> dict[str, dict[str, Agreed]]:
    """What experts agreed upon; works that a machine marks whole are not asked about."""
    read = [sitting.id for sitting, pins in works if _form_of(sitting, pins).rubrics]
    return marking.agreed(read, given_only=given_only) if read else {}


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
    corrected = _corrected(findings, pins)
    lines = _lines([one.id for one in findings if one.sitting_id not in corrected])
    return [
        corrected.get(one.sitting_id or "") or _stored(one, pins[one.seat_id], lines[one.id])
        for one in findings
    ]


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


# Plain columns: a wave of thousands has a hundred thousand lines, and an object of each costs three times as much.
_LINE: tuple[Any, ...] = (
    FindingScale.finding_id,
    FindingScale.competence,
    FindingScale.is_block,
    FindingScale.n_items,
    FindingScale.omitted,
    FindingScale.unreached,
    FindingScale.points,
    FindingScale.maximum,
    FindingScale.percent,
    FindingScale.level,
    FindingScale.awaiting,
)
_Lines = Sequence[sa.Row[Any]]


def _lines(finding_ids: Sequence[str]) -> dict[str, list[sa.Row[Any]]]:
    found: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    for start in range(0, len(finding_ids), CHUNK):
        chosen = finding_ids[start : start + CHUNK]
        query = sa.select(*_LINE).where(FindingScale.finding_id.in_(chosen))
        for row in session.execute(query.order_by(FindingScale.finding_id, FindingScale.competence)):
            found[row.finding_id].append(row)
    return found


def _corrected(findings: Sequence[Finding], pins: Mapping[str, Pins]) -> dict[str, Result]:
    """Sitting → its result under another scoring than that of its finding; those that stand sent only."""
    behind = [
        one.sitting_id
        for one in findings
        if one.sitting_id is not None and one.scoring_id != pins[one.seat_id].scoring_id
    ]
    sent = [one.id for one in sittings.many(behind) if one.state is SittingState.SUBMITTED]
    return {one.sitting_id or "": one for one in from_answers_of(sent)}


def _stored(finding: Finding, pins: Pins, rows: _Lines) -> Result:
    scored = _kept(finding, pins, rows)
    return Result(pins, scored, finding.sitting_id, finding.import_id, finding.clarified)


def _kept(finding: Finding, pins: Pins, rows: _Lines) -> Scored:
    """Points and official levels as they were stored: a calibration does not touch them."""
    items = scales.restored(finding.items)
    form = (
        scales.ready(pins.instrument_id, finding.scoring_id, pins.form, finding.framework_id)
        if pins.instrument_id is not None and finding.scoring_id is not None
        else None
    )
    return Scored(items, tuple(_scale(row, form, items) for row in rows), finding.points, finding.maximum)


def _scale(row: sa.Row[Any], form: scales.Ready | None, items: scales.Items) -> Scale:
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
        awaiting=row.awaiting,
    )


def calibration_of(pins: Pins) -> Json | None:
    return catalogue.calibration(pins.calibration_id) if pins.calibration_id else None
