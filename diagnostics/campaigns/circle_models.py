"""Whom a self-assessment asks without names: circles of respondents, their one-time codes, the school's declaration."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, link, new_id


class CircleWay(enum.StrEnum):
    """How a circle comes in: what can be proved about «one person, one answer» depends on it."""

    SHEET = "sheet"  # one agreed sheet, filled by somebody of the school team who is signed in
    CODES = "codes"  # a one-time code each: one code, one answer
    LINK = "link"  # one link for all: one person, one answer cannot be proved


class CodeState(enum.StrEnum):
    FRESH = "fresh"
    OPEN = "open"  # begun: the same code opens the same sitting again
    SPENT = "spent"  # sent: the code no longer knows what was answered with it
    REVOKED = "revoked"  # replaced by a newer sheet


class RespondentCircle(Base):
    """People who are asked the same in the same way: a class, the teachers, the parents. Nobody is named."""

    __tablename__ = "respondent_circle"
    __table_args__ = (UniqueConstraint("wave_id", "respondent_group", "label"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    wave_id: Mapped[str] = link("wave.id", index=False)
    assignment_id: Mapped[str] = link("assignment.id", index=False)
    school_id: Mapped[str] = link("org_node.id")
    respondent_group: Mapped[str]
    label: Mapped[str]  # a class, «7А»; empty = the whole group of the school
    expected: Mapped[int]
    way: Mapped[CircleWay]
    # Secrets are derived from the installation's key, the circle and this number: a new number stops the old ones.
    generation: Mapped[int] = mapped_column(default=0)
    secret_hash: Mapped[str | None] = mapped_column(default=None, unique=True)  # of the link in use
    codes: Mapped[int] = mapped_column(default=0)  # slips of this generation, numbered from 1
    created_at: Mapped[datetime]


class OneTimeCode(Base):
    """One slip of paper. The way to its seat is dropped when the answers are sent."""

    __tablename__ = "one_time_code"
    id: Mapped[str] = id_column(default_factory=new_id)
    circle_id: Mapped[str] = link("respondent_circle.id")
    secret_hash: Mapped[str] = mapped_column(unique=True)  # of its link, which follows from the code
    state: Mapped[CodeState] = mapped_column(default=CodeState.FRESH)
    seat_id: Mapped[str | None] = link("seat.id", default=None)


class SheetDeclaration(Base):
    """Who agreed on the sheet of the administration, by position, and when: the school's own statement."""

    __tablename__ = "sheet_declaration"

    wave_id: Mapped[str] = link("wave.id", primary_key=True, index=False)
    people: Mapped[Json]  # {"names": ["директор", …]}
    agreed_on: Mapped[date]
    recorded_by: Mapped[str | None] = link("person.id", index=False)
    recorded_at: Mapped[datetime]
