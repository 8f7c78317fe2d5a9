"""People as an administrator finds them: by name, e-mail or place of work, and one person's card."""

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

PAGE = 25
# The login is None where there is no account: an outer join's type does not say so.
Matching = sa.Select[str, PersonalData, str, str | None, Membership, str]


@dataclass(frozen=True, slots=True)
class Found:
    person_id: str
    full_name: str
    place: str
    place_code: str
    position: str
    subject: str
    email: str
    phone: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    people: tuple[Found, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """Number of the first person on the page, from 1."""
        return (self.page - 1) * PAGE + 1


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
    node_id: str
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
    """One page of the people who work under `scope` now and fit every word of the text.

    A word fits by any part of the name, the e-mail or the place's name, or by its whole code; «ё» is «е», capital
    letters are like small ones, «%» and «_» are letters like others.

    Raises
    ------
    DomainError
        `search_too_long` when the text has more than `maximum` characters.
    """
    matching = _matching(tuple(scope), text, maximum)
    total = session.scalar(sa.select(sa.func.count()).select_from(matching.subquery())) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))  # beyond the last page stands the last one
    return FoundPage(_found(matching.limit(PAGE).offset((page - 1) * PAGE)), total, page)


def everybody(scope: Iterable[str], text: str, *, maximum: int = 200) -> tuple[Found, ...]:
    """All whom `search` finds, for a spreadsheet."""
    return _found(_matching(tuple(scope), text, maximum))


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


def _found(query: Matching) -> tuple[Found, ...]:
    return tuple(
        Found(
            person_id,
            _full(data),
            place,
            code or "",
            work.position,
            work.subject,
            data.email or "",
            data.phone or "",
            login is not None,
        )
        for person_id, data, place, code, work, login in session.execute(query)
    )


def _matching(scope: tuple[str, ...], text: str, maximum: int) -> Matching:
    if len(text) > maximum:
        raise DomainError("search_too_long", maximum=maximum)
    places = _places(scope)
    # One line a person: who works at two schools of the scope or teaches two subjects is still one.
    works = (
        sa.select(sa.func.min(Membership.id))
        .join(PersonalData, PersonalData.person_id == Membership.person_id)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(
            _under(scope),
            sa.or_(Membership.until.is_(None), Membership.until >= clock.now().date()),
            *(_fits(word, places) for word in fold(text).split()),
        )
        .group_by(Membership.person_id)
    )
    return (
        sa.select(Person.id, PersonalData, OrgNode.short_name, OrgNode.code, Membership, Account.login)
        .join(PersonalData, PersonalData.person_id == Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .outerjoin(Account, sa.and_(Account.person_id == Person.id, Account.closed_at.is_(None)))
        .where(Membership.id.in_(works))
        .order_by(PersonalData.sort_name, Person.id)
    )


def _fits(word: str, places: list[tuple[str, str, str]]) -> sa.ColumnElement[bool]:
    """Names of places are few and folded here: neither database folds «Ё» by itself."""
    return sa.or_(
        PersonalData.sort_name.contains(word, autoescape=True),
        sa.func.lower(PersonalData.email).contains(word, autoescape=True),
        Membership.node_id.in_([node_id for node_id, words, code in places if word in words or word == code]),
    )


def _places(scope: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(id, folded names, folded code) of every place in the scope."""
    rows = session.execute(
        sa.select(OrgNode.id, OrgNode.name, OrgNode.short_name, OrgNode.code).where(_under(scope))
    )
    return [(node_id, fold(f"{name} {short}"), fold(code or "")) for node_id, name, short, code in rows]


def _under(scope: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(OrgNode.path.startswith(path, autoescape=True) for path in scope))


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
        sa.select(RoleGrant.id, RoleGrant.role, OrgNode.id, OrgNode.name, RoleGrant.since, RoleGrant.until)
        .join(OrgNode, OrgNode.id == RoleGrant.node_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.since.desc(), RoleGrant.id)
    )
    return tuple(Grant(*row) for row in rows)


def _full(data: PersonalData) -> str:
    return " ".join(part for part in (data.surname, data.given_name, data.patronymic) if part)
