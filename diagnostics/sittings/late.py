"""What late events say: which answers they give, when they were typed, what accepting them would do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.sittings import timing
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind, LateEvent, Sitting, SittingState
from diagnostics.sittings.standing import GIVES_ANSWER


def event_of(late: LateEvent) -> Event:
    body = late.body
    told = body.get("client_at")
    return Event(
        seq=late.seq,
        base=int(body["base"]),
        kind=EventKind(body["kind"]),
        item=str(body["item"]),
        value=body["value"],
        client_at=datetime.fromisoformat(told) if told else None,
    )


def items_of(late: Iterable[LateEvent]) -> set[str]:
    """The items that these events answer; marks and «shown» answer nothing."""
    return {str(one.body["item"]) for one in late if EventKind(one.body["kind"]) in GIVES_ANSWER}


def is_sent_by_accepting(sitting: Sitting, seat: SeatFacts, now: datetime) -> bool:
    """An open work whose time is over can be sent by nobody else; a prolonged one the person sends."""
    is_over = seat.wave_state is WaveState.CLOSED or now > end_of(sitting, seat)
    return sitting.state is SittingState.OPEN and is_over


def end_of(sitting: Sitting, seat: SeatFacts) -> datetime:
    """The last moment of answering of this person."""
    return timing.ends_at(timing.Work.of(sitting, seat))
