"""Who is asking: the facts that permission needs, in one statement a sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.identifiers import digest
from diagnostics.people.models import Account, OrgNode, PersonalData, Role, RoleGrant, SignIn


@dataclass(frozen=True, slots=True)
class RoleAt:
    role: Role
    node_id: str
    path: str  # of the node: the role reaches every path that starts with it


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A living sign-in: whose it is and how to greet them."""

    sign_in_id: str
    person_id: str
    name: str  # «Анна Петровна Соколова»
    language: str
    reading: dict[str, str]
    seen_at: datetime


_SIGNED_IN = Prepared(
    sa.select(
        SignIn.id,
        SignIn.person_id,
        SignIn.seen_at,
        Account.language,
        Account.reading,
        PersonalData.given_name,
        PersonalData.patronymic,
        PersonalData.surname,
    )
    .join(Account, Account.person_id == SignIn.person_id)
    .join(PersonalData, PersonalData.person_id == SignIn.person_id)
    .where(
        SignIn.secret_hash == sa.bindparam("hash"),
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > sa.bindparam("now"),
        Account.closed_at.is_(None),
    )
)
_ROLES = Prepared(
    sa.select(RoleGrant.role, RoleGrant.node_id, OrgNode.path)
    .join(OrgNode, OrgNode.id == RoleGrant.node_id)
    .where(
        RoleGrant.person_id == sa.bindparam("person"),
        RoleGrant.since <= sa.bindparam("day"),
        sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= sa.bindparam("day")),
    )
    .order_by(RoleGrant.since, RoleGrant.id)
)


def signed_in(secret: str) -> SignedIn | None:
    """The living sign-in behind a cookie secret; None when revoked, expired, closed or unknown."""
    row = _SIGNED_IN.first(database.connection(), {"hash": digest(secret), "now": clock.now()})
    if row is None:
        return None
    sign_in_id, person_id, seen_at, language, reading, *names = row
    name = " ".join(part for part in names if part)
    return SignedIn(sign_in_id, person_id, name, language, reading or {}, seen_at)


def roles_of(person_id: str, on: date) -> tuple[RoleAt, ...]:
    """The roles that hold on a date, with the paths they reach."""
    rows = _ROLES.all(database.connection(), {"person": person_id, "day": on})
    return tuple(RoleAt(role, node_id, path) for role, node_id, path in rows)


def holders_at(path: str, roles: Iterable[Role]) -> list[str]:
    """People who hold one of the roles today at a place or above it."""
    today = clock.now().date()
    rows = session.execute(
        sa.select(RoleGrant.person_id, OrgNode.path)
        .join(OrgNode, OrgNode.id == RoleGrant.node_id)
        .where(
            RoleGrant.role.in_(list(roles)),
            RoleGrant.since <= today,
            sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= today),
        )
        .order_by(RoleGrant.since, RoleGrant.id)
    )
    return list(dict.fromkeys(person for person, above in rows if path.startswith(above)))
