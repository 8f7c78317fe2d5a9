from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import UPDATE_DELETE, Base, Json, id_column, link, new_id


class ConsentWay(enum.StrEnum):
    SCREEN = "screen"
    PAPER = "paper"


class ConsentDocument(Base):
    """A published text of consent with the operator's requisites: a document of its own, frozen."""

    __tablename__ = "consent_document"
    __table_args__ = (UniqueConstraint("operator_id", "version"), {"info": {"frozen": UPDATE_DELETE}})

    id: Mapped[str] = id_column(default_factory=new_id)
    operator_id: Mapped[str] = link("org_node.id", index=False)
    version: Mapped[int]
    body: Mapped[Json]  # title, summary, sections, options: texts by language, requisites filled in
    content_hash: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str | None] = link("person.id", index=False, default=None)


class Consent(Base):
    __tablename__ = "consent"

    id: Mapped[str] = id_column(default_factory=new_id)
    person_id: Mapped[str] = link("person.id")
    document_id: Mapped[str] = link("consent_document.id")
    way: Mapped[ConsentWay]
    given_at: Mapped[datetime]
    options: Mapped[Json]  # the separate boxes: {code: true|false}
    paper_date: Mapped[date | None] = mapped_column(default=None)
    scan_id: Mapped[str | None] = link("stored_file.id", index=False, default=None)
    recorded_by: Mapped[str | None] = link("person.id", index=False, default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
