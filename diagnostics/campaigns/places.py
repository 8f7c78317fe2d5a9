"""Where a person works on a day: what a seat freezes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.people.models import Membership, NodeKind, OrgNode


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place of work; everything empty for one who works nowhere on the day."""

    school_id: str | None = None
    municipality_id: str | None = None
    position: str = ""
    subject: str = ""


def standings(person_ids: Collection[str], on: date) -> dict[str, Standing]:
    """Place of work of each person on the day: a school before other places, the newest before older ones."""
    rows = session.execute(
        sa.select(Membership.person_id, Membership.position, Membership.subject, OrgNode)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(
            Membership.person_id.in_(person_ids),
            Membership.since <= on,
            sa.or_(Membership.until.is_(None), Membership.until >= on),
        )
        .order_by(OrgNode.kind != NodeKind.SCHOOL, Membership.since.desc(), Membership.id)
    )
    found: dict[str, Standing] = {}
    for person_id, position, subject, node in rows:
        found.setdefault(person_id, _standing(node, position, subject))
    return found


def _standing(node: OrgNode, position: str, subject: str) -> Standing:
    if node.kind is NodeKind.MUNICIPALITY:
        return Standing(None, node.id, position, subject)
    return Standing(node.id, node.parent_id, position, subject)
