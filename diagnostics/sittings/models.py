"""One seat answered: an open sitting, its keys (devices) and its append-only events."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base, Id, Json, id_column, link, new_id


class SittingState(enum.StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    STOPPED = "stopped"  # consent withdrawn in the middle
    ERASED = "erased"  # its events may be deleted


class EventKind(enum.StrEnum):
    ANSWER = "answer"
    CLEAR = "clear"
    SHOWN = "shown"
    DRAWN = "drawn"
    FLAG = "flag"
    UNFLAG = "unflag"
    CHOICE = "choice"  # the person chose between two kept values
    SKIP = "skip"  # passed without an answer: the next question opens where the order is fixed
    LEAVE = "leave"
    PASTE = "paste"
    DEVICE = "device"


class Sitting(Base):
    """Pins instrument version, form and language; a seat has at most one that counts."""

    __tablename__ = "sitting"

    id: Mapped[str] = id_column(default_factory=new_id)
    seat_id: Mapped[str] = link("seat.id", index=False, unique=True)
    instrument_id: Mapped[str] = link("version.id", index=False)
    form: Mapped[str]
    language: Mapped[str]
    seed: Mapped[int]
    state: Mapped[SittingState] = mapped_column(default=SittingState.OPEN)
    last_position: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(default=None, unique=True)
    answers_hash: Mapped[str | None] = mapped_column(default=None)  # SHA-256 of the canonical answers


class SittingKey(Base):
    """The right of one browser to write into one sitting, apart from signing in; also its `client` id."""

    __tablename__ = "sitting_key"

    id: Mapped[str] = id_column(default_factory=new_id)  # = client
    sitting_id: Mapped[str] = link("sitting.id")
    secret_hash: Mapped[str] = mapped_column(unique=True)
    token_id: Mapped[str | None] = link("seat_token.id", default=None)
    person_id: Mapped[str | None] = link("person.id", default=None)
    last_seq: Mapped[int] = mapped_column(default=0)  # of forms posted without script
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class AnswerEvent(Base):
    """Appended, never changed; deleted only with an erased person."""

    __tablename__ = "answer_event"
    __table_args__ = (
        UniqueConstraint("sitting_id", "client", "seq"),
        Index("ix_answer_event_item", "sitting_id", "item", "position"),
        {
            "info": {
                "frozen": UPDATE_DELETE,
                # Of an anonymous sitting the free texts are moved apart when it is sent (`free_text`).
                "unless": (
                    "EXISTS (SELECT 1 FROM sitting s WHERE s.id = OLD.sitting_id AND s.state = 'erased') "
                    "OR EXISTS (SELECT 1 FROM sitting s JOIN seat p ON p.id = s.seat_id "
                    "WHERE s.id = OLD.sitting_id AND s.state = 'open' AND p.circle_id IS NOT NULL)"
                ),
            }
        },
    )

    sitting_id: Mapped[str] = mapped_column(Id, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # given by the server, the order of truth
    kind: Mapped[EventKind]
    item: Mapped[str] = mapped_column(default="")
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True, default=None)
    client: Mapped[str] = mapped_column(Id)
    seq: Mapped[int]
    base: Mapped[int]  # the position this client had seen
    body_hash: Mapped[str]
    rival: Mapped[int | None] = mapped_column(
        default=None
    )  # position of a newer answer of another client or tab: a conflict
    at: Mapped[datetime]
    client_at: Mapped[datetime | None] = mapped_column(default=None)


class PageSignal(Base):
    """How often one browser left the page or pasted into it: counts alone, no moment and no content.

    A browser sends its whole count each time, so a request that came twice counts once.
    """

    __tablename__ = "page_signal"

    sitting_id: Mapped[str] = mapped_column(Id, sa.ForeignKey("sitting.id"), primary_key=True)
    client: Mapped[str] = mapped_column(Id, primary_key=True)
    leaves: Mapped[int] = mapped_column(default=0)
    pastes: Mapped[int] = mapped_column(default=0)


class LateChoice(enum.StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


class LateEvent(Base):
    """Typed in time, arrived late: kept apart and visible; an organiser decides."""

    __tablename__ = "late_event"
    __table_args__ = (UniqueConstraint("sitting_id", "client", "seq"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    sitting_id: Mapped[str] = link("sitting.id", index=False)
    body: Mapped[Json]
    client: Mapped[str] = mapped_column(Id)
    seq: Mapped[int]
    reason: Mapped[str]  # after_submit | after_deadline
    at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(default=None)  # a LateChoice
    decided_by: Mapped[str | None] = link("person.id", index=False, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class LateDecision(Base):
    """What was decided about the late answers of a sitting that had come until then; never changed."""

    __tablename__ = "late_decision"

    id: Mapped[str] = id_column(default_factory=new_id)
    sitting_id: Mapped[str] = link("sitting.id")
    choice: Mapped[LateChoice]
    reason: Mapped[str]
    answers: Mapped[int]  # how many items the decision is about
    sent: Mapped[bool]  # the person had not sent the work: accepting sent it as it stood
    hash_before: Mapped[str | None]  # of the answers as they were sent, for receipts printed earlier
    decided_by: Mapped[str | None] = link("person.id", index=False)
    decided_at: Mapped[datetime]


class FreeText(Base):
    """Words that an anonymous respondent wrote, without the way back to the other answers."""

    __tablename__ = "free_text"

    id: Mapped[str] = id_column(default_factory=new_id)
    circle_id: Mapped[str] = link("respondent_circle.id")
    item: Mapped[str]
    text: Mapped[str]
