"""People as an administrator finds them: by name under a place, and one person's card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import DomainError, Missing
from diagnostics.people.models import (
    Account,
    Membership,
    OrgNode,
    Person,
    PersonalData,
    PersonState,
    Role,
    RoleGrant,
)
from diagnostics.people.names import fold

PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    person_id: str
    full_name: str
    place: str
    position: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    people: tuple[Found, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Work:
    membership_id: str
    node_id: str
    place: str
    position: str
    subject: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Grant:
    grant_id: str
    role: Role
    place: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Card:
    person_id: str
    full_name: str
    email: str | None
    phone: str | None
    login: str | None
    works: tuple[Work, ...]
    grants: tuple[Grant, ...]


def search(scope: Iterable[str], text: str, *, page: int = 1, maximum: int = 200) -> FoundPage:
    """People who work under `scope` now, by any part of the name; «%» and «_» are letters like others.

    Raises
    ------
    DomainError
        `search_too_long` when the text has more than `maximum` characters.
    """
    if len(text) > maximum:
        raise DomainError("search_too_long", maximum=maximum)
    matching = _matching(tuple(scope), text)
    total = session.scalar(sa.select(sa.func.count()).select_from(matching.subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))  # beyond the last page stands the last one
    rows = session.execute(
        matching.order_by(PersonalData.sort_name, Person.id).limit(PAGE).offset((page - 1) * PAGE)
    )
    people = tuple(
        Found(person_id, _full(data), place, position, login is not None)
        for person_id, data, place, position, login in rows
    )
    return FoundPage(people, total, page)


def card(person_id: str) -> Card:
    """Everything that an administrator may see about one person; Missing when erased or unknown."""
    row = session.execute(
        sa.select(PersonalData, Account.login)
        .join(Person, Person.id == PersonalData.person_id)
        .outerjoin(Account, sa.and_(Account.person_id == Person.id, Account.closed_at.is_(None)))
        .where(PersonalData.person_id == person_id, Person.state == PersonState.ACTIVE)
    ).first()
    if row is None:
        raise Missing
    data, login = row
    return Card(person_id, _full(data), data.email, data.phone, login, _works(person_id), _grants(person_id))


# The login is None where there is no account: an outer join's type does not say so.
def _matching(scope: tuple[str, ...], text: str) -> sa.Select[str, PersonalData, str, str, str]:
    today = clock.now().date()
    under = sa.or_(sa.false(), *(OrgNode.path.startswith(path, autoescape=True) for path in scope))
    # One line a person: who works at two schools of the scope or teaches two subjects is still one.
    works = (
        sa.select(sa.func.min(Membership.id))
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(under, sa.or_(Membership.until.is_(None), Membership.until >= today))
        .group_by(Membership.person_id)
    )
    query = (
        sa.select(Person.id, PersonalData, OrgNode.short_name, Membership.position, Account.login)
        .join(PersonalData, PersonalData.person_id == Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .outerjoin(Account, sa.and_(Account.person_id == Person.id, Account.closed_at.is_(None)))
        .where(Membership.id.in_(works))
    )
    for word in fold(text).split():
        query = query.where(PersonalData.sort_name.contains(word, autoescape=True))
    return query


def _works(person_id: str) -> tuple[Work, ...]:
    rows = session.execute(
        sa.select(
            Membership.id,
            OrgNode.id,
            OrgNode.name,
            Membership.position,
            Membership.subject,
            Membership.since,
            Membership.until,
        )
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.since.desc(), Membership.id)
    )
    return tuple(Work(*row) for row in rows)


def _grants(person_id: str) -> tuple[Grant, ...]:
    rows = session.execute(
        sa.select(RoleGrant.id, RoleGrant.role, OrgNode.name, RoleGrant.since, RoleGrant.until)
        .join(OrgNode, OrgNode.id == RoleGrant.node_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.since.desc(), RoleGrant.id)
    )
    return tuple(Grant(*row) for row in rows)


def _full(data: PersonalData) -> str:
    return " ".join(part for part in (data.surname, data.given_name, data.patronymic) if part)
