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
from diagnostics.database import moved
from diagnostics.outbox import actions as outbox
from diagnostics.outbox.queries import LetterView, failed_to

MOST_REMINDERS = 2
INVITATION, REMINDER = "invitation", "reminder"
MOST_AT_ONCE = 500  # letters in one request; more are written by a job

# (person, secret of the link) → (subject, text)
Compose = Callable[[Participant, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sent:
    letters: int
    without_address: int
    left: int = 0  # with an address, for the next step


def invite(wave_id: str, compose: Compose, actor_id: str | None, *, most: int | None = None) -> Sent:
    """One letter to each person of an open wave who has an address, has not finished and was not invited yet.

    With `most`, to so many of them in this step.
    """
    wave = _open(wave_id)
    waiting = to_invite(wave_id)
    values: dict[str, object] = {"invited_at": clock.now()}
    sent = _send(INVITATION, waiting, compose, actor_id, (Seat.invited_at.is_(None), values), most)
    audit.record("wave.invite", actor_id=actor_id, kind="wave", object_id=wave.id, note=str(sent.letters))
    return sent


def remind(
    wave_id: str, compose: Compose, turn: int, actor_id: str | None, *, most: int | None = None
) -> Sent:
    """The reminder number `turn` (1 or 2) to those who have not finished; two at most, none after a refusal.

    A second click with the same turn writes to nobody. With `most`, to so many of them in this step.
    """
    wave = _open(wave_id)
    if not 1 <= turn <= MOST_REMINDERS:
        raise MoveRefused("reminders_used_up", maximum=MOST_REMINDERS)
    waiting = [one for one in to_remind(wave_id) if one.reminders < turn]
    # Whoever was told that this is the last one gets no more, however many came before.
    values: dict[str, object] = {"reminders": turn}
    sent = _send(REMINDER, waiting, compose, actor_id, (Seat.reminders < turn, values), most)
    audit.record("wave.remind", actor_id=actor_id, kind="wave", object_id=wave.id, note=str(sent.letters))
    return sent


def to_invite(wave_id: str) -> list[Participant]:
    """People who have not finished, were not invited yet and did not decline."""
    return [
        one
        for one in participants(wave_id)
        if one.unfinished and one.invited_at is None and one.declined_at is None
    ]


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


#: Why somebody cannot take part, if they want to say: nothing about health or family.
NO_TIME, NOT_MINE, NO_REASON_SEEN, UNWILLING = "no_time", "not_mine", "no_sense", "unwilling"
DECLINE_REASONS = (NO_TIME, NOT_MINE, NO_REASON_SEEN, UNWILLING)


def decline(seat_id: str, reason: str = "") -> None:
    """«Не могу участвовать»: no more letters; the link still opens the work to the end of the window.

    `reason`: one of `DECLINE_REASONS`, or anything else for none.
    """
    seat_row(seat_id)
    told = {"declined_at": clock.now(), "decline_reason": reason if reason in DECLINE_REASONS else ""}
    if moved(sa.update(Seat).where(Seat.id == seat_id, Seat.declined_at.is_(None)).values(**told)):
        audit.record("seat.decline", actor_id=None, kind="seat", object_id=seat_id)


def _open(wave_id: str) -> Wave:
    wave = wave_row(wave_id)
    if wave.state is not WaveState.OPEN:
        raise MoveRefused("wave_not_open")
    if wave.closes_at <= clock.now():
        raise MoveRefused("wave_time_over")
    return wave


def _with_address(people: Iterable[Participant]) -> list[Participant]:
    return [one for one in people if one.email]


def unsent(wave_id: str) -> list[tuple[Participant, LetterView]]:
    """People of the wave whose newest invitation or reminder did not leave, with that letter."""
    people = {one.person_id: one for one in participants(wave_id)}
    letters = failed_to(list(people), (INVITATION, REMINDER))
    return [(people[one.to_person_id], one) for one in letters if one.to_person_id in people]


def send_unsent(wave_id: str, actor_id: str | None) -> int:
    """Once more what did not leave, to the addresses as they are now; returns how many."""
    _open(wave_id)
    found = unsent(wave_id)
    addresses = {one.person_id: one.email for one, _ in found if one.email}
    again = outbox.send_again([letter.id for one, letter in found if one.email], addresses)
    audit.record("wave.send_again", actor_id=actor_id, kind="wave", object_id=wave_id, note=str(again))
    return again


#: What marks a person as written to: only where it still holds, and the new values.
Claim = tuple[sa.ColumnElement[bool], dict[str, object]]


def _send(
    about: str,
    waiting: list[Participant],
    compose: Compose,
    actor_id: str | None,
    claim: Claim,
    most: int | None,
) -> Sent:
    reachable = _with_address(waiting)
    now, later = reachable[:most], reachable[most:] if most is not None else []
    condition, values = claim
    letters = 0
    for one in now:
        if moved(sa.update(Seat).where(Seat.id == one.seat_id, condition).values(**values)):
            write_letter(about, one, compose, actor_id)
            letters += 1
    return Sent(letters, len(waiting) - len(reachable), len(later))


def write_letter(about: str, to: Participant, compose: Compose, actor_id: str | None) -> None:
    """A letter to one person with a new link of the own seat."""
    subject, text = compose(to, mint_link(to.seat_id))
    outbox.write(
        to_address=to.email or "",
        subject=subject,
        text=text,
        about=about,
        to_person_id=to.person_id,
        sender_id=actor_id,
    )
