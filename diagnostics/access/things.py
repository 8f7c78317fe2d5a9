"""Objects as permission sees them: one narrow query each; a missing row raises Missing."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics import clock, database
from diagnostics.access.actor import Thing
from diagnostics.campaigns.models import Campaign, CampaignPurpose, Privacy, Seat, Wave
from diagnostics.catalogue.draft_models import Draft
from diagnostics.database import Json, session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding
from diagnostics.improvement.queries import opening
from diagnostics.jobs.models import Job
from diagnostics.marking import queries as marking
from diagnostics.pathways.models import Route
from diagnostics.people.models import Group, Membership, OrgNode
from diagnostics.people.queries import consents
from diagnostics.people.queries.actors import roles_of

SCHOOL = aliased(OrgNode)


def node(node_id: str) -> Thing:
    found = session.get(OrgNode, node_id)
    if found is None:
        raise Missing
    return Thing(kind="node", id=found.id, path=found.path, school_path=found.path)


def person(person_id: str) -> Thing:
    """A person stands at every place where they work now; who works nowhere any more, at the last one."""
    today = clock.now().date()
    works = session.execute(
        sa.select(OrgNode.path, sa.or_(Membership.until.is_(None), Membership.until >= today))
        .join(Membership, Membership.node_id == OrgNode.id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.until.is_not(None), Membership.until.desc(), Membership.since.desc())
    ).all()
    if not works:
        raise Missing
    now = [path for path, is_current in works if is_current]
    first, *others = now or [works[0][0]]
    return Thing(
        kind="person",
        id=person_id,
        path=first,
        more_paths=tuple(others),
        role_paths=tuple(one.path for one in roles_of(person_id, today)),
        school_path=first,
        person_id=person_id,
    )


def group(group_id: str) -> Thing:
    row = session.execute(
        sa.select(Group, OrgNode.path).join(OrgNode, OrgNode.id == Group.node_id).where(Group.id == group_id)
    ).first()
    if row is None:
        raise Missing
    found, path = row
    return Thing(kind="group", id=found.id, path=path, owner_id=found.trainer_id, tutor_id=found.tutor_id)


def campaign(campaign_id: str) -> Thing:
    """A diagnosis of persons; a school's self-assessment has doors of its own and is Missing here."""
    return _campaign(campaign_id, CampaignPurpose.DIAGNOSIS)


def self_assessment(campaign_id: str) -> Thing:
    """A school's self-assessment: it belongs to the school, not to whoever launched it."""
    thing = _campaign(campaign_id, CampaignPurpose.SELF_ASSESSMENT)
    return dataclasses.replace(thing, kind="self_assessment", owner_id=None, school_path=thing.path)


def zones(campaign_id: str) -> Thing:
    """Zones of a school as those above it may meet them."""
    thing = self_assessment(campaign_id)
    return dataclasses.replace(thing, kind="zones", opened_by_school=opening(campaign_id).is_open)


def _campaign(campaign_id: str, purpose: CampaignPurpose) -> Thing:
    row = session.execute(
        sa.select(Campaign, OrgNode.path)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .where(Campaign.id == campaign_id, Campaign.purpose == purpose)
    ).first()
    if row is None:
        raise Missing
    found, path = row
    return _campaign_thing("campaign", found.id, found, path)


def seat(seat_id: str) -> Thing:
    return _seat_thing("seat", seat_id, seat_id)


def finding(finding_id: str) -> Thing:
    seat_id = session.scalar(sa.select(Finding.seat_id).where(Finding.id == finding_id))
    if seat_id is None:
        raise Missing
    return _seat_thing("finding", finding_id, seat_id)


def route(route_id: str) -> Thing:
    row = session.execute(
        sa.select(Route, Campaign, OrgNode.path)
        .join(Campaign, Campaign.id == Route.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .where(Route.id == route_id)
    ).first()
    if row is None:
        raise Missing
    found, of_campaign, path = row
    school_path = session.scalar(
        sa.select(OrgNode.path)
        .join(Seat, Seat.school_id == OrgNode.id)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(Wave.campaign_id == found.campaign_id, Seat.respondent_id == found.person_id)
        .order_by(Wave.opens_at)  # where the route began: who moves later stays in that school's list
        .limit(1)
    )
    thing = _campaign_thing(
        "route", found.id, of_campaign, path, person_id=found.person_id, school_path=school_path
    )
    return thing if found.tutor_id is None else _with_tutor(thing, found.tutor_id)


def draft(draft_id: str) -> Thing:
    """A work or a framework that is being written, at the place of its authors."""
    row = session.execute(
        sa.select(Draft.created_by, OrgNode.path)
        .join(OrgNode, OrgNode.id == Draft.node_id)
        .where(Draft.id == draft_id)
    ).first()
    if row is None:
        raise Missing
    return Thing(kind="draft", id=draft_id, path=row.path, owner_id=row.created_by)


def job(job_id: str) -> Thing:
    found = session.get(Job, job_id)
    if found is None:
        raise Missing
    return Thing(kind="job", id=found.id, owner_id=found.asker_id)


def file(file_id: str) -> Thing:
    found = session.get(StoredFile, file_id)
    if found is None:
        raise Missing
    return Thing(kind="file", id=found.id, owner_id=found.owner_id)


def marked_text(text_id: str) -> Thing:
    """An answer that experts mark: whose it is never travels, only who may mark it."""
    facts = marking.facts_of(text_id)
    return Thing(
        kind="marked_text",
        id=text_id,
        path=facts.path,
        campaign_id=facts.campaign_id,
        marker_ids=marking.markers_of(facts),
    )


class _Facts(NamedTuple):
    """Of a campaign, what a thing tells of it."""

    id: str
    owner_id: str | None
    tutor_id: str | None
    privacy: Privacy
    visibility: Json


_PLACE = aliased(OrgNode)
_SEAT = Prepared(
    sa.select(
        Seat.respondent_id,
        _PLACE.path,
        SCHOOL.path,
        Campaign.id,
        Campaign.owner_id,
        Campaign.tutor_id,
        Campaign.privacy,
        Campaign.visibility,
    )
    .select_from(Seat)
    .join(Wave, Wave.id == Seat.wave_id)
    .join(Campaign, Campaign.id == Wave.campaign_id)
    .join(_PLACE, _PLACE.id == Campaign.node_id)
    .outerjoin(SCHOOL, SCHOOL.id == Seat.school_id)
    .where(Seat.id == sa.bindparam("seat"))
)


def _seat_thing(kind: str, thing_id: str, seat_id: str) -> Thing:
    row = _SEAT.first(database.written(), {"seat": seat_id})
    if row is None:
        raise Missing
    person_id, path, school_path, *facts = row
    return _campaign_thing(
        kind, thing_id, _Facts(*facts), path, person_id=person_id, seat_id=seat_id, school_path=school_path
    )


def _campaign_thing(
    kind: str,
    thing_id: str,
    found: Campaign | _Facts,
    path: str,
    *,
    person_id: str | None = None,
    seat_id: str | None = None,
    school_path: str | None = None,
) -> Thing:
    named = found.privacy is Privacy.NAMED and not (person_id and consents.has_withdrawn(person_id))
    to_tutor = named and bool(found.visibility.get("levels_to_tutor"))
    to_school = named and person_id is not None and bool(found.visibility.get("levels_to_school"))
    return Thing(
        kind=kind,
        id=thing_id,
        path=path,
        owner_id=found.owner_id,
        tutor_id=found.tutor_id,
        person_id=person_id,
        campaign_id=found.id,
        seat_id=seat_id,
        school_path=school_path or "",
        levels_to_tutor=to_tutor,
        stage_to_school=to_tutor,
        # The diagnosis may allow it; the person still has to, by a box of the consent.
        levels_to_school=to_school and bool(consents.who_allows("levels_to_school", [person_id or ""])),
    )


def _with_tutor(thing: Thing, tutor_id: str) -> Thing:
    return dataclasses.replace(thing, tutor_id=tutor_id)
