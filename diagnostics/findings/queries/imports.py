"""An uploaded file of results: what it is, and what it would make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from diagnostics.campaigns.queries.lists import region_of
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.files import queries as files
from diagnostics.findings.importing import settings
from diagnostics.findings.importing.planning import ImportPlan, Settings, plan_import, read_file
from diagnostics.findings.models import ImportState, ResultImport
from diagnostics.people.models import Account, Role, RoleGrant
from diagnostics.people.queries.actors import RoleAt
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


#: Whose results become a diagnosis of their own place, the nearest to teaching first.
IMPORTERS = (Role.TRAINER, Role.METHODOLOGIST, Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR)


def place_of(roles: Iterable[RoleAt]) -> str | None:
    """The node where a person with these roles imports; None for others."""
    ranked = sorted((IMPORTERS.index(one.role), one.node_id) for one in roles if one.role in IMPORTERS)
    return ranked[0][1] if ranked else None


def importers(on: date, login: str | None = None) -> list[str]:
    """Persons who may import results on a day, by rank of role; only the account `login` where it is given."""
    rank = sa.case({role: place for place, role in enumerate(IMPORTERS)}, value=RoleGrant.role)
    query = (
        sa.select(RoleGrant.person_id)
        .outerjoin(Account, Account.person_id == RoleGrant.person_id)
        .where(
            RoleGrant.role.in_(IMPORTERS),
            RoleGrant.since <= on,
            sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= on),
            sa.true() if login is None else Account.login == login.strip().casefold(),
        )
        .order_by(rank, RoleGrant.since, RoleGrant.id)
    )
    return list(dict.fromkeys(session.scalars(query)))
