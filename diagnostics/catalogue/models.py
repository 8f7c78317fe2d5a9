"""Frozen versions of everything that a result may pin, and their life states in a table of their own."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base, Json, id_column, link, new_id


class VersionKind(enum.StrEnum):
    INSTRUMENT = "instrument"
    SCORING = "scoring"
    FRAMEWORK = "framework"
    METHOD = "method"
    CALIBRATION = "calibration"
    OVERLAY = "overlay"  # a translation added later


class LifeState(enum.StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PILOT = "pilot"
    PUBLISHED = "published"
    RETIRED = "retired"


#: The states of a version that people have met, or may meet.
MET = (LifeState.PUBLISHED, LifeState.PILOT, LifeState.RETIRED)


class Version(Base):
    """One frozen document: canonical JSON and its hash. No row ever changes."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("kind", "code", "number"), {"info": {"frozen": UPDATE_DELETE}})

    id: Mapped[str] = id_column(default_factory=new_id)
    kind: Mapped[VersionKind]
    code: Mapped[str]  # of the document: test.method, dpo, method …
    number: Mapped[int]
    body: Mapped[Json]
    content_hash: Mapped[str]
    about_id: Mapped[str | None] = link(
        "version.id", default=None
    )  # scoring → instrument, calibration → scoring
    author_id: Mapped[str | None] = link("person.id", index=False, default=None)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class VersionLife(Base):
    """The state of a version; a move is one UPDATE … WHERE state = old."""

    __tablename__ = "version_life"

    version_id: Mapped[str] = link("version.id", primary_key=True, index=False)
    state: Mapped[LifeState]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None] = link("person.id", index=False, default=None)


class Verdict(enum.StrEnum):
    """What an author decides about a question after reading how it behaved."""

    KEEP = "keep"
    REVISE = "revise"
    DROP = "drop"


class Comparability(enum.StrEnum):
    NONE = "none"
    COSMETIC = "cosmetic"
    EQUIVALENT = "equivalent"
    BREAKING = "breaking"


class ItemDecision(Base):
    """The log of decisions about the questions of a version: the newest one holds, the others stay readable."""

    __tablename__ = "item_decision"
    __table_args__ = ({"info": {"frozen": UPDATE_DELETE}},)

    id: Mapped[str] = id_column(default_factory=new_id)
    version_id: Mapped[str] = link("version.id")
    item: Mapped[str]
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(default="")
    figures: Mapped[Json]  # what was read when it was decided: {"n", "p", "r", "wave_id", …}
    person_id: Mapped[str] = link("person.id", index=False)
    created_at: Mapped[datetime]


class VersionClaim(Base):
    """What the author declares about a version against the one before it, and what the system found."""

    __tablename__ = "version_claim"
    __table_args__ = ({"info": {"frozen": UPDATE_DELETE}},)

    version_id: Mapped[str] = link("version.id", primary_key=True, index=False)
    before_id: Mapped[str] = link("version.id")
    claim: Mapped[Comparability]
    found: Mapped[Comparability]
    anchors: Mapped[Json]  # {"items": [codes asked alike in both]}
    reason: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str | None] = link("person.id", index=False, default=None)
    created_at: Mapped[datetime]
