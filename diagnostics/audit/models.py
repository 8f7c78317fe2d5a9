"""Who did what: append-only rows with opaque ids; one sealing job chains their hashes in order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base

Counter = BigInteger().with_variant(Integer, "sqlite")


class AuditRow(Base):
    __tablename__ = "audit_row"
    __table_args__ = ({"info": {"frozen": UPDATE_DELETE}},)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True, init=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[str | None] = mapped_column(
        index=True
    )  # a person; None = the system or an anonymous link
    action: Mapped[str]  # stage.verb, e.g. campaigns.open_wave
    object_kind: Mapped[str]
    object_id: Mapped[str] = mapped_column(index=True)
    before_hash: Mapped[str | None]
    after_hash: Mapped[str | None]
    note: Mapped[str]
    own_hash: Mapped[str]


class AuditSeal(Base):
    """The head of the chain up to a row; exported daily."""

    __tablename__ = "audit_seal"
    __table_args__ = ({"info": {"frozen": UPDATE_DELETE}},)

    up_to: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=False)
    chain_hash: Mapped[str]
    sealed_at: Mapped[datetime]
