"""An uploaded file of results: what it is, and what it would make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diagnostics.campaigns.queries.lists import region_of
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.files import queries as files
from diagnostics.findings.importing import settings
from diagnostics.findings.importing.planning import ImportPlan, Settings, plan_import, read_file
from diagnostics.findings.models import ImportState, ResultImport
from diagnostics.people.queries.places import place


@dataclass(frozen=True, slots=True)
class ImportView:
    id: str
    node_id: str
    state: ImportState
    file_name: str
    file_id: str | None
    key_file_id: str | None
    settings: Settings
    campaign_id: str | None
    made_by: str | None


def uploaded(import_id: str) -> ImportView:
    row = session.get(ResultImport, import_id)
    if row is None:
        raise Missing
    return ImportView(
        id=row.id,
        node_id=row.node_id,
        state=row.state,
        file_name=row.file_name,
        file_id=row.file_id,
        key_file_id=row.key_file_id,
        settings=settings.from_json(row.plan),
        campaign_id=row.campaign_id,
        made_by=row.made_by,
    )


def planned(view: ImportView, folder: Path) -> ImportPlan:
    """The plan of an uploaded file as people stand now; ImportRefused when it cannot be read at all."""
    content, key = _bytes(folder, view.file_id), _bytes(folder, view.key_file_id)
    return plan_of(content or b"", key, view.settings, node_id=view.node_id)


def plan_of(content: bytes, key_content: bytes | None, given: Settings, *, node_id: str) -> ImportPlan:
    """The plan of a file for a place: its people may work anywhere in the region."""
    where = place(node_id)
    if where is None:
        raise Missing
    parsed, key = read_file(content, key_content, given)
    return plan_import(parsed, key, given, place=where, scope=(region_of(where.path),))


def _bytes(folder: Path, file_id: str | None) -> bytes | None:
    return files.bytes_path(folder, file_id).read_bytes() if file_id else None
