from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, id_column, link, new_id


class PersonState(enum.StrEnum):
    ACTIVE = "active"
    ERASED = "erased"


class Person(Base):
    """An opaque id that events, findings and audit rows hold; it outlives erasure."""

    __tablename__ = "person"

    id: Mapped[str] = id_column(default_factory=new_id)
    state: Mapped[PersonState] = mapped_column(default=PersonState.ACTIVE)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    hold_reason: Mapped[str | None] = mapped_column(default=None)  # why the law forbids erasing for now
    hold_until: Mapped[date | None] = mapped_column(
        default=None
    )  # the ban's last day; None = until it is lifted


class PersonalData(Base):
    """Everything personal, one row a person; erasure removes it."""

    __tablename__ = "personal_data"

    person_id: Mapped[str] = link("person.id", primary_key=True, index=False)
    surname: Mapped[str]
    given_name: Mapped[str]
    patronymic: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str] = mapped_column(index=True)  # casefolded, ё as е: search and order
    email: Mapped[str | None] = mapped_column(default=None, index=True)
    phone: Mapped[str | None] = mapped_column(default=None)
    education: Mapped[str | None] = mapped_column(default=None)
    category: Mapped[str | None] = mapped_column(default=None)
    experience_years: Mapped[int | None] = mapped_column(default=None)
