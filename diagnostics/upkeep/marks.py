"""What a base says about itself: is it the demo, and when was it made."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics import clock
from diagnostics.database import Base, session


class Mark(Base):
    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]


def put(name: str, value: str) -> None:
    session.merge(Mark(name=name, value=value, at=clock.now()))
    session.flush()


def value_of(name: str) -> str | None:
    return session.scalar(sa.select(Mark.value).where(Mark.name == name))


def is_demo() -> bool:
    return value_of("demo") == "yes"
