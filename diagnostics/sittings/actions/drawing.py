"""A clarifying task drawn for a sitting: the server's own event, which no client can send."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.sittings.errors import SittingClosed
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import AnswerEvent, EventKind, Sitting, SittingState

SERVER = "server"  # as the client of an event; ids of keys are longer


def locked(sitting_id: str) -> Sitting:
    """Held to the end of the transaction: of two who ask at once the second sees what the first drew.

    SittingClosed `attempt_closed` when it is open no more.
    """
    query = sa.select(Sitting).where(Sitting.id == sitting_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one()
    if found.state is not SittingState.OPEN:
        raise SittingClosed("attempt_closed")
    return found


def draw(sitting: Sitting, item: str, number: int) -> None:
    """Append the draw; `number`: the how manieth of the sitting, from 1. The caller holds the lock."""
    sitting.last_position += 1
    event = Event(number, sitting.last_position - 1, EventKind.DRAWN, item, None)
    session.add(
        AnswerEvent(
            sitting_id=sitting.id,
            position=sitting.last_position,
            kind=event.kind,
            item=item,
            client=SERVER,
            seq=event.seq,
            base=event.base,
            body_hash=event.body_hash,
            at=clock.now(),
        )
    )
    session.flush()
