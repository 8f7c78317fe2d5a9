"""When a stage stood still: time that no clock of a sitting may count."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.database import session

_PAUSE, _RESUME = "wave.pause", "wave.resume"


class Pause(NamedTuple):
    began: datetime
    ended: datetime | None  # None: it still lasts


def pauses_of(wave_id: str, since: datetime) -> list[Pause]:
    """Pauses of the wave that ended after the moment, in order.

    Told by the audit: each pause and each resumption left its row in the same transaction.
    """
    rows = session.execute(
        sa.select(AuditRow.action, AuditRow.at)
        .where(AuditRow.object_id == wave_id, AuditRow.action.in_((_PAUSE, _RESUME)))
        .order_by(AuditRow.number)
    )
    found: list[Pause] = []
    for action, at in rows:
        if action == _PAUSE:
            found.append(Pause(at, None))
        elif found and found[-1].ended is None:
            found[-1] = Pause(found[-1].began, at)
    return [one for one in found if one.ended is None or one.ended > since]
