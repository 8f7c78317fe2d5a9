"""What a school lets others see: its zones upward, the free words of its groups to its own team."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, link


class OpeningState(enum.StrEnum):
    CLOSED = "closed"  # opened once and closed again
    OPEN = "open"
    TAKEN = "taken"  # stands in a report: it cannot be called back any more


class ZonesOpening(Base):
    """One self-assessment; without a row it is closed. Who did what and when stands in the audit."""

    __tablename__ = "zones_opening"

    campaign_id: Mapped[str] = link("campaign.id", primary_key=True, index=False)
    state: Mapped[OpeningState]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None] = link("person.id", index=False)
    taken_by: Mapped[str | None] = mapped_column(default=None)  # name of the place whose report it is in


class WordsCheck(Base):
    """Somebody has read the free words of a self-assessment; who it was stands in the audit."""

    __tablename__ = "words_check"

    campaign_id: Mapped[str] = link("campaign.id", primary_key=True, index=False)
    checked_at: Mapped[datetime]


class WordsVerdict(Base):
    """One free text after the reading: shown or struck for good. A text without a verdict is not shown."""

    __tablename__ = "words_verdict"

    text_id: Mapped[str] = link("free_text.id", primary_key=True, index=False)
    campaign_id: Mapped[str] = link("campaign.id")
    struck: Mapped[bool]
