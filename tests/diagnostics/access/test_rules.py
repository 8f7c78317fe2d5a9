"""Predicates and the table, without a database: who may, as far as an object goes."""

from __future__ import annotations

import pytest

from diagnostics.access import NOBODY, Actor, Forbidden, Permission, Thing, allowed, require
from diagnostics.errors import Missing
from diagnostics.people.models import Role
from diagnostics.people.queries.actors import RoleAt

REGION, SCHOOL, OTHER = "/r/", "/r/m/s/", "/q/"
CAMPAIGN = Thing(kind="campaign", id="c", path="/r/i/", owner_id="trainer", tutor_id="tutor", campaign_id="c")
RESULT = Thing(
    kind="finding",
    id="f",
    path="/r/i/",
    owner_id="trainer",
    tutor_id="tutor",
    person_id="teacher",
    campaign_id="c",
    seat_id="seat",
    school_path=SCHOOL,
    levels_to_tutor=True,
)


def person(name: str, *roles: tuple[Role, str]) -> Actor:
    return Actor(person_id=name, roles=tuple(RoleAt(role, path, path) for role, path in roles))


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (person("teacher"), True),
        (person("another"), False),
        (person("tutor"), True),
        (person("another tutor", (Role.TUTOR, REGION)), False),
        (person("trainer", (Role.TRAINER, REGION)), True),
        (person("another trainer", (Role.TRAINER, REGION)), False),
        (person("director", (Role.SCHOOL_LEAD, SCHOOL)), False),
        (person("coordinator", (Role.REGIONAL_COORDINATOR, REGION)), False),
        (person("administrator", (Role.ADMINISTRATOR, REGION)), False),
        (Actor(link_seat_id="seat", link_person_id="teacher", link_campaign_id="c"), True),
        (Actor(link_seat_id="other", link_person_id="teacher", link_campaign_id="c"), False),
        (NOBODY, False),
    ],
)
def test_a_persons_result_is_read_by_the_person_the_consented_tutor_and_the_trainer_only(
    actor: Actor, may: bool
) -> None:
    assert allowed(actor, Permission.RESULT_READ, RESULT) is may


def test_a_tutor_without_consent_to_levels_reads_no_result() -> None:
    closed = Thing(kind="finding", id="f", tutor_id="tutor", person_id="teacher", levels_to_tutor=False)
    assert not allowed(person("tutor"), Permission.RESULT_READ, closed)


@pytest.mark.parametrize(
    ("path", "may"), [("/r/i/", True), ("/r/", True), ("/r/i/deeper/", False), (OTHER, False), ("", False)]
)
def test_a_role_reaches_its_place_and_everything_below(path: str, may: bool) -> None:
    methodologist = person("m", (Role.METHODOLOGIST, path))
    assert allowed(methodologist, Permission.CAMPAIGN_READ, CAMPAIGN) is may


def test_an_object_without_a_place_is_reached_by_no_role() -> None:
    assert not allowed(
        person("a", (Role.ADMINISTRATOR, "/")), Permission.ADMIN_PEOPLE, Thing(kind="node", id="n")
    )


def test_a_link_opens_only_its_own_route() -> None:
    route = Thing(kind="route", id="r", person_id="teacher", campaign_id="c")
    assert allowed(
        Actor(link_seat_id="s", link_person_id="teacher", link_campaign_id="c"), Permission.ROUTE_EDIT, route
    )
    assert not allowed(
        Actor(link_seat_id="s", link_person_id="teacher", link_campaign_id="d"), Permission.ROUTE_EDIT, route
    )


def test_a_strangers_object_is_hidden_and_a_closed_screen_is_named() -> None:
    with pytest.raises(Missing):
        require(person("another"), Permission.RESULT_READ, RESULT)
    with pytest.raises(Forbidden):
        require(person("another"), Permission.CAMPAIGN_CREATE)


def test_demo_doors_are_shut_outside_the_demo() -> None:
    assert not allowed(person("a", (Role.ADMINISTRATOR, "/")), Permission.DEMO)
    assert allowed(Actor(demo=True), Permission.DEMO)
