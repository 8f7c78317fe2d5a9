"""Who is asked what and when: diagnoses (campaigns), waves, assignments, seats, tokens, lists of people."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, link, new_id


class CampaignState(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class CampaignPurpose(enum.StrEnum):
    DIAGNOSIS = "diagnosis"  # of persons
    SELF_ASSESSMENT = "self_assessment"  # of a school, by anonymous groups


class Privacy(enum.StrEnum):
    NAMED = "named"  # the tutor sees names with results
    CONFIDENTIAL = "confidential"  # only the person sees the own result; groups from the minimum up
    ANONYMOUS = "anonymous"  # no person is stored at all


class WaveKind(enum.StrEnum):
    ENTRY = "entry"
    INTERIM = "interim"
    EXIT = "exit"
    SURVEY = "survey"  # the one measurement of a self-assessment


class WaveState(enum.StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class SeatState(enum.StrEnum):
    EXPECTED = "expected"
    STARTED = "started"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class TokenWay(enum.StrEnum):
    LINK = "link"
    PAPER = "paper"


class RosterState(enum.StrEnum):
    CHECKED = "checked"
    APPLIED = "applied"


class RosterTarget(enum.StrEnum):
    CAMPAIGN = "campaign"
    GROUP = "group"
    PLACE = "place"  # people for its organisations alone, asked nothing yet


class Campaign(Base):
    """On screen «диагностика»: one instrument, one framework, one preset of levels, one or more waves."""

    __tablename__ = "campaign"

    id: Mapped[str] = id_column(default_factory=new_id)
    title: Mapped[str]
    node_id: Mapped[str] = link("org_node.id")  # the operator's place: zone, papers
    owner_id: Mapped[str] = link("person.id")  # the trainer
    group_id: Mapped[str | None] = link("learner_group.id", default=None)
    tutor_id: Mapped[str | None] = link("person.id", default=None)
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.DRAFT)
    privacy: Mapped[Privacy]
    # Who sees what, told to people in advance: {"tutor_levels": true, "school_levels": false, …}
    visibility: Mapped[Json]
    framework_id: Mapped[str] = link("version.id", index=False)
    method_id: Mapped[str] = link("version.id", index=False)
    preset: Mapped[str]  # of the framework's scales: levels3 …
    preset_basis: Mapped[str] = mapped_column(default="")  # «положение № …, дата»; empty = «по умолчанию»
    route_levels: Mapped[Json]  # {"levels": ["high"]} or ["high", "medium"]: what may enter a route
    source: Mapped[str] = mapped_column(default="own")  # own | import
    purpose: Mapped[CampaignPurpose] = mapped_column(
        default=CampaignPurpose.DIAGNOSIS, server_default=CampaignPurpose.DIAGNOSIS.value
    )
    # «Апробация»: the questions are tried out, nobody is judged by the answers.
    trial: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # «До 6 уточняющих заданий»: so many at most after the fixed part, 0 = none are asked.
    clarify_most: Mapped[int] = mapped_column(default=0, server_default="0")
    # Leaving the page and pasting are counted; of tests only, and people are told before they begin.
    watch: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class Wave(Base):
    __tablename__ = "wave"
    __table_args__ = (UniqueConstraint("campaign_id", "kind"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    campaign_id: Mapped[str] = link("campaign.id", index=False)
    kind: Mapped[WaveKind]
    state: Mapped[WaveState] = mapped_column(default=WaveState.PLANNED)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]  # 23:59:59 of the last day in `zone`
    zone: Mapped[str]
    calibration_id: Mapped[str | None] = link("version.id", index=False, default=None)
    # By which clarifying tasks are drawn and concluded from; pinned when the wave is opened, never changed.
    clarify_id: Mapped[str | None] = link("version.id", index=False, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    # None with `closed_at`: it closed itself at its deadline.
    closed_by: Mapped[str | None] = link("person.id", index=False, default=None)
    # Of an open wave only: since when nobody answers, and what people are told about it.
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    pause_reason: Mapped[str] = mapped_column(default="", server_default="")


class Assignment(Base):
    """What one respondent group of a wave answers: instrument version + form (+ scoring)."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("wave_id", "respondent_group", "form"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    wave_id: Mapped[str] = link("wave.id", index=False)
    instrument_id: Mapped[str | None] = link("version.id", index=False)  # None: results from elsewhere
    scoring_id: Mapped[str | None] = link("version.id", index=False)
    form: Mapped[str]
    respondent_group: Mapped[str] = mapped_column(default="teacher")


class Seat(Base):
    """Wave × assignment × group × subject × respondent; place and position are frozen at the start."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("assignment_id", "subject_id", "respondent_id"),
        Index("ix_seat_turnout", "wave_id", "school_id", "state"),
    )

    id: Mapped[str] = id_column(default_factory=new_id)
    wave_id: Mapped[str] = link("wave.id", index=False)
    assignment_id: Mapped[str] = link("assignment.id", index=False)
    respondent_group: Mapped[str] = mapped_column(default="teacher")
    subject_id: Mapped[str]  # a person or a school
    respondent_id: Mapped[str | None] = link("person.id", default=None)  # None when anonymous
    school_id: Mapped[str | None] = link("org_node.id", index=False, default=None)
    municipality_id: Mapped[str | None] = link("org_node.id", default=None)
    position: Mapped[str] = mapped_column(default="")
    subject_taught: Mapped[str] = mapped_column(default="")
    state: Mapped[SeatState] = mapped_column(default=SeatState.EXPECTED)
    extra_time: Mapped[float] = mapped_column(default=1.0)
    extra_reason: Mapped[str] = mapped_column(default="", server_default="")  # a code; never a diagnosis
    created_at: Mapped[datetime]
    invited_at: Mapped[datetime | None] = mapped_column(default=None)
    circle_id: Mapped[str | None] = link("respondent_circle.id", default=None)  # of an anonymous respondent
    reminders: Mapped[int] = mapped_column(default=0)  # letters sent; two at most
    # «Не могу участвовать»: no more letters.
    declined_at: Mapped[datetime | None] = mapped_column(default=None)
    decline_reason: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # a code, if the person chose one
    # «Попросить продлить»: answered when the organiser prolonged the wave or left its end as it is.
    extension_asked_at: Mapped[datetime | None] = mapped_column(default=None)
    extension_answered_at: Mapped[datetime | None] = mapped_column(default=None)


class SeatToken(Base):
    """A way to a seat; a seat has many, each stored hashed, valid to the end of the window."""

    __tablename__ = "seat_token"
    __table_args__ = (UniqueConstraint("school_id", "secret_hash"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    seat_id: Mapped[str] = link("seat.id")
    way: Mapped[TokenWay]
    secret_hash: Mapped[str] = mapped_column(index=True)
    school_id: Mapped[str | None] = link(
        "org_node.id", index=False, default=None
    )  # a paper code needs its school's
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)  # the surname was typed once
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class RosterImport(Base):
    """A list of people read from a file: checked first, applied only on request, never twice."""

    __tablename__ = "roster_import"
    __table_args__ = (UniqueConstraint("target_kind", "target_id", "sha256"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    target_kind: Mapped[RosterTarget]
    target_id: Mapped[str]
    file_id: Mapped[str] = link("stored_file.id", index=False)
    file_name: Mapped[str]
    sha256: Mapped[str]
    state: Mapped[RosterState] = mapped_column(default=RosterState.CHECKED)
    created_by: Mapped[str | None] = link("person.id", index=False, default=None)
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None] = mapped_column(default=None)
    applied_rows: Mapped[int] = mapped_column(default=0)
