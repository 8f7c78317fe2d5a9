"""What a base says about itself: is it the demo, and when was it made."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics import clock, database
from diagnostics.database import Base, session
from diagnostics.database.prepared import Prepared


class Mark(Base):
    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]


_VALUE = Prepared(sa.select(Mark.value).where(Mark.name == sa.bindparam("asked")))


def put(name: str, value: str) -> None:
    session.merge(Mark(name=name, value=value, at=clock.now()))
    session.flush()


def value_of(name: str) -> str | None:
    row = _VALUE.first(database.connection(), {"asked": name})
    return None if row is None else row[0]


def is_demo() -> bool:
    return value_of("demo") == "yes"
