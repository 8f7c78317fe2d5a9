from __future__ import annotations

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.errors import FieldRefused
from diagnostics.people.actions import accounts, roles
from diagnostics.people.errors import LastAdministrator
from diagnostics.people.models import Role
from diagnostics.people.queries.actors import roles_of
from tests.support import make


def _roles(person_id: str) -> set[Role]:
    return {one.role for one in roles_of(person_id, clock.now().date())}


def test_a_granted_role_holds_at_once_and_an_ended_one_no_more(in_app: Flask) -> None:
    region, person = make.region(), make.person()
    granted = roles.grant(person_id=person.id, role=Role.TUTOR, node_id=region.id, actor_id=None)
    assert _roles(person.id) == {Role.TUTOR}
    roles.end(granted.id, actor_id=None)
    assert _roles(person.id) == set()


def test_the_same_role_is_granted_once(in_app: Flask) -> None:
    region, person = make.region(), make.person()
    first = roles.grant(person_id=person.id, role=Role.TUTOR, node_id=region.id, actor_id=None)
    again = roles.grant(person_id=person.id, role=Role.TUTOR, node_id=region.id, actor_id=None)
    assert first.id == again.id


def test_nobody_is_made_anonymous_by_name(in_app: Flask) -> None:
    with pytest.raises(FieldRefused, match="role_of_nobody"):
        roles.grant(person_id=make.person().id, role=Role.ANONYMOUS, node_id=make.region().id, actor_id=None)


def _administrator_grant(person_id: str, node_id: str) -> str:
    return roles.grant(person_id=person_id, role=Role.ADMINISTRATOR, node_id=node_id, actor_id=None).id


def test_the_last_administrator_stays(in_app: Flask) -> None:
    region = make.region()
    only = make.staff(Role.ADMINISTRATOR, region)
    with pytest.raises(LastAdministrator):
        roles.end(_administrator_grant(only.id, region.id), actor_id=None)


def test_one_of_two_administrators_may_go(in_app: Flask) -> None:
    region = make.region()
    first, _second = make.staff(Role.ADMINISTRATOR, region), make.staff(Role.ADMINISTRATOR, region)
    roles.end(_administrator_grant(first.id, region.id), actor_id=None)
    assert _roles(first.id) == set()


def test_an_administrator_without_a_way_in_does_not_count(in_app: Flask) -> None:
    region = make.region()
    first, second = make.staff(Role.ADMINISTRATOR, region), make.staff(Role.ADMINISTRATOR, region)
    accounts.close_account(second.id, actor_id=None)
    with pytest.raises(LastAdministrator):
        roles.end(_administrator_grant(first.id, region.id), actor_id=None)


def test_an_administrator_of_one_school_does_not_replace_the_one_of_the_region(in_app: Flask) -> None:
    region = make.region()
    school = make.school(region)
    first = make.staff(Role.ADMINISTRATOR, region)
    make.staff(Role.ADMINISTRATOR, school)
    with pytest.raises(LastAdministrator):
        roles.end(_administrator_grant(first.id, region.id), actor_id=None)


def test_the_administrator_of_a_school_may_go_while_the_region_has_one(in_app: Flask) -> None:
    region = make.region()
    school = make.school(region)
    make.staff(Role.ADMINISTRATOR, region)
    below = make.staff(Role.ADMINISTRATOR, school)
    roles.end(_administrator_grant(below.id, school.id), actor_id=None)
    assert _roles(below.id) == set()
