from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import Gone, Missing
from diagnostics.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class FileView:
    id: str
    name: str
    media_type: str
    size: int
    purpose: str
    created_at: datetime


def one(file_id: str) -> FileView:
    """Missing where there is none; Gone once its term is over, before the clearing has come to it."""
    row = session.get(StoredFile, file_id)
    if row is None:
        raise Missing
    if row.expires_at is not None and row.expires_at <= clock.now():
        raise Gone("file_gone")
    return _view(row)


def of_owner(owner_id: str, *, purpose: str, limit: int = 50) -> list[FileView]:
    query = (
        sa.select(StoredFile)
        .where(StoredFile.owner_id == owner_id, StoredFile.purpose == purpose)
        .order_by(StoredFile.created_at.desc())
        .limit(limit)
    )
    return [_view(row) for row in session.scalars(query)]


def bytes_path(folder: Path, file_id: str) -> Path:
    """Where the bytes lie. Gone when retention has removed them."""
    path = folder / file_id
    if not path.is_file():
        raise Gone("file_gone")
    return path


def _view(row: StoredFile) -> FileView:
    return FileView(row.id, row.name, row.media_type, row.size, row.purpose, row.created_at)
