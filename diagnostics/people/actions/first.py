"""The first administrator of a real base: a one-time link from the console, used once by whoever holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.config import Limits
from diagnostics.database import moved, session
from diagnostics.errors import Gone, Missing
from diagnostics.identifiers import digest, new_secret
from diagnostics.people import names
from diagnostics.people.actions import accounts, memberships, places, roles
from diagnostics.people.models import (
    Account,
    AccountToken,
    NodeKind,
    OrgNode,
    Person,
    PersonalData,
    Role,
    RoleGrant,
    TokenKind,
)

UNUSED = sa.and_(
    AccountToken.kind == TokenKind.FIRST_ADMINISTRATOR,
    AccountToken.used_at.is_(None),
    AccountToken.revoked_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the holder of the link says of the region and of themselves."""

    region: str
    surname: str
    given_name: str
    patronymic: str
    email: str


def first_administrator_token(limits: Limits) -> str | None:
    """The secret of a new link, valid 14 days; earlier unused ones end. None when somebody can administer."""
    if somebody_administers():
        return None
    now = clock.now()
    before = session.scalar(sa.select(AccountToken.person_id).where(UNUSED).limit(1))
    session.execute(sa.update(AccountToken).where(UNUSED).values(revoked_at=now))
    secret = new_secret()
    session.add(
        AccountToken(
            kind=TokenKind.FIRST_ADMINISTRATOR,
            secret_hash=digest(secret),
            person_id=before or _nameless(),
            created_at=now,
            expires_at=now + timedelta(days=limits.invitation_days),
        )
    )
    session.flush()
    return secret


def somebody_administers() -> bool:
    """Is there an administrator who could sign in today?"""
    today = clock.now().date()
    query = (
        sa.select(RoleGrant.id)
        .join(Account, Account.person_id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.since <= today,
            sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= today),
            Account.closed_at.is_(None),
            Account.password_hash.is_not(None),
        )
    )
    return session.scalar(query.limit(1)) is not None


def first_link(secret: str) -> str:
    """Id of the nameless person behind a living link.

    Raises
    ------
    Missing
        No such link.
    Gone
        `link_used_or_expired`, also when somebody administers already.
    """
    token = session.scalars(
        sa.select(AccountToken).where(
            AccountToken.secret_hash == digest(secret), AccountToken.kind == TokenKind.FIRST_ADMINISTRATOR
        )
    ).first()
    if token is None:
        raise Missing
    over = token.used_at or token.revoked_at or token.expires_at <= clock.now()
    if over or somebody_administers():
        raise Gone("link_used_or_expired")
    return token.person_id


def begin(secret: str, beginning: Beginning, *, password_hash: str) -> str:
    """Use the link up: the region (unless it stands), the person, the role, the account. Returns the person's id.

    Raises
    ------
    FieldRefused
        `value_empty`, `value_too_long`, `bad_character`, `email_wrong`.
    Missing, Gone
        As `first_link`; of two at once one succeeds.
    """
    person_id = first_link(secret)
    used = moved(
        sa.update(AccountToken)
        .where(AccountToken.secret_hash == digest(secret), UNUSED)
        .values(used_at=clock.now())
    )
    if not used:
        raise Gone("link_used_or_expired")
    _name(person_id, beginning)
    region_id = _region(beginning.region, person_id)
    memberships.join(person_id=person_id, node_id=region_id, actor_id=person_id)
    roles.grant(person_id=person_id, role=Role.ADMINISTRATOR, node_id=region_id, actor_id=person_id)
    accounts.open_account(person_id=person_id, login=beginning.email, actor_id=person_id)
    accounts.set_password(person_id, password_hash, actor_id=person_id)
    audit.record("first_administrator.use", actor_id=person_id, kind="person", object_id=person_id)
    return person_id


def _nameless() -> str:
    person = Person(created_at=clock.now())
    session.add(person)
    session.flush()
    return person.id


def _name(person_id: str, told: Beginning) -> None:
    surname = names.clean(told.surname, field="surname")
    given_name = names.clean(told.given_name, field="given_name")
    patronymic = names.clean(told.patronymic, field="patronymic", required=False)
    session.add(
        PersonalData(
            person_id=person_id,
            surname=surname,
            given_name=given_name,
            patronymic=patronymic,
            sort_name=names.sort_name(surname, given_name, patronymic),
        )
    )
    session.flush()


def _region(name: str, actor_id: str) -> str:
    standing = session.scalar(
        sa.select(OrgNode.id).where(OrgNode.parent_id.is_(None), OrgNode.closed_on.is_(None)).limit(1)
    )
    if standing is not None:
        return standing
    return places.create(kind=NodeKind.REGION, parent_id=None, name=name, actor_id=actor_id).id
