"""Roles at places, by date: a role reaches everything below its place, from the next click on."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people import checks
from diagnostics.people.errors import LastAdministrator
from diagnostics.people.models import Account, OrgNode, Role, RoleGrant


def grant(
    *, person_id: str, role: Role, node_id: str, since: date | None = None, actor_id: str | None
) -> RoleGrant:
    """The role at the place from a day on (today); a standing grant of the same is given back unchanged."""
    checks.living(person_id)
    checks.open_place(node_id)
    if role is Role.ANONYMOUS:
        raise FieldRefused("role_of_nobody", field="role")
    first = checks.day(since, field="since")
    standing = _standing(person_id, role, node_id, first)
    if standing is not None:
        return standing
    made = RoleGrant(person_id=person_id, role=role, node_id=node_id, since=first)
    session.add(made)
    session.flush()
    audit.record(
        "role.grant",
        actor_id=actor_id,
        kind="person",
        object_id=person_id,
        after={"role": role.value, "node": node_id, "since": first.isoformat()},
    )
    return made


def end(grant_id: str, *, actor_id: str | None) -> None:
    """The role holds no more from this moment; ended twice is ended.

    Raises
    ------
    LastAdministrator
        Nobody else would administer that place.
    """
    found = session.get(RoleGrant, grant_id)
    if found is None:
        raise Missing
    yesterday = clock.now().date() - timedelta(days=1)
    if found.until is not None and found.until <= yesterday:
        return
    if found.role is Role.ADMINISTRATOR:
        refuse_last_administrator(found.person_id, grant_id=found.id)
    # The last day that counts is yesterday: rights end at once, not at midnight.
    found.until = yesterday
    session.flush()
    audit.record(
        "role.end",
        actor_id=actor_id,
        kind="person",
        object_id=found.person_id,
        before={"role": found.role.value, "node": found.node_id},
    )


def refuse_last_administrator(person_id: str, *, grant_id: str | None = None) -> None:
    """LastAdministrator when a place of this grant (of all of the person's by default) would have nobody else.

    Somebody counts who holds the role today at the place or above it and has an open account. The rows are
    locked, so that two administrators cannot remove each other at once.
    """
    of_role = RoleGrant.role == Role.ADMINISTRATOR
    session.execute(sa.select(RoleGrant.id).where(of_role).order_by(RoleGrant.id).with_for_update()).all()
    losing = sa.and_(RoleGrant.person_id == person_id, RoleGrant.id == grant_id if grant_id else sa.true())
    reached = _administered(losing)
    kept = _administered(
        sa.not_(losing),
        sa.exists().where(Account.person_id == RoleGrant.person_id, Account.closed_at.is_(None)),
    )
    if any(not any(path.startswith(other) for other in kept) for path in reached):
        raise LastAdministrator


def _administered(*conditions: sa.ColumnElement[bool]) -> list[str]:
    """Paths at which such grants of the administrator's role hold today."""
    today = clock.now().date()
    query = (
        sa.select(OrgNode.path)
        .join(RoleGrant, RoleGrant.node_id == OrgNode.id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.since <= today,
            sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= today),
            *conditions,
        )
    )
    return list(session.scalars(query))


def _standing(person_id: str, role: Role, node_id: str, on: date) -> RoleGrant | None:
    return session.scalars(
        sa.select(RoleGrant)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.node_id == node_id,
            RoleGrant.since <= on,
            sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= on),
        )
        .limit(1)
    ).first()
