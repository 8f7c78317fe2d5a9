"""The tree of places, read by scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import database
from diagnostics.database import Json, session
from diagnostics.database.prepared import Prepared
from diagnostics.people.models import NodeKind, OrgNode

DEFAULT_ZONE = "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    kind: NodeKind
    parent_id: str | None
    path: str
    name: str
    short_name: str
    code: str | None
    requisites: Json | None
    zone: str | None = None  # its own; None: as the place above


_REGION = Prepared(sa.select(OrgNode.name).where(OrgNode.kind == NodeKind.REGION).limit(1))


def region_name() -> str | None:
    row = _REGION.first(database.connection(), {})
    return None if row is None else row[0]


def place(node_id: str) -> Place | None:
    node = session.get(OrgNode, node_id)
    return _place(node) if node else None


def places(scope: Iterable[str], *kinds: NodeKind) -> list[Place]:
    """Open places under any of the paths in `scope`, in the order of their names."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if not under:
        return []
    query = sa.select(OrgNode).where(sa.or_(*under), OrgNode.closed_on.is_(None)).order_by(OrgNode.name)
    if kinds:
        query = query.where(OrgNode.kind.in_(kinds))
    return [_place(node) for node in session.scalars(query)]


def codes_elsewhere(scope: Iterable[str]) -> set[str]:
    """Codes of places outside the scope and of closed ones: a code is one in the whole base."""
    here = {one.id for one in places(scope)}
    rows = session.execute(sa.select(OrgNode.id, OrgNode.code).where(OrgNode.code.is_not(None)))
    return {code for node_id, code in rows if node_id not in here and code}


def zone_of(node_id: str) -> str:
    """The IANA zone of a place: its own, or the nearest one above it."""
    node = session.get(OrgNode, node_id)
    while node is not None:
        if node.zone:
            return node.zone
        node = session.get(OrgNode, node.parent_id) if node.parent_id else None
    return DEFAULT_ZONE


def _place(node: OrgNode) -> Place:
    return Place(
        node.id,
        node.kind,
        node.parent_id,
        node.path,
        node.name,
        node.short_name,
        node.code,
        node.requisites,
        node.zone,
    )
