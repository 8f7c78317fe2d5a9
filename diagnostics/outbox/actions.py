"""Letters: written with the change they tell about; their links are readable no longer than needed.

A sent letter keeps its text with the links blotted out. A letter that only lies on the screen (no mail server,
the demo) is how the link is handed over, so its links stay readable until `readable_until`; then `blot_out`,
run by the daily clearing, hides them too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
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
    jobs.enqueue("outbox.send", letter.id, asker_id=None, unique_key=f"outbox.send:{letter.id}")
    return letter


def mark(letter_id: str, state: LetterState, *, error: str | None = None) -> None:
    """The end of a waiting letter; what has left is kept without its links."""
    letter = session.get(Letter, letter_id, with_for_update=True, populate_existing=True)
    if letter is None or letter.state is not LetterState.WAITING:
        return
    letter.state, letter.error = state, error
    letter.attempts += 1
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
