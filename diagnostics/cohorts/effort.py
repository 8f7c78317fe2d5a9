"""Time and empty answers of each stage: whether a change may come from hurry."""

from __future__ import annotations

from statistics import median

import numpy as np
import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.cohorts.comparing import Compared
from diagnostics.cohorts.gathering import Gathered, Side
from diagnostics.database import session
from diagnostics.findings.queries import WaveMatrix
from diagnostics.sittings.models import Sitting, SittingState
from reports.contents.common import Stage
from reports.contents.entry_exit import Effort

_MINUTE = 60


def effort(gathered: Gathered, compared: Compared) -> tuple[Effort, ...]:
    """Everybody who took a stage; nothing for block points from elsewhere."""
    stages = ((Stage.ENTRY, gathered.entry, compared.entry), (Stage.EXIT, gathered.exit, compared.exit))
    return tuple(_effort(stage, side, matrix) for stage, side, matrix in stages if side and matrix.items)


def _effort(stage: Stage, side: Side, matrix: WaveMatrix) -> Effort:
    minutes = _minutes(side.wave.id)
    return Effort(
        stage=stage,
        n=len(matrix.seat_ids),
        minutes=median(minutes) if minutes else None,
        omitted=float(matrix.omitted.sum(axis=1).mean()),
        unreached=(int(np.isnan(matrix.points).sum()) - matrix.not_asked) / len(matrix.seat_ids),
    )


def _minutes(wave_id: str) -> list[float]:
    """From the start to the sending, breaks included, of named works."""
    rows = session.execute(
        sa.select(Sitting.started_at, Sitting.submitted_at)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(
            Seat.wave_id == wave_id,
            Sitting.state == SittingState.SUBMITTED,
            Sitting.submitted_at.is_not(None),
            Seat.respondent_id.is_not(None),
        )
    )
    return [(sent - begun).total_seconds() / _MINUTE for begun, sent in rows if sent is not None]
