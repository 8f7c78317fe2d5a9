from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, id_column, new_id


class LetterState(enum.StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # given to the mail server, whose answer is not known yet
    SENT = "sent"
    FAILED = "failed"
    SHOWN = "shown"  # no MAIL_URL: it lies in the on-screen outbox


class Letter(Base):
    """A letter to send, written in the transaction of the change that it tells about."""

    __tablename__ = "letter"

    id: Mapped[str] = id_column(default_factory=new_id)
    to_address: Mapped[str]
    to_person_id: Mapped[str | None] = mapped_column(index=True)
    subject: Mapped[str]
    text: Mapped[str]
    about: Mapped[str]  # invitation | reminder | reset | route …
    sender_id: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(default=None)  # code of a failure
    readable_until: Mapped[datetime | None] = mapped_column(
        default=None
    )  # then links in the text are blotted out
