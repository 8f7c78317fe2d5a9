"""Whom a visitor of the demo may play, and what the demo holds: read for «Кем войти?»."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.people.models import (
    Account,
    GroupMember,
    Membership,
    NodeKind,
    OrgNode,
    PersonalData,
    Role,
)
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo.settle import ANNA, login_of

#: The roles to play, in the order of the page, with the people of the cast.
PLAYED: dict[Role, str] = {
    Role.TEACHER: ANNA,
    Role.TRAINER: "trainer",
    Role.TUTOR: "tutor",
    Role.METHODOLOGIST: "methodologist",
    Role.SCHOOL_LEAD: "deputy-001012",
    Role.REGIONAL_COORDINATOR: "coordinator",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    role: Role
    person_id: str
    name: str  # «Анна Петровна Соколова»
    place: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What the demo is made of; ids of its diagnoses, of the self-assessment of the deputy's school, of a group."""

    schools: int
    teachers: int
    finished_id: str
    open_id: str
    trial_id: str
    school_id: str
    group_id: str


def visitors() -> tuple[Visitor, ...]:
    """Everyone who can be played, in the order of `PLAYED`; none in a base that is not the demo."""
    logins = {login_of(code): role for role, code in PLAYED.items()}
    rows = session.execute(
        sa.select(Account.login, PersonalData, OrgNode.short_name)
        .join(PersonalData, PersonalData.person_id == Account.person_id)
        .join(Membership, Membership.person_id == Account.person_id)
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(Account.login.in_(logins), Membership.until.is_(None))
    )
    found = {
        logins[login]: Visitor(
            logins[login],
            data.person_id,
            " ".join(part for part in (data.given_name, data.patronymic, data.surname) if part),
            place,
        )
        for login, data, place in rows
    }
    return tuple(found[role] for role in PLAYED if role in found)


def holding() -> Holding:
    schools = session.scalar(
        sa.select(sa.func.count()).select_from(OrgNode).where(OrgNode.kind == NodeKind.SCHOOL)
    )
    teachers = session.scalar(sa.select(sa.func.count(sa.distinct(GroupMember.person_id))))
    finished_id = marks.value_of("demo_finished") or ""
    group_id = session.scalar(sa.select(Campaign.group_id).where(Campaign.id == finished_id))
    return Holding(
        schools=schools or 0,
        teachers=teachers or 0,
        finished_id=finished_id,
        open_id=marks.value_of("demo_open") or "",
        trial_id=marks.value_of("demo_trial") or "",
        school_id=marks.value_of("demo_school_differing") or "",
        group_id=group_id or "",
    )
