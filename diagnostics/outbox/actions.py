from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.jobs import actions as jobs
from diagnostics.outbox.models import Letter, LetterState


def write(
    *, to_address: str, subject: str, text: str, about: str, to_person_id: str | None, sender_id: str | None
) -> Letter:
    """A letter in the caller's transaction; nothing is sent if that transaction fails."""
    clean = " ".join(to_address.split())  # a line break in an address must never become a header
    letter = Letter(
        to_address=clean,
        to_person_id=to_person_id,
        subject=" ".join(subject.split()),
        text=text,
        about=about,
        sender_id=sender_id,
        created_at=clock.now(),
    )
    session.add(letter)
    session.flush()
    jobs.enqueue("outbox.send", letter.id, asker_id=None, unique_key=f"outbox.send:{letter.id}")
    return letter


def mark(letter_id: str, state: LetterState, *, error: str | None = None) -> None:
    session.execute(
        sa.update(Letter)
        .where(Letter.id == letter_id, Letter.state == LetterState.WAITING)
        .values(
            state=state,
            error=error,
            attempts=Letter.attempts + 1,
            sent_at=clock.now() if state is LetterState.SENT else None,
        )
    )
