"""Whom to ask: the contact of the nearest place that gives one."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.database import Json, session
from diagnostics.people.models import Membership, OrgNode, RoleGrant

CONTACT_KEYS = ("contact", "operator_contact")


@dataclass(frozen=True, slots=True)
class Contact:
    place: str
    words: str  # address and telephone as the place wrote them


def contact_for(person_id: str | None) -> Contact | None:
    """Of the person's nearest place (their own, then each above it); for a stranger the topmost one."""
    rows = session.execute(
        sa.select(OrgNode.id, OrgNode.short_name, OrgNode.requisites)
        .where(OrgNode.closed_on.is_(None), OrgNode.requisites.is_not(None))
        .order_by(sa.func.length(OrgNode.path), OrgNode.name)
    )
    given = {
        node_id: Contact(name, words) for node_id, name, requisites in rows if (words := _words(requisites))
    }
    for node_id in _nearest_first(person_id) if person_id else ():
        if node_id in given:
            return given[node_id]
    return next(iter(given.values()), None)


def _words(requisites: Json | None) -> str:
    given = requisites or {}
    return next((str(given[key]) for key in CONTACT_KEYS if given.get(key)), "")


def _nearest_first(person_id: str) -> list[str]:
    works = sa.select(Membership.node_id).where(Membership.person_id == person_id, Membership.until.is_(None))
    serves = sa.select(RoleGrant.node_id).where(RoleGrant.person_id == person_id, RoleGrant.until.is_(None))
    paths = session.scalars(
        sa.select(OrgNode.path)
        .where(sa.or_(OrgNode.id.in_(works), OrgNode.id.in_(serves)))
        .order_by(sa.func.length(OrgNode.path).desc())
    )
    return [part for path in paths for part in reversed(path.strip("/").split("/"))]
