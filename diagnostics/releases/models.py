"""Frozen snapshots of group figures: the only source of any figure about a group."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base, Json, id_column, link, new_id

MEMBERS = "members"  # key of `sources`: whose results stand behind it, by opaque id; never shown


class Audience(enum.StrEnum):
    OWN = "own"  # the consented tutor or the operator's internal report: exact, access logged
    UPWARD = "upward"  # minimum group, complementary hiding


class Release(Base):
    __tablename__ = "release"
    __table_args__ = (
        Index("ix_release_about", "campaign_id", "kind", "audience"),
        {"info": {"frozen": UPDATE_DELETE}},
    )

    id: Mapped[str] = id_column(default_factory=new_id)
    number: Mapped[int]  # within campaign × kind × audience
    campaign_id: Mapped[str] = link("campaign.id", index=False)
    kind: Mapped[str]  # entry | entry_exit | needs …
    audience: Mapped[Audience]
    body: Mapped[Json]
    sources: Mapped[Json]  # versions and the data cut
    content_hash: Mapped[str]
    people: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(default=None)


class GroupMinimum(Base):
    """The operator's minimum group, appended at each change; the last row is in force."""

    __tablename__ = "group_minimum"
    __table_args__ = ({"info": {"frozen": UPDATE_DELETE}},)

    id: Mapped[str] = id_column(default_factory=new_id)
    adults: Mapped[int]
    pupils: Mapped[int]
    set_at: Mapped[datetime]
    set_by: Mapped[str | None] = mapped_column(default=None)
