"""Starting: one sitting a seat, one key a browser."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Privacy, WaveState
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.database import new_id, session
from diagnostics.identifiers import digest, new_secret
from diagnostics.sittings.actions import statements as sql
from diagnostics.sittings.errors import SittingClosed
from diagnostics.sittings.models import Sitting, SittingKey, SittingState


@dataclass(frozen=True, slots=True)
class Started:
    """The secret is known only to the caller; the base keeps its hash."""

    sitting_id: str
    key_id: str
    secret: str


def start(
    *,
    seat_id: str,
    token_id: str | None,
    person_id: str | None,
    language: str = "ru",
    device: str | None = None,
) -> Started:
    """The sitting of the seat, begun or resumed, and a key for this browser.

    However many starts run at once, the seat gets one sitting; each caller gets a key of it. A `device`, a
    secret that a browser keeps longer than its session, always gets the same key of a sitting, a stopped one
    too: what it sends again after it had to come in anew is known as sent before.

    Raises
    ------
    SittingClosed
        `not_open_yet`, `time_over`, `paused`, `attempt_closed`.
    """
    seat, now = seats.seat(seat_id), clock.now()
    _refuse_outside_window(seat, now)
    nameless = seat.privacy is Privacy.ANONYMOUS
    if nameless:  # neither who nor by which paper nor at which minute
        token_id, person_id, now = None, None, clock.hour(now)
    sitting_id, is_new = _sitting(seat, language, now)
    if is_new:
        campaigns.mark_started(seat_id)
        if not nameless:
            audit.record("sitting.start", actor_id=person_id, kind="sitting", object_id=sitting_id)
    elif session.scalar(sa.select(Sitting.state).where(Sitting.id == sitting_id)) is not SittingState.OPEN:
        raise SittingClosed("attempt_closed")
    return _key(sitting_id, token_id, person_id, now, device)


def come_late(sitting_id: str, *, token_id: str | None, person_id: str | None, device: str) -> Started:
    """A key of a sitting that takes no more: only to tell what had been held or kept outside and comes late."""
    return _key(sitting_id, token_id, person_id, clock.now(), device)


def key_of_device(sitting_id: str, device: str) -> str | None:
    """The key that a device has to a sitting already, a stopped one too."""
    of_device = SittingKey.secret_hash == digest(device_secret(device, sitting_id))
    return session.scalar(sa.select(SittingKey.id).where(SittingKey.sitting_id == sitting_id, of_device))


def revoke_keys(sitting_id: str, *, actor_id: str | None) -> int:
    """Stop every browser of the sitting; each must open its link again. Returns how many stopped."""
    stopped = session.execute(
        sa.update(SittingKey)
        .where(SittingKey.sitting_id == sitting_id, SittingKey.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    number = int(stopped.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML
    audit.record("sitting.revoke_keys", actor_id=actor_id, kind="sitting", object_id=sitting_id, after=number)
    return number


def _refuse_outside_window(seat: SeatFacts, now: datetime) -> None:
    if seat.wave_state is WaveState.CLOSED or now > seat.closes_at:
        raise SittingClosed("time_over")
    if seat.wave_state is not WaveState.OPEN or now < seat.opens_at or seat.instrument_id is None:
        raise SittingClosed("not_open_yet")
    if seat.paused_at is not None:
        raise SittingClosed("paused")


def _sitting(seat: SeatFacts, language: str, now: datetime) -> tuple[str, bool]:
    connection = session.connection()
    new = {
        "id": new_id(),
        "seat_id": seat.seat_id,
        "instrument_id": seat.instrument_id,
        "form": seat.form,
        "language": language,
        "seed": secrets.randbelow(2**31),
        "state": SittingState.OPEN,
        "last_position": 0,
        "started_at": now,
        "touched_at": now,
    }
    made = connection.execute(sql.INSERT_SITTING[connection.dialect.name], new).scalar()
    if made is not None:
        return str(made), True
    return session.scalars(sa.select(Sitting.id).where(Sitting.seat_id == seat.seat_id)).one(), False


def _key(
    sitting_id: str, token_id: str | None, person_id: str | None, now: datetime, device: str | None
) -> Started:
    secret = new_secret() if device is None else device_secret(device, sitting_id)
    connection = session.connection()
    row = {
        "id": new_id(),
        "sitting_id": sitting_id,
        "secret_hash": digest(secret),
        "token_id": token_id,
        "person_id": person_id,
        "last_seq": 0,
        "created_at": now,
    }
    key_id = connection.execute(sql.INSERT_KEY[connection.dialect.name], row).scalar_one()
    return Started(sitting_id, str(key_id), secret)


def device_secret(device: str, sitting_id: str) -> str:
    """The key that a device has to a sitting; keys of two sittings do not tell that they are one device's."""
    return hmac.digest(device.encode(), f"sitting:{sitting_id}".encode(), "sha256").hex()
