"""Answers that wait for experts, the marks given to them, and who is asked to mark in a diagnosis."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base, Id, Json, id_column, link, new_id


class TextState(enum.StrEnum):
    WAITING = "waiting"  # marks are missing
    DIFFERING = "differing"  # two marks lie more than one level apart: a third expert is asked
    SETTLED = "settled"  # all marks are there; they may still be mended
    GIVEN = "given"  # the result that they make is given out: nothing of it changes any more
    REPLACED = "replaced"  # the answer or the rubric is another one now


class MarkedText(Base):
    """One answer to one question, as experts meet it: its random id is all they learn about the writer.

    `stamp` says which words were marked by which rubric: other words or another rubric are another text.
    """

    __tablename__ = "marked_text"
    __table_args__ = (
        UniqueConstraint("sitting_id", "item", "stamp"),
        Index("ix_marked_text_queue", "campaign_id", "state"),
    )

    id: Mapped[str] = id_column(default_factory=new_id)
    campaign_id: Mapped[str] = link("campaign.id", index=False)
    sitting_id: Mapped[str] = link("sitting.id", index=False)
    item: Mapped[str]
    stamp: Mapped[str]
    scoring_id: Mapped[str] = link("version.id", index=False)  # whose rubric stands on the page
    state: Mapped[TextState] = mapped_column(default=TextState.WAITING)
    turn: Mapped[int] = mapped_column(default=0)  # grows with each mark, so that two at once take turns
    points: Mapped[float | None] = mapped_column(default=None)  # what the marks come to, once settled
    made_at: Mapped[datetime]
    given_at: Mapped[datetime | None] = mapped_column(default=None)


class ExpertMark(Base):
    """What one expert said about one text, criterion by criterion; a correction is a new row."""

    __tablename__ = "expert_mark"
    __table_args__ = (
        UniqueConstraint("text_id", "place", "number"),
        {
            "info": {
                "frozen": UPDATE_DELETE,
                "unless": (
                    "EXISTS (SELECT 1 FROM marked_text t JOIN sitting s ON s.id = t.sitting_id "
                    "WHERE t.id = OLD.text_id AND s.state = 'erased')"
                ),
            }
        },
    )

    id: Mapped[str] = id_column(default_factory=new_id)
    text_id: Mapped[str] = link("marked_text.id", index=False)
    person_id: Mapped[str] = link("person.id")
    place: Mapped[int]  # 1 and 2; 3 where the first two differ
    number: Mapped[int]  # 1 is the mark, 2 its first correction …
    scoring_id: Mapped[str] = link("version.id", index=False)
    levels: Mapped[Json]  # {criterion: index of its level, from 0}
    points: Mapped[float]
    remark: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class MarkDraft(Base):
    """What an expert has chosen so far: it counts for nothing until it is saved as a mark."""

    __tablename__ = "mark_draft"

    text_id: Mapped[str] = link("marked_text.id", primary_key=True, index=False)
    person_id: Mapped[str] = link("person.id", primary_key=True)
    levels: Mapped[Json]
    remark: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    touched_at: Mapped[datetime]


class MarkingExpert(Base):
    """Who is asked to mark the answers of a diagnosis; the role alone opens none of them."""

    __tablename__ = "marking_expert"

    campaign_id: Mapped[str] = link("campaign.id", primary_key=True, index=False)
    person_id: Mapped[str] = link("person.id", primary_key=True)
    assigned_by: Mapped[str | None] = link("person.id", index=False, default=None)
    assigned_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class MarkingRule(Base):
    """How many experts mark each answer of a diagnosis; without a row it is `settling.BY_DEFAULT`."""

    __tablename__ = "marking_rule"

    campaign_id: Mapped[str] = mapped_column(Id, primary_key=True)
    experts: Mapped[int]
