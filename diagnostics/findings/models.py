"""What a submitted sitting (or an imported result) means, pinned to every version that made it."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Id, Json, id_column, link, new_id


class Finding(Base):
    """One scored seat. A re-score makes a new finding; the old one stays readable."""

    __tablename__ = "finding"
    __table_args__ = (
        # One current finding a seat: superseded ones carry their own id here.
        UniqueConstraint("seat_id", "current_key"),
        Index("ix_finding_wave", "wave_id", "superseded_at"),
    )

    id: Mapped[str] = id_column(default_factory=new_id)
    seat_id: Mapped[str] = link("seat.id", index=False)
    wave_id: Mapped[str] = link("wave.id", index=False)
    person_id: Mapped[str | None] = link("person.id", default=None)
    sitting_id: Mapped[str | None] = link("sitting.id", default=None)  # None: imported
    import_id: Mapped[str | None] = link("result_import.id", index=False, default=None)
    scoring_id: Mapped[str | None] = link(
        "version.id", index=False, default=None
    )  # None: imported block points
    framework_id: Mapped[str] = link("version.id", index=False)
    method_id: Mapped[str] = link("version.id", index=False)
    calibration_id: Mapped[str | None] = link("version.id", index=False, default=None)  # None: weak prior
    preset: Mapped[str]
    items: Mapped[Json]  # {item: [points, maximum, status]} of the form; clarifying tasks stand apart
    # Blocks on the calibrated scale and the clarifying tasks (`findings.clarifying`); None: not such a diagnosis.
    clarified: Mapped[Json | None] = mapped_column(default=None)
    points: Mapped[float]
    maximum: Mapped[float]
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(
        default="submitted"
    )  # submitted | calibrated | corrected | imported | late | marked
    current_key: Mapped[str] = mapped_column(default="current")
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)


class FindingScale(Base):
    """One competence of a finding: both layers, never merged."""

    __tablename__ = "finding_scale"

    finding_id: Mapped[str] = mapped_column(Id, primary_key=True)
    competence: Mapped[str] = mapped_column(primary_key=True)
    is_block: Mapped[bool]
    n_items: Mapped[int]
    omitted: Mapped[int]
    unreached: Mapped[int]
    points: Mapped[float]
    maximum: Mapped[float]
    percent: Mapped[float | None]
    level: Mapped[str | None]  # official layer; None: fewer than 3 items
    low80: Mapped[float | None]  # per cent of the posterior's 80 % interval
    high80: Mapped[float | None]
    p_deficit: Mapped[float | None]
    conclusion: Mapped[str]  # confirmed | probable | not_shown | surely_none | no_conclusion
    provisional: Mapped[bool]
    # Items that an expert has not marked yet: neither level nor conclusion until then.
    awaiting: Mapped[int] = mapped_column(default=0, server_default="0")


class ImportState(enum.StrEnum):
    CHECKED = "checked"
    APPLIED = "applied"


class ResultImport(Base):
    """Results from elsewhere: one file, taken whole or not at all; the same file twice is recognised."""

    __tablename__ = "result_import"
    __table_args__ = (UniqueConstraint("node_id", "file_hash"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    node_id: Mapped[str] = link("org_node.id", index=False)  # whose diagnosis it becomes
    kind: Mapped[str]  # items | blocks
    state: Mapped[ImportState] = mapped_column(default=ImportState.CHECKED)
    file_name: Mapped[str]
    file_hash: Mapped[str]
    file_id: Mapped[str | None] = link("stored_file.id", index=False, default=None)
    key_file_id: Mapped[str | None] = link("stored_file.id", index=False, default=None)
    plan: Mapped[Json]  # title, framework, preset, dates; matches made by hand
    counts: Mapped[Json]
    campaign_id: Mapped[str | None] = link("campaign.id", index=False, default=None)
    made_by: Mapped[str | None] = link("person.id", index=False, default=None)
    made_at: Mapped[datetime]
    applied_at: Mapped[datetime | None] = mapped_column(default=None)
