"""Findings made anew because a version changed: a calibration was pinned or a key corrected. Logged, once."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.pinning import replace_scoring
from diagnostics.campaigns.models import Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import MET, VersionKind
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings import reading
from diagnostics.findings.actions.calibrate import calibrate
from diagnostics.findings.actions.experts import ask_experts
from diagnostics.findings.actions.keeping import keep
from diagnostics.findings.actions.score import CALIBRATED, CORRECTED
from diagnostics.findings.errors import NotReady
from diagnostics.marking import actions as marking


@dataclass(frozen=True, slots=True)
class Again:
    done: int
    left: int


def again(
    wave_id: str, *, reason: str = CALIBRATED, actor_id: str | None = None, limit: int | None = None
) -> Again:
    """Make anew up to `limit` findings of a wave whose versions are behind its pins."""
    marking.hold_wave(wave_id)
    chosen = reading.of_wave(wave_id, stale_only=True, limit=limit)
    ask_experts(chosen)
    keep(chosen, reason=reason, actor_id=actor_id)
    if chosen:
        audit.record(
            "wave.rescore",
            actor_id=actor_id,
            kind="wave",
            object_id=wave_id,
            after=len(chosen),
            note=reason,
        )
    return Again(len(chosen), reading.stale_in(wave_id))


def rescore(scoring_id: str, *, reason: str, actor_id: str | None = None) -> list[str]:
    """Put a corrected key in the place of the older scorings of the same work; returns the waves it touches.

    Their assignments take the new scoring, so answers still to come use it too; waves that have a
    calibration get a new one from the corrected points. The findings follow by `again`.

    Raises
    ------
    NotReady
        `corrected_scoring_not_published`.
    """
    view = catalogue.one(scoring_id)
    if view is None or view.kind is not VersionKind.SCORING or view.about_id is None:
        raise Missing
    if view.state not in MET:
        raise NotReady("corrected_scoring_not_published")
    waves = replace_scoring(view.about_id, scoring_id, actor_id=actor_id, reason=reason)
    # Earlier stages first: a small later one may use their calibration.
    calibrated = sa.select(Wave.id).where(Wave.id.in_(waves), Wave.calibration_id.is_not(None))
    for wave_id in session.scalars(calibrated.order_by(Wave.opens_at, Wave.id)).all():
        calibrate(wave_id, actor_id=actor_id, replace=True)
    return waves


__all__ = ["CALIBRATED", "CORRECTED", "Again", "again", "rescore"]
