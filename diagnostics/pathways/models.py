"""Individual development routes: proposed, explained, agreed, walked, closed."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_ONLY, Base, Id, Json, id_column, link, new_id


class RouteState(enum.StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class StepState(enum.StrEnum):
    NOT_STARTED = "not_started"
    IN_WORK = "in_work"
    ON_REVIEW = "on_review"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"


class StepKind(enum.StrEnum):
    CLARIFY = "clarify"
    RESOURCE = "resource"
    OWN = "own"  # written by the teacher or the tutor
    EXIT = "exit"  # the exit diagnosis


class Route(Base):
    __tablename__ = "route"
    __table_args__ = (UniqueConstraint("campaign_id", "person_id"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    campaign_id: Mapped[str] = link("campaign.id", index=False)
    person_id: Mapped[str] = link("person.id")
    finding_id: Mapped[str] = link("finding.id")
    tutor_id: Mapped[str | None] = link("person.id", default=None)
    state: Mapped[RouteState] = mapped_column(default=RouteState.DRAFT)
    revision: Mapped[int] = mapped_column(default=1)
    hours_budget: Mapped[float]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    max_steps: Mapped[int] = mapped_column(default=5)
    wishes: Mapped[Json]  # {"formats": liked, "excluded": ids of resources taken out by hand}
    paused_until: Mapped[date | None] = mapped_column(default=None)
    goal: Mapped[str] = mapped_column(default="")
    proposal: Mapped[Json]  # what the optimiser said: objective, gap, coverage, relaxations
    conclusion: Mapped[str] = mapped_column(default="")  # the tutor's words at the end
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)


class RouteRevision(Base):
    """What the tutor approved, word for word; later changes make the next revision."""

    __tablename__ = "route_revision"
    __table_args__ = (UniqueConstraint("route_id", "revision"), {"info": {"frozen": UPDATE_ONLY}})

    id: Mapped[str] = id_column(default_factory=new_id)
    route_id: Mapped[str] = link("route.id", index=False)
    revision: Mapped[int]
    body: Mapped[Json]  # limits, steps, waivers as they stood
    approved_by: Mapped[str] = link("person.id", index=False)
    approved_at: Mapped[datetime]


class RouteStep(Base):
    __tablename__ = "route_step"

    id: Mapped[str] = id_column(default_factory=new_id)
    route_id: Mapped[str] = link("route.id")
    order: Mapped[int] = mapped_column("step_order")
    kind: Mapped[StepKind]
    resource_id: Mapped[str | None] = link("resource.id", index=False, default=None)
    date_id: Mapped[str | None] = mapped_column(Id, default=None)
    competence: Mapped[str | None] = mapped_column(default=None)
    title: Mapped[str]
    content: Mapped[str] = mapped_column(default="")
    reason: Mapped[Json]  # deficit → evidence → why this one: codes and parameters
    hours: Mapped[float] = mapped_column(default=0.0)
    place: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    booked: Mapped[bool] = mapped_column(default=False)  # a place of the resource is held since the approval
    outcome: Mapped[str] = mapped_column(default="")  # of clarifying: shown | not_shown
    evidence: Mapped[str] = mapped_column(default="")
    state: Mapped[StepState] = mapped_column(default=StepState.NOT_STARTED)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)


class StepEvidence(Base):
    __tablename__ = "step_evidence"

    id: Mapped[str] = id_column(default_factory=new_id)
    step_id: Mapped[str] = link("route_step.id")
    text: Mapped[str]
    file_id: Mapped[str | None] = link("stored_file.id", index=False, default=None)
    author_id: Mapped[str] = link("person.id", index=False)
    at: Mapped[datetime]


class RouteRemark(Base):
    __tablename__ = "route_remark"

    id: Mapped[str] = id_column(default_factory=new_id)
    route_id: Mapped[str] = link("route.id")
    author_id: Mapped[str] = link("person.id", index=False)
    kind: Mapped[str]  # lesson (what changed in my lesson) | returned | approved | clarified | edited
    text: Mapped[str]
    at: Mapped[datetime]


class RouteWaiver(Base):
    """Why an officially high deficit has no line in the route, signed by the tutor."""

    __tablename__ = "route_waiver"
    __table_args__ = (UniqueConstraint("route_id", "competence"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    route_id: Mapped[str] = link("route.id", index=False)
    competence: Mapped[str]
    reason: Mapped[str]
    signed_by: Mapped[str] = link("person.id", index=False)
    signed_at: Mapped[datetime]
