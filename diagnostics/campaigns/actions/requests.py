"""«Не могу участвовать» and «Попросить продлить»: asked by a link without signing in, answered by the organiser."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.letters import Compose, write_letter
from diagnostics.campaigns.actions.loading import seat_row, wave_row
from diagnostics.campaigns.errors import MoveRefused, TokenGone
from diagnostics.campaigns.models import Seat, SeatState, SeatToken, TokenWay, WaveState
from diagnostics.campaigns.queries.requests import request_of
from diagnostics.campaigns.queries.roll import participant
from diagnostics.database import moved, session
from diagnostics.errors import Missing
from diagnostics.identifiers import digest


def asker_of(secret: str) -> str:
    """The seat behind a link, also when its time is over: whoever came late may still ask.

    Raises
    ------
    Missing
        `link_unknown`.
    TokenGone
        `link_revoked`.
    """
    row = session.execute(
        sa.select(SeatToken.seat_id, SeatToken.revoked_at, Seat.state)
        .join(Seat, Seat.id == SeatToken.seat_id)
        .where(SeatToken.secret_hash == digest(secret.strip().lower()), SeatToken.way == TokenWay.LINK)
    ).first()
    if row is None:
        raise Missing("link_unknown")
    if row.revoked_at is not None or row.state is SeatState.WITHDRAWN:
        raise TokenGone("link_revoked", row.seat_id)
    return str(row.seat_id)


def ask_extension(seat_id: str) -> None:
    """Note that the person asks for more days; asked again before an answer it changes nothing.

    MoveRefused: `seat_over`, `extension_wave_closed`.
    """
    request = request_of(seat_id)
    if request.state in {SeatState.SUBMITTED, SeatState.WITHDRAWN}:
        raise MoveRefused("seat_over")
    if request.wave_state is not WaveState.OPEN:
        raise MoveRefused("extension_wave_closed")
    if not request.may_ask:
        return
    seat_row(seat_id)
    asks = sa.update(Seat).where(
        Seat.id == seat_id,
        sa.or_(Seat.extension_asked_at.is_(None), Seat.extension_answered_at.is_not(None)),
    )
    if moved(asks.values(extension_asked_at=clock.now(), extension_answered_at=None)):
        audit.record("seat.ask_extension", actor_id=None, kind="seat", object_id=seat_id)


def keep_deadline(wave_id: str, actor_id: str | None) -> int:
    """«Не продлевать»: everyone who asked is answered; returns how many were."""
    wave_row(wave_id)
    answered = answer_askers(wave_id)
    if answered:
        audit.record(
            "wave.keep_deadline", actor_id=actor_id, kind="wave", object_id=wave_id, after=sorted(answered)
        )
    return len(answered)


def answer_askers(wave_id: str) -> list[str]:
    """Mark the standing requests of a wave as answered; the seats that asked."""
    waiting = session.scalars(
        sa.select(Seat.id).where(
            Seat.wave_id == wave_id,
            Seat.extension_asked_at.is_not(None),
            Seat.extension_answered_at.is_(None),
        )
    ).all()
    now = clock.now()
    return [
        seat_id
        for seat_id in waiting
        if moved(
            sa.update(Seat)
            .where(Seat.id == seat_id, Seat.extension_answered_at.is_(None))
            .values(extension_answered_at=now)
        )
    ]


def tell_askers(seat_ids: Iterable[str], compose: Compose, actor_id: str | None) -> int:
    """A letter to each of these people who has an address and has not finished; returns how many."""
    told = 0
    for seat_id in seat_ids:
        one = participant(seat_id)
        if one is not None and one.email and one.unfinished:
            write_letter("extended", one, compose, actor_id)
            told += 1
    return told
