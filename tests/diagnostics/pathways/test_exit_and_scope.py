from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from diagnostics import access, clock
from diagnostics.access import Actor, Permission, things
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns import queries
from diagnostics.campaigns.models import CampaignState, Seat, WaveKind
from diagnostics.database import session
from diagnostics.pathways import actions
from diagnostics.pathways.models import Route, RouteState, StepKind, StepState
from diagnostics.pathways.queries import lists, views
from diagnostics.pathways.queries.standings import standings
from diagnostics.people.models import Role
from diagnostics.people.queries.actors import roles_of
from tests.support import make
from tests.support.jobs import run_due
from tests.support.routes import SURE, Scene, add_finding
from tests.support.sitting import sit


def another_route(scene: Scene, name: str, tutor_id: str | None = None) -> Route:
    """A second teacher of the same diagnosis with a sent route."""
    person = make.person(name, at=make.school(make.municipality(scene.region, "Озёрный район"), "Школа № 4"))
    wave = queries.campaign(scene.campaign.id).wave(WaveKind.ENTRY)
    assert wave is not None
    campaigns.seat_people(wave.id, [person.id], scene.trainer.id)
    seat = session.query(Seat).filter_by(respondent_id=person.id, wave_id=wave.id).one()
    route = actions.propose(add_finding(seat, scene.campaign, {"METH": SURE}).id, actor_id=person.id)
    route.tutor_id = tutor_id or route.tutor_id
    actions.send(route.id, actor_id=person.id)
    return route


def actor(person_id: str) -> Actor:
    return Actor(person_id=person_id, roles=roles_of(person_id, clock.now().date()))


@pytest.mark.parametrize("colleagues", [0, 1], ids=["alone", "scored together with another"])
def test_the_sent_exit_diagnosis_ends_the_last_step(in_app: Flask, scene: Scene, colleagues: int) -> None:
    route = actions.propose(scene.finding(METH=SURE).id, actor_id=None)
    actions.send(route.id, actor_id=scene.teacher.id)
    actions.approve(route.id, actor_id=scene.tutor.id)
    entry, wave = (queries.campaign(scene.campaign.id).wave(kind) for kind in (WaveKind.ENTRY, WaveKind.EXIT))
    assert entry is not None
    assert wave is not None
    campaigns.open_wave(entry.id, scene.trainer.id)
    campaigns.close_wave(entry.id, scene.trainer.id)
    with clock.frozen(datetime(2027, 4, 21, 9, tzinfo=UTC)):
        others = make.people(
            colleagues, make.school(make.municipality(scene.region, "Озёрный район"), "Школа № 4")
        )
        seated = campaigns.seat_people(wave.id, [scene.teacher.id, *others], scene.trainer.id)
        campaigns.open_wave(wave.id, scene.trainer.id)
        for seat_id in seated.seats.values():
            sit(seat_id, {})
        run_due(in_app)
    last = views.route(route.id).steps[-1]
    assert (last.kind, last.state) == (StepKind.EXIT, StepState.CONFIRMED)
    assert views.route(route.id).state is RouteState.RUNNING


def test_the_queue_lists_exactly_the_routes_that_the_tutor_may_approve(scene: Scene) -> None:
    other = make.staff(Role.TUTOR, scene.region, "Чужих Пётр Ильич")
    first = actions.propose(scene.finding(METH=SURE).id, actor_id=None)
    actions.send(first.id, actor_id=scene.teacher.id)
    routes = [first, another_route(scene, "Дорохов Илья Андреевич", tutor_id=other.id)]
    for tutor in (scene.tutor, other, scene.trainer):
        listed = {one.route_id for one in lists.to_review(tutor.id)}
        may = {
            route.id
            for route in routes
            if access.allowed(actor(tutor.id), Permission.ROUTE_APPROVE, things.route(route.id))
        }
        assert listed == may


def test_the_head_is_shown_exactly_the_routes_whose_state_is_open_to_the_school(scene: Scene) -> None:
    head = make.staff(Role.SCHOOL_LEAD, scene.school, "Орлова Вера Ильинична")
    first = actions.propose(scene.finding(METH=SURE).id, actor_id=None)
    routes = {first.id: "Соколова", another_route(scene, "Дорохов Илья Андреевич").id: "Дорохов"}
    scene.campaign.state = CampaignState.OPEN
    who = actor(head.id)
    found = standings(who.paths(Role.SCHOOL_LEAD))
    listed = {one.person.surname for one in found if one.route}
    may = {
        name
        for route_id, name in routes.items()
        if access.allowed(who, Permission.ROUTE_STATE_READ, things.route(route_id))
    }
    assert listed == may == {"Соколова"}
    assert standings(()) == []
