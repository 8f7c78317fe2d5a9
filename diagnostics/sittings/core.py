"""The stage's tables for Core statements: without the ORM a save costs half the processor time."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.database import Base
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingKey


def _table(model: type[Base]) -> sa.Table:
    table = model.__table__
    if not isinstance(table, sa.Table):
        message = f"{model.__name__} maps no table"
        raise TypeError(message)
    return table


SITTING, KEY, EVENT, LATE = _table(Sitting), _table(SittingKey), _table(AnswerEvent), _table(LateEvent)
SEAT, WAVE, CAMPAIGN = _table(Seat), _table(Wave), _table(Campaign)
