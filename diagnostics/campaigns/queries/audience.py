"""Who can be asked: people at the schools of a region by school and subject, and who may be a tutor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.people.models import (
    GroupMember,
    Membership,
    NodeKind,
    OrgNode,
    Person,
    PersonalData,
    PersonState,
    Role,
    RoleGrant,
)


@dataclass(frozen=True, slots=True)
class Worker:
    person_id: str
    full_name: str
    school_id: str
    school: str
    position: str
    subject: str


@dataclass(frozen=True, slots=True)
class SchoolOffer:
    """A school that has people, with how many work there now."""

    id: str
    name: str
    municipality: str
    people: int


def workers(scope: Iterable[str], school_ids: Collection[str] = (), subject: str = "") -> list[Worker]:
    """People who work now at schools under `scope`; narrowed to schools and to a subject when given."""
    conditions = [*_now(scope)]
    if school_ids:
        conditions.append(OrgNode.id.in_(school_ids))
    if subject:
        conditions.append(Membership.subject == subject)
    rows = session.execute(
        sa.select(PersonalData, OrgNode.id, OrgNode.short_name, Membership.position, Membership.subject)
        .join(Person, Person.id == PersonalData.person_id)
        .join(Membership, Membership.person_id == PersonalData.person_id)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(Person.state == PersonState.ACTIVE, *conditions)
        .order_by(OrgNode.short_name, PersonalData.sort_name)
    )
    return [
        Worker(data.person_id, full_name(data), school_id, school, position, taught)
        for data, school_id, school, position, taught in rows
    ]


def schools_with_people(scope: Iterable[str]) -> list[SchoolOffer]:
    """Schools under `scope` in the order of municipality and name."""
    municipality = sa.orm.aliased(OrgNode)
    rows = session.execute(
        sa.select(
            OrgNode.id,
            OrgNode.short_name,
            municipality.short_name,
            sa.func.count(sa.distinct(Membership.person_id)),
        )
        .join(Membership, Membership.node_id == OrgNode.id)
        .outerjoin(municipality, municipality.id == OrgNode.parent_id)
        .where(*_now(scope))
        .group_by(OrgNode.id, OrgNode.short_name, municipality.short_name)
        .order_by(municipality.short_name, OrgNode.short_name)
    )
    return [SchoolOffer(id_, name, place or "", people) for id_, name, place, people in rows]


def subjects(scope: Iterable[str]) -> list[str]:
    """Subjects taught now at the schools under `scope`."""
    rows = session.scalars(
        sa.select(Membership.subject)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(Membership.subject != "", *_now(scope))
        .distinct()
        .order_by(Membership.subject)
    )
    return list(rows)


def tutors(scope: Iterable[str]) -> list[tuple[str, str]]:
    """(person id, name) of everybody who holds the role of a tutor or trainer under `scope` today."""
    today = clock.now().date()
    rows = session.scalars(
        sa.select(PersonalData)
        .where(
            PersonalData.person_id.in_(
                sa.select(RoleGrant.person_id)
                .join(OrgNode, OrgNode.id == RoleGrant.node_id)
                .where(
                    RoleGrant.role.in_([Role.TUTOR, Role.TRAINER]),
                    RoleGrant.since <= today,
                    sa.or_(RoleGrant.until.is_(None), RoleGrant.until >= today),
                    sa.or_(*(OrgNode.path.startswith(path, autoescape=True) for path in scope)),
                )
            )
        )
        .order_by(PersonalData.sort_name)
    )
    return [(data.person_id, full_name(data)) for data in rows]


def members_of(group_id: str) -> list[str]:
    """Ids of the people who are in a group now."""
    query = sa.select(GroupMember.person_id).where(
        GroupMember.group_id == group_id, GroupMember.until.is_(None)
    )
    return list(session.scalars(query))


def name_of(person_id: str | None) -> str:
    """«Соколова Анна Петровна»; empty for nobody and for an erased person."""
    data = session.get(PersonalData, person_id) if person_id else None
    return full_name(data) if data else ""


def full_name(data: PersonalData) -> str:
    return " ".join(filter(None, (data.surname, data.given_name, data.patronymic)))


def _now(scope: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    today = clock.now().date()
    return [
        OrgNode.kind == NodeKind.SCHOOL,
        sa.or_(sa.false(), *(OrgNode.path.startswith(path, autoescape=True) for path in scope)),
        Membership.since <= today,
        sa.or_(Membership.until.is_(None), Membership.until >= today),
    ]
