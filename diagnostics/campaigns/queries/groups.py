"""Groups of learners: how far each is, and who is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, CampaignState, Seat, SeatState, Wave, WaveKind
from diagnostics.campaigns.places import Standing, standings
from diagnostics.campaigns.queries.audience import full_name
from diagnostics.campaigns.queries.overview import CampaignView, campaign
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.people.models import Group, GroupMember, OrgNode, PersonalData


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with its newest diagnosis, if there is one."""

    id: str
    title: str
    node_id: str
    place: str
    trainer_id: str
    tutor_id: str | None
    members: int
    created_at: datetime
    campaign: CampaignView | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a group today; states are of the newest diagnosis, None where there is no seat."""

    person_id: str
    full_name: str
    email: str | None
    phone: str | None
    school: str
    school_code: str
    position: str
    subject: str
    entry: SeatState | None
    exit: SeatState | None


def group(group_id: str) -> GroupView:
    found = _views(Group.id == group_id)
    if not found:
        raise Missing
    return found[0]


def groups(scope: Iterable[str], *, person_id: str | None = None) -> list[GroupView]:
    """Open groups at places under `scope`, and those that `person_id` trains or tutors; newest first."""
    reach: list[sa.ColumnElement[bool]] = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if person_id is not None:
        reach += [Group.trainer_id == person_id, Group.tutor_id == person_id]
    return _views(sa.or_(*reach), Group.closed_at.is_(None)) if reach else []


def members(group_id: str) -> list[Member]:
    """Everybody in the group now, by name."""
    view = group(group_id)
    people = session.execute(
        sa.select(PersonalData)
        .join(GroupMember, GroupMember.person_id == PersonalData.person_id)
        .where(GroupMember.group_id == group_id, GroupMember.until.is_(None))
        .order_by(PersonalData.sort_name)
    ).scalars()
    data = list(people)
    places = standings([one.person_id for one in data], clock.now().date())
    nodes = _nodes(place.school_id for place in places.values())
    states = _states(view.campaign.id) if view.campaign else {}
    return [_member(one, places.get(one.person_id, Standing()), nodes, states) for one in data]


def _member(
    data: PersonalData,
    place: Standing,
    nodes: dict[str, OrgNode],
    states: dict[tuple[str, WaveKind], SeatState],
) -> Member:
    node = nodes.get(place.school_id or "")
    return Member(
        person_id=data.person_id,
        full_name=full_name(data),
        email=data.email,
        phone=data.phone,
        school=node.short_name if node else "",
        school_code=(node.code or "") if node else "",
        position=place.position,
        subject=place.subject,
        entry=states.get((data.person_id, WaveKind.ENTRY)),
        exit=states.get((data.person_id, WaveKind.EXIT)),
    )


def _views(*conditions: sa.ColumnElement[bool]) -> list[GroupView]:
    counts = (
        sa.select(GroupMember.group_id, sa.func.count().label("number"))
        .where(GroupMember.until.is_(None))
        .group_by(GroupMember.group_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(Group, OrgNode.short_name, counts.c.number)
        .join(OrgNode, OrgNode.id == Group.node_id)
        .outerjoin(counts, counts.c.group_id == Group.id)
        .where(*conditions)
        .order_by(Group.created_at.desc(), Group.id)
    ).all()
    newest = _newest([row[0].id for row in rows])
    return [_view(found, place, number or 0, newest.get(found.id)) for found, place, number in rows]


def _view(found: Group, place: str, number: int, of_campaign: str | None) -> GroupView:
    return GroupView(
        id=found.id,
        title=found.title,
        node_id=found.node_id,
        place=place,
        trainer_id=found.trainer_id,
        tutor_id=found.tutor_id,
        members=number,
        created_at=found.created_at,
        campaign=campaign(of_campaign) if of_campaign else None,
    )


def _newest(group_ids: list[str]) -> dict[str, str]:
    """Group → its newest diagnosis that was not called off."""
    rows = session.execute(
        sa.select(Campaign.group_id, Campaign.id)
        .where(Campaign.group_id.in_(group_ids), Campaign.state != CampaignState.WITHDRAWN)
        .order_by(Campaign.created_at, Campaign.id)
    )
    return {group_id: campaign_id for group_id, campaign_id in rows if group_id is not None}


def _nodes(ids: Iterable[str | None]) -> dict[str, OrgNode]:
    wanted = {id_ for id_ in ids if id_}
    return {node.id: node for node in session.scalars(sa.select(OrgNode).where(OrgNode.id.in_(wanted)))}


def _states(campaign_id: str) -> dict[tuple[str, WaveKind], SeatState]:
    rows = session.execute(
        sa.select(Seat.respondent_id, Wave.kind, Seat.state)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(Wave.campaign_id == campaign_id, Seat.respondent_id.is_not(None))
    )
    return {(person_id, kind): state for person_id, kind, state in rows if person_id is not None}
