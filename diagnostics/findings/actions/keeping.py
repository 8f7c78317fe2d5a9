"""Results → rows. A new finding supersedes the standing one of its seat; the old one stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Privacy
from diagnostics.database import Base, Json, new_id, session
from diagnostics.database.prepared import Prepared
from diagnostics.findings import reading, scales
from diagnostics.findings.calibrations import prior_for
from diagnostics.findings.clarifying.said import said_of
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT, Result
from diagnostics.findings.scales import Said, Scale

# Past the ORM and the assembling of parameters an insert costs a tenth: a finding is some twenty rows.
_FINDING = Prepared(sa.insert(Base.metadata.tables["finding"]))
_SCALE = Prepared(sa.insert(Base.metadata.tables["finding_scale"]))


def keep(results: Sequence[Result], *, reason: str, actor_id: str | None, first: bool = False) -> list[str]:
    """Insert one finding for each result, in bulk; returns their ids in the same order.

    `first`: the caller has seen that the seats have no finding yet.
    """
    if not results:
        return []
    made_at = clock.now()
    if not first:
        supersede([one.pins.seat_id for one in results], made_at, reason=reason, actor_id=actor_id)
    ids = [new_id() for _ in results]
    rows = [_finding(new, one, made_at, reason) for new, one in zip(ids, results, strict=True)]
    lines = [line for new, one in zip(ids, results, strict=True) for line in _lines(new, one)]
    session.flush()  # what the findings refer to must stand before statements that pass the session by
    connection = session.connection()
    _FINDING.write(connection, rows)
    if lines:
        _SCALE.write(connection, lines)
    return ids


def supersede(seat_ids: Iterable[str], at: datetime, *, reason: str, actor_id: str | None) -> None:
    """Current findings of the seats become history, each with its audit row."""
    standing = session.execute(
        sa.select(Finding.id, Finding.scoring_id, Finding.calibration_id).where(
            Finding.seat_id.in_(list(seat_ids)), Finding.current_key == CURRENT
        )
    ).all()
    if not standing:
        return
    session.execute(
        sa.update(Finding)
        .where(Finding.id.in_([row.id for row in standing]), Finding.current_key == CURRENT)
        .values(current_key=Finding.id, superseded_at=at)
        .execution_options(synchronize_session="fetch")
    )
    for row in standing:
        before = [row.scoring_id, row.calibration_id]
        audit.record(
            "finding.supersede",
            actor_id=actor_id,
            kind="finding",
            object_id=row.id,
            before=before,
            note=reason,
        )


def _finding(new: str, result: Result, made_at: datetime, reason: str) -> Json:
    pins, anonymous = result.pins, result.pins.privacy is Privacy.ANONYMOUS
    return {
        "id": new,
        "seat_id": pins.seat_id,
        "wave_id": pins.wave_id,
        "person_id": pins.person_id,
        "sitting_id": result.sitting_id,
        "import_id": result.import_id,
        "scoring_id": pins.scoring_id,
        "framework_id": pins.framework_id,
        "method_id": pins.method_id,
        "calibration_id": pins.calibration_id,
        "preset": pins.preset,
        "items": scales.stored(result.scored.items),
        "clarified": result.clarified,
        "points": result.scored.points,
        "maximum": result.scored.maximum,
        # Anonymous answers keep the hour only, and so does what follows from them.
        "made_at": made_at.replace(minute=0, second=0, microsecond=0) if anonymous else made_at,
        "reason": reason,
        "current_key": CURRENT,
        "superseded_at": None,
    }


def _lines(finding_id: str, result: Result) -> list[Json]:
    pins = result.pins
    preset, method = reading.preset_of(pins), reading.method_of(pins)
    calibration = reading.calibration_of(pins)
    return [
        _line(
            finding_id,
            # A level says what to do with a person; of nobody nothing is to be done.
            scale if pins.privacy is not Privacy.ANONYMOUS else replace(scale, level=None),
            (None if scale.awaiting else said_of(result.clarified, scale.competence))
            or scales.say(scale, prior_for(calibration, pins.scoring_id, scale.competence), preset, method),
        )
        for scale in result.scored.scales
    ]


def _line(finding_id: str, scale: Scale, said: Said) -> Json:
    return {
        "finding_id": finding_id,
        "competence": scale.competence,
        "is_block": scale.is_block,
        "n_items": scale.n_items,
        "omitted": scale.omitted,
        "unreached": scale.unreached,
        "points": scale.points,
        "maximum": scale.maximum,
        "percent": scale.percent,
        "level": scale.level,
        "low80": said.low80,
        "high80": said.high80,
        "p_deficit": said.p_deficit,
        "conclusion": said.conclusion.value,
        "provisional": said.provisional,
        "awaiting": scale.awaiting,
    }
