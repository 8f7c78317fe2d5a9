"""Store bytes under a random name: temporary file, fsync, rename, then the row."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.files.models import StoredFile
from diagnostics.identifiers import new_id

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')


def store(
    folder: Path,
    *,
    name: str,
    media_type: str,
    content: bytes,
    purpose: str,
    owner_id: str | None,
    days: int | None,
) -> StoredFile:
    """Write `content` and its row; the row is committed with the caller's transaction."""
    folder.mkdir(parents=True, exist_ok=True)
    file_id = new_id()
    write_whole(folder / file_id, content)
    now = clock.now()
    row = StoredFile(
        id=file_id,
        name=clean_name(name),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        owner_id=owner_id,
        purpose=purpose,
        created_at=now,
        expires_at=now + timedelta(days=days) if days is not None else None,
    )
    session.add(row)
    session.flush()
    return row


def let_go(file_ids: Collection[str]) -> int:
    """Their term is over now: nobody reads them any more, and the next clearing removes rows and bytes."""
    query = sa.update(StoredFile).where(StoredFile.id.in_(file_ids), StoredFile.expires_at.is_(None))
    done = session.execute(
        query.values(expires_at=clock.now()), execution_options={"synchronize_session": False}
    )
    session.expire_all()
    return int(done.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


def write_whole(path: Path, content: bytes) -> None:
    """The file is there whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)


def clean_name(name: str) -> str:
    """A name safe to show and to send in a header; what stands after a colon goes on after a dash."""
    said = name.replace(": ", " — ").replace("..", ".")
    short = _FORBIDDEN.sub("_", said).strip(" .")[:120]
    return short or "file"
