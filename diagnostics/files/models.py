from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, id_column, new_id


class StoredFile(Base):
    """One stored file; its bytes lie in the data folder under the id, never under the given name."""

    __tablename__ = "stored_file"

    id: Mapped[str] = id_column(default_factory=new_id)
    name: Mapped[str]  # cleaned, for showing only
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    owner_id: Mapped[str | None]  # a person; files stand below people, so no foreign key
    purpose: Mapped[str]  # report | consent_scan | evidence | import | export | answer
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
