"""Versions of a wave that change after it was opened: its calibration, and a corrected scoring."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Assignment, Wave
from diagnostics.database import moved, session


def pin_calibration(
    wave_id: str, version_id: str, *, instead_of: str | None = None, actor_id: str | None = None
) -> None:
    """Pin a calibration in the place of `instead_of`; MoveRefused when another one stands there."""
    expected = Wave.calibration_id.is_(None) if instead_of is None else Wave.calibration_id == instead_of
    if not moved(sa.update(Wave).where(Wave.id == wave_id, expected).values(calibration_id=version_id)):
        raise MoveRefused("wave_already_calibrated")
    audit.record(
        "wave.pin_calibration",
        actor_id=actor_id,
        kind="wave",
        object_id=wave_id,
        before=instead_of,
        after=version_id,
    )


def replace_scoring(
    instrument_id: str, scoring_id: str, *, actor_id: str | None = None, reason: str
) -> list[str]:
    """Every assignment of a work takes the corrected scoring; returns the waves that changed."""
    behind = session.scalars(
        sa.select(Assignment)
        .where(Assignment.instrument_id == instrument_id, Assignment.scoring_id != scoring_id)
        .order_by(Assignment.wave_id, Assignment.form)
    ).all()
    for one in behind:
        before, one.scoring_id = one.scoring_id, scoring_id
        audit.record(
            "wave.replace_scoring",
            actor_id=actor_id,
            kind="wave",
            object_id=one.wave_id,
            before=before,
            after=scoring_id,
            note=reason,
        )
    session.flush()
    return list(dict.fromkeys(one.wave_id for one in behind))
