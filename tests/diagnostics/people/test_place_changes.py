from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from diagnostics.database import session
from diagnostics.errors import Conflict, FieldRefused, Missing
from diagnostics.people.actions import memberships, places
from diagnostics.people.models import NodeKind, OrgNode
from tests.support import make


def _path(node: OrgNode) -> str:
    session.refresh(node)
    return node.path


def test_a_place_stands_below_its_parent(in_app: Flask) -> None:
    region = make.region()
    town = places.create(
        kind=NodeKind.MUNICIPALITY, parent_id=region.id, name="Район", code="007", actor_id=None
    )
    assert town.path == f"{region.path}{town.id}/"
    assert (town.short_name, town.code) == ("Район", "007")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": NodeKind.REGION}, "parent_unfit"),
        ({"kind": NodeKind.SCHOOL, "parent_id": None}, "parent_unfit"),
        ({"name": " "}, "value_empty"),
        ({"zone": "Europe/Atlantis"}, "zone_unknown"),
        ({"requisites": {"role": "admin"}}, "unknown_field"),
    ],
)
def test_an_impossible_place_is_refused(in_app: Flask, facts: dict[str, object], code: str) -> None:
    given = {"kind": NodeKind.SCHOOL, "parent_id": make.region().id, "name": "Школа"} | facts
    with pytest.raises(FieldRefused, match=code):
        places.create(**given, actor_id=None)  # type: ignore[arg-type]  # wrong on purpose


def test_two_places_cannot_have_one_code(in_app: Flask) -> None:
    region = make.region()
    make.school(region, code="0123")
    with pytest.raises(Conflict, match="code_taken"):
        places.create(kind=NodeKind.SCHOOL, parent_id=region.id, name="Школа", code="0123", actor_id=None)


def test_a_place_keeps_its_own_code_when_renamed(in_app: Flask) -> None:
    school = make.school(make.region(), code="0123")
    places.rename(school.id, name="Лицей № 1", code="0123", actor_id=None)
    assert (school.name, school.code) == ("Лицей № 1", "0123")


def test_a_moved_place_takes_everything_below_along(in_app: Flask) -> None:
    region = make.region()
    first, second = make.municipality(region), make.municipality(region, "Другой район")
    school, untouched = make.school(first), make.school(second)
    old = _path(untouched)
    other = make.region("Соседняя область")
    assert places.move(first.id, parent_id=other.id, actor_id=None) == 2
    assert _path(first) == f"/{other.id}/{first.id}/"
    assert _path(school) == f"/{other.id}/{first.id}/{school.id}/"
    assert _path(untouched) == old


def test_a_place_moved_to_where_it_is_stays(in_app: Flask) -> None:
    region = make.region()
    assert places.move(make.municipality(region).id, parent_id=region.id, actor_id=None) == 0


def test_a_place_cannot_move_below_itself(in_app: Flask) -> None:
    institute = make.institute(make.region())
    with pytest.raises(FieldRefused, match="parent_unfit"):
        places.move(institute.id, parent_id=institute.id, actor_id=None)


def test_a_place_with_people_or_places_cannot_close(in_app: Flask) -> None:
    town = make.municipality(make.region())
    school = make.school(town)
    teacher = make.person(at=school)
    with pytest.raises(Conflict, match="place_has_places"):
        places.close(town.id, actor_id=None)
    with pytest.raises(Conflict, match="place_has_people"):
        places.close(school.id, actor_id=None)
    assert teacher.id


def test_a_closed_place_takes_nobody_more(in_app: Flask) -> None:
    school = make.school(make.region())
    places.close(school.id, on=date(2026, 6, 30), actor_id=None)
    with pytest.raises(Missing):
        memberships.join(person_id=make.person().id, node_id=school.id, actor_id=None)
