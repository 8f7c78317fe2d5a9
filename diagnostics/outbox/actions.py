"""Letters: written with the change they tell about; their links are readable no longer than needed.

A sent letter keeps its text with the links blotted out. A letter that only lies on the screen (no mail server,
the demo) is how the link is handed over, so its links stay readable until `readable_until`; then `blot_out`,
run by the daily clearing, hides them too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import moved, session
from diagnostics.jobs import actions as jobs
from diagnostics.outbox import secrets
from diagnostics.outbox.models import Letter, LetterState

READABLE = timedelta(days=14)  # where the writer names no end of the link


def write(
    *,
    to_address: str,
    subject: str,
    text: str,
    about: str,
    to_person_id: str | None,
    sender_id: str | None,
    readable_until: datetime | None = None,
) -> Letter:
    """A letter in the caller's transaction; nothing is sent if that transaction fails.

    `readable_until`: the end of the links in it, 14 days when not given.
    """
    clean = " ".join(to_address.split())  # a line break in an address must never become a header
    letter = Letter(
        to_address=clean,
        to_person_id=to_person_id,
        subject=" ".join(subject.split()),
        text=text,
        about=about,
        sender_id=sender_id,
        created_at=clock.now(),
        readable_until=readable_until or clock.now() + READABLE,
    )
    session.add(letter)
    session.flush()
    _enqueue(letter.id)
    return letter


def _enqueue(letter_id: str) -> None:
    jobs.enqueue("outbox.send", letter_id, asker_id=None, unique_key=f"outbox.send:{letter_id}")


UNDER_WAY = (LetterState.WAITING, LetterState.SENDING)


def begin(letter_id: str) -> bool:
    """Waiting → sending, by one hand only: whoever is stopped in the middle must not send it a second time."""
    return moved(
        sa.update(Letter)
        .where(Letter.id == letter_id, Letter.state == LetterState.WAITING)
        .values(state=LetterState.SENDING, attempts=Letter.attempts + 1)
    )


def wait(letter_id: str) -> None:
    """Sending → waiting: the server surely did not take it, so it is tried again."""
    moved(
        sa.update(Letter)
        .where(Letter.id == letter_id, Letter.state == LetterState.SENDING)
        .values(state=LetterState.WAITING)
    )


def send_again(letter_ids: Collection[str], addresses: Mapping[str, str]) -> int:
    """Letters that did not leave go out anew, to the addresses as they are now (by person); returns how many.

    One whose links are over stays where it is: a new invitation is written instead.
    """
    again = 0
    query = sa.select(Letter).where(
        Letter.id.in_(letter_ids), Letter.state == LetterState.FAILED, Letter.readable_until > clock.now()
    )
    for letter in session.scalars(query.with_for_update()):
        letter.to_address = addresses.get(letter.to_person_id or "", letter.to_address)
        letter.state, letter.error = LetterState.WAITING, None
        session.flush()
        _enqueue(letter.id)
        again += 1
    return again


def mark(letter_id: str, state: LetterState, *, error: str | None = None) -> None:
    """The end of a letter that was under way; what has left is kept without its links."""
    letter = session.get(Letter, letter_id, with_for_update=True, populate_existing=True)
    if letter is None or letter.state not in UNDER_WAY:
        return
    if letter.state is LetterState.WAITING:
        letter.attempts += 1
    letter.state, letter.error = state, error
    if state is LetterState.SENT:
        letter.sent_at = clock.now()
        letter.text = secrets.hidden(letter.text)
    session.flush()


def blot_out() -> int:
    """Hide the links of letters that have left or whose time is over; returns how many letters held one.

    What still waits then is not sent any more: its links are dead.
    """
    now = clock.now()
    over = sa.or_(
        Letter.readable_until <= now,
        sa.and_(Letter.readable_until.is_(None), Letter.created_at <= now - READABLE),
    )
    session.execute(
        sa.update(Letter)
        .where(over, Letter.state == LetterState.WAITING)
        .values(state=LetterState.FAILED, error="too_late")
    )
    holding = sa.select(Letter).where(
        sa.or_(over, Letter.state == LetterState.SENT), Letter.text.regexp_match(secrets.PATTERN)
    )
    letters = session.scalars(holding).all()
    for letter in letters:
        letter.text = secrets.hidden(letter.text)
    session.flush()
    return len(letters)
