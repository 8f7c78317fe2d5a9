"""Answers on their way into a sitting otherwise than through its own key: held for a while, or typed from paper."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, link, new_id


class HeldAnswer(Base):
    """A posted answer of a browser that has to come in again: stored when it does, erased after a day."""

    __tablename__ = "held_answer"
    __table_args__ = (UniqueConstraint("sitting_id", "mark_hash", "item"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    mark_hash: Mapped[str]  # of the random mark in that browser's cookie
    sitting_id: Mapped[str] = link("sitting.id", index=False)
    item: Mapped[str]
    body: Mapped[Json]  # {"base": 12, "fields": [["answer", "b"], …]}: the form as it was posted
    at: Mapped[datetime]


class PaperState(enum.StrEnum):
    ENTERED = "entered"  # waits for the comparison with the paper
    CONFIRMED = "confirmed"  # it counts: the sitting was sent
    DROPPED = "dropped"


class PaperEntry(Base):
    """Answers that somebody typed from a paper form; they count only after they were compared with it.

    Of a nameless person the row goes away when it is confirmed: it would tie answers to who typed them.
    """

    __tablename__ = "paper_entry"

    id: Mapped[str] = id_column(default_factory=new_id)
    wave_id: Mapped[str] = link("wave.id")
    seat_id: Mapped[str | None] = link("seat.id", default=None)
    circle_id: Mapped[str | None] = link("respondent_circle.id", default=None)
    code_id: Mapped[str | None] = link("one_time_code.id", index=False, default=None)
    state: Mapped[PaperState] = mapped_column(default=PaperState.ENTERED)
    answers: Mapped[Json]  # item → stored answer
    entered_by: Mapped[str] = link("person.id", index=False)
    entered_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = link("person.id", index=False, default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
