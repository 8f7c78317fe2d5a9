"""Documents that are being written: the draft itself, every step of it, what is said of it, who approved it."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base, Json, id_column, link, new_id


class DraftKind(enum.StrEnum):
    INSTRUMENT = "instrument"  # with its scoring
    FRAMEWORK = "framework"
    SCORING = "scoring"  # a mended key of a published instrument


class DraftState(enum.StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    RETURNED = "returned"
    APPROVED = "approved"  # frozen as a version: over
    DROPPED = "dropped"  # thrown away by its author; can be taken back


class StepKind(enum.StrEnum):
    CREATED = "created"
    SAVED = "saved"
    UNDONE = "undone"
    REDONE = "redone"
    REFUSED = "refused"  # clashed with another author: kept aside, not in the body
    CHOSEN = "chosen"  # a clash that its author has settled


class Draft(Base):
    """The body at its last revision: {instrument, scoring}, {framework} or {scoring}."""

    __tablename__ = "draft"

    id: Mapped[str] = id_column(default_factory=new_id)
    kind: Mapped[DraftKind]
    code: Mapped[str]
    title: Mapped[str]
    node_id: Mapped[str] = link("org_node.id")  # whose methodologists work on it
    based_on_id: Mapped[str | None] = link("version.id", default=None)  # of kind scoring: the instrument
    state: Mapped[DraftState] = mapped_column(default=DraftState.DRAFT)
    revision: Mapped[int] = mapped_column(default=1)
    body: Mapped[Json]
    # What the author asks for at the review: {"to", "claim", "anchors", "reason"}.
    wanted: Mapped[Json | None] = mapped_column(default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    submitted_by: Mapped[str | None] = link("person.id", index=False, default=None)
    version_id: Mapped[str | None] = link("version.id", index=False, default=None)  # what it became
    created_at: Mapped[datetime]
    created_by: Mapped[str] = link("person.id")
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = link("person.id", index=False)


class DraftRevision(Base):
    """One step: what changed, part by part, so that it can be taken back and nothing is ever lost."""

    __tablename__ = "draft_revision"
    __table_args__ = (UniqueConstraint("draft_id", "number"), {"info": {"frozen": UPDATE_DELETE}})

    id: Mapped[str] = id_column(default_factory=new_id)
    draft_id: Mapped[str] = link("draft.id", index=False)
    number: Mapped[int]  # of the log; `revision` of the body after it
    revision: Mapped[int]
    kind: Mapped[StepKind]
    patch: Mapped[Json]  # path of a part → {"before", "after"}
    about: Mapped[int | None] = mapped_column(default=None)  # undone, redone, chosen: number of that step
    base_revision: Mapped[int | None] = mapped_column(default=None)  # refused: what its author had seen
    person_id: Mapped[str] = link("person.id", index=False)
    at: Mapped[datetime]


class DraftComment(Base):
    __tablename__ = "draft_comment"

    id: Mapped[str] = id_column(default_factory=new_id)
    draft_id: Mapped[str] = link("draft.id")
    place: Mapped[
        str
    ]  # path of codes: «items.M01», «items.M01.options.b», «items.M01.show_if»; empty: the whole
    body: Mapped[str]
    answers_id: Mapped[str | None] = link("draft_comment.id", index=False, default=None)
    revision: Mapped[int]  # that was read
    author_id: Mapped[str] = link("person.id", index=False)
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by: Mapped[str | None] = link("person.id", index=False, default=None)


class DraftApproval(Base):
    """A person other than the authors has checked exactly this body; an edit makes it void."""

    __tablename__ = "draft_approval"

    id: Mapped[str] = id_column(default_factory=new_id)
    draft_id: Mapped[str] = link("draft.id")
    revision: Mapped[int]
    body_hash: Mapped[str]
    person_id: Mapped[str] = link("person.id", index=False)
    checklist: Mapped[Json]  # point → true
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
