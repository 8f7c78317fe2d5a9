"""Who may mark what: the list of an expert is what the permission allows, text by text."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.access import Actor, Permission, allowed, things
from diagnostics.campaigns.models import Campaign, CampaignState
from diagnostics.database import session
from diagnostics.marking import actions, queries
from diagnostics.marking.errors import ExpertRefused
from diagnostics.people.models import Membership, OrgNode, Role, RoleGrant
from diagnostics.people.queries.actors import roles_of
from tests.support import make
from tests.support.marking import AT_ONCE, Marking, marking


def actor(person_id: str) -> Actor:
    return Actor(person_id=person_id, roles=roles_of(person_id, clock.now().date()))


def listed(person_id: str) -> set[str]:
    return {text_id for one in queries.desk(person_id, AT_ONCE) for text_id in one.waiting}


def may(person_id: str, text_id: str) -> bool:
    return allowed(actor(person_id), Permission.MARKING_MARK, things.marked_text(text_id))


@pytest.fixture
def scene(in_app: Flask) -> Marking:
    return marking(experts=0)


def school_of(scene: Marking) -> OrgNode:
    membership = session.scalars(
        sa.select(Membership.node_id).where(Membership.person_id == scene.place.people[0])
    ).one()
    return session.get_one(OrgNode, membership)


def grant(person_id: str, role: Role, node_id: str) -> None:
    session.add(RoleGrant(person_id=person_id, role=role, node_id=node_id, since=make.LONG_AGO))
    session.flush()


CASES = [
    "stranger", "teaches elsewhere", "works at the institute", "not asked", "asked no more", "role elsewhere",
    "own words", "same school", "director of the school", "coordinator above", "writer moved to my school",
]  # fmt: skip
OPEN = {"stranger", "teaches elsewhere", "works at the institute"}


@pytest.mark.parametrize("case", CASES)
def test_an_expert_meets_only_the_words_of_strangers(scene: Marking, case: str) -> None:
    text_id = scene.text(scene.send()).id
    region = session.get_one(OrgNode, scene.place.region_id)
    school = school_of(scene)
    municipality = session.get_one(OrgNode, school.parent_id)
    other = make.school(municipality, "Школа № 3")
    if case == "not asked":
        person_id = make.staff(Role.EXPERT, region).id
    elif case == "own words":
        person_id = scene.place.people[0]
        grant(person_id, Role.EXPERT, region.id)
        actions.assign(scene.campaign_id, person_id, letter=None, actor_id=scene.owner_id)
    else:
        at = {"teaches elsewhere": other, "same school": school, "writer moved to my school": other}.get(case)
        person_id = scene.expert(at=make.institute(region) if case == "works at the institute" else at)
    if case == "asked no more":
        actions.remove(scene.campaign_id, person_id, actor_id=scene.owner_id)
    if case == "role elsewhere":
        session.execute(sa.delete(RoleGrant).where(RoleGrant.person_id == person_id))
        grant(person_id, Role.EXPERT, make.region("Соседняя область").id)
    if case == "director of the school":
        grant(person_id, Role.SCHOOL_LEAD, school.id)
    if case == "coordinator above":
        grant(person_id, Role.MUNICIPAL_COORDINATOR, municipality.id)
    if case == "writer moved to my school":
        session.add(Membership(person_id=scene.place.people[0], node_id=other.id, since=make.LONG_AGO))
        session.flush()
    assert may(person_id, text_id) is (case in OPEN)
    assert listed(person_id) == ({text_id} if case in OPEN else set())


def test_only_who_holds_the_role_there_can_be_asked(scene: Marking) -> None:
    for role in (Role.TRAINER, Role.METHODOLOGIST):
        person = make.staff(role, session.get_one(OrgNode, scene.place.region_id))
        with pytest.raises(ExpertRefused, match="not_an_expert"):
            actions.assign(scene.campaign_id, person.id, letter=None, actor_id=scene.owner_id)


def test_a_diagnosis_that_was_withdrawn_is_not_marked(scene: Marking) -> None:
    text_id, person_id = scene.text(scene.send()).id, scene.expert()
    assert listed(person_id) == {text_id}
    session.get_one(Campaign, scene.campaign_id).state = CampaignState.WITHDRAWN
    session.flush()
    assert listed(person_id) == set()


def test_a_text_that_somebody_is_marking_is_offered_to_nobody_else(scene: Marking) -> None:
    scene.rule(1)
    text_id = scene.text(scene.send()).id
    first, second = scene.expert("Первая Инна"), scene.expert("Вторая Инна")
    actions.keep_draft(text_id, levels={"cause": 1}, remark="", seen=0, actor_id=first)
    session.flush()
    from_now = queries.desk(second, AT_ONCE)
    assert [one.waiting for one in from_now] == [()]
    assert listed(first) == {text_id}


def test_the_organiser_sees_which_answers_nobody_may_mark(scene: Marking) -> None:
    scene.send()
    scene.expert(at=school_of(scene))
    found = queries.overview(scene.campaign_id)
    assert (found.stuck, found.people[0].barred, found.waiting) == (1, 1, 1)
    scene.expert("Чужая Инна")
    assert queries.overview(scene.campaign_id).stuck == 0
