from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, link, new_id


class Resource(Base):
    """What can help a teacher: course, module, placement, visit, reading."""

    __tablename__ = "resource"

    id: Mapped[str] = id_column(default_factory=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Json]  # texts by language
    summary: Mapped[Json]
    format: Mapped[str]
    mode: Mapped[str]
    hours: Mapped[float]
    provider: Mapped[str]
    levels: Mapped[Json]  # {"levels": ["high", "medium"]}
    content_group: Mapped[str]
    prerequisites: Mapped[Json]  # {"codes": [...]}
    evidence: Mapped[Json]
    link: Mapped[str | None] = mapped_column(default=None)
    lasts_days: Mapped[int]  # from the start to the evidence
    places: Mapped[int | None] = mapped_column(default=None)  # of one without runs; None = no limit
    taken: Mapped[int] = mapped_column(default=0)
    in_force: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class ResourceCompetence(Base):
    __tablename__ = "resource_competence"

    resource_id: Mapped[str] = link("resource.id", primary_key=True, index=False)
    competence: Mapped[str] = mapped_column(primary_key=True, index=True)
    coverage: Mapped[float]  # 0…1


class ResourceDate(Base):
    """One run of a dated resource; a resource without runs can be taken at any time."""

    __tablename__ = "resource_date"

    id: Mapped[str] = id_column(default_factory=new_id)
    resource_id: Mapped[str] = link("resource.id")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    places: Mapped[int | None] = mapped_column(default=None)
    taken: Mapped[int] = mapped_column(default=0)
