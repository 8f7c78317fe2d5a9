"""Invitations and reminders by e-mail, where an address is known; their words come from the edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import seat_row, wave_row
from diagnostics.campaigns.actions.tokens import mint_link
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Seat, Wave, WaveState
from diagnostics.campaigns.queries.roll import Participant, participants
from diagnostics.database import moved, session
from diagnostics.outbox import actions as outbox

MOST_REMINDERS = 2

# (person, secret of the link) → (subject, text)
Compose = Callable[[Participant, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sent:
    letters: int
    without_address: int


def invite(wave_id: str, compose: Compose, actor_id: str | None) -> Sent:
    """One letter to each person of an open wave who has an address, has not finished and was not invited yet."""
    wave = _open(wave_id)
    waiting = [one for one in participants(wave_id) if one.unfinished and one.invited_at is None]
    now = clock.now()
    letters = 0
    for one in _with_address(waiting):
        if _claimed(one.seat_id, Seat.invited_at.is_(None), {"invited_at": now}):
            _write("invitation", one, compose, actor_id)
            letters += 1
    audit.record("wave.invite", actor_id=actor_id, kind="wave", object_id=wave.id, note=str(letters))
    return Sent(letters, len(waiting) - len(_with_address(waiting)))


def remind(wave_id: str, compose: Compose, turn: int, actor_id: str | None) -> Sent:
    """The reminder number `turn` (1 or 2) to those who have not finished; two at most, none after a refusal.

    A second click with the same turn writes to nobody.
    """
    wave = _open(wave_id)
    if not 1 <= turn <= MOST_REMINDERS:
        raise MoveRefused("reminders_used_up", maximum=MOST_REMINDERS)
    waiting = [one for one in to_remind(wave_id) if one.reminders < turn]
    letters = 0
    for one in _with_address(waiting):
        if _claimed(one.seat_id, Seat.reminders < turn, {"reminders": Seat.reminders + 1}):
            _write("reminder", one, compose, actor_id)
            letters += 1
    audit.record("wave.remind", actor_id=actor_id, kind="wave", object_id=wave.id, note=str(letters))
    return Sent(letters, len(waiting) - len(_with_address(waiting)))


def to_remind(wave_id: str) -> list[Participant]:
    """Invited people who have not finished, did not decline and may still get a reminder."""
    return [
        one
        for one in participants(wave_id)
        if one.unfinished
        and one.invited_at is not None
        and one.declined_at is None
        and one.reminders < MOST_REMINDERS
    ]


def decline(seat_id: str) -> None:
    """«Не могу участвовать»: no more letters; the link still opens the work to the end of the window."""
    seat = seat_row(seat_id)
    if seat.declined_at is None:
        seat.declined_at = clock.now()
        session.flush()
        audit.record("seat.decline", actor_id=None, kind="seat", object_id=seat_id)


def _open(wave_id: str) -> Wave:
    wave = wave_row(wave_id)
    if wave.state is not WaveState.OPEN:
        raise MoveRefused("wave_not_open")
    return wave


def _with_address(people: Iterable[Participant]) -> list[Participant]:
    return [one for one in people if one.email]


def _claimed(seat_id: str, condition: sa.ColumnElement[bool], values: dict[str, object]) -> bool:
    return moved(sa.update(Seat).where(Seat.id == seat_id, condition).values(**values))


def _write(about: str, to: Participant, compose: Compose, actor_id: str | None) -> None:
    subject, text = compose(to, mint_link(to.seat_id))
    outbox.write(
        to_address=to.email or "",
        subject=subject,
        text=text,
        about=about,
        to_person_id=to.person_id,
        sender_id=actor_id,
    )
