from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.people.models import Membership, OrgNode, Role
from tests.support import make
from tests.support.sign_in import sign_in


class Town:
    """Two municipalities with a school each, a teacher of the first, an administrator of the region."""

    def __init__(self, client: FlaskClient) -> None:
        region = make.region()
        here, there = make.municipality(region, "Приозёрный район"), make.municipality(region, "Лесной округ")
        school, other = make.school(here, "Школа № 1"), make.school(there, "Школа № 2")
        self.here, self.there, self.school, self.other = here.id, there.id, school.id, other.id
        self.foreign = make.region("Соседняя область").id
        self.teacher = make.person("Семёнова Анна Петровна", at=school, since=date(2022, 9, 1)).id
        administrator = make.staff(Role.ADMINISTRATOR, region).id
        self.work = session.scalars(sa.select(Membership.id)).one()
        session.commit()
        sign_in(client, administrator)
        session.rollback()

    @property
    def move_teacher(self) -> str:
        return f"/admin/people/{self.teacher}/move/{self.work}"


@pytest.fixture
def town(in_app: Flask, client: FlaskClient) -> Town:
    return Town(client)


def test_a_moved_school_stands_below_its_new_municipality(town: Town, client: FlaskClient) -> None:
    address = f"/admin/places/{town.school}/move"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"parent": town.there}).status_code == 302
    session.expire_all()
    school = session.get_one(OrgNode, town.school)
    assert school.path.split("/")[-3:-1] == [town.there, town.school]


def test_a_municipality_does_not_fit_into_a_school(town: Town, client: FlaskClient) -> None:
    page = client.post(f"/admin/places/{town.here}/move", data={"parent": town.other})
    assert page.status_code == 422
    assert "Здесь такая организация стоять не может" in page.text


def test_nothing_moves_out_of_the_administrators_region(town: Town, client: FlaskClient) -> None:
    page = client.post(f"/admin/places/{town.school}/move", data={"parent": town.foreign})
    assert page.status_code == 422


def test_a_teacher_who_moves_keeps_the_years_before(town: Town, client: FlaskClient) -> None:
    assert "Школа № 1" in client.get(town.move_teacher).text
    form = {"place": town.other, "since": "01.09.2026"}
    assert client.post(town.move_teacher, data=form).status_code == 302
    works = session.execute(
        sa.select(Membership.node_id, Membership.since, Membership.until).order_by(Membership.since)
    ).all()
    assert [tuple(one) for one in works] == [
        (town.school, date(2022, 9, 1), date(2026, 8, 31)),
        (town.other, date(2026, 9, 1), None),
    ]


@pytest.mark.parametrize("since", ["31.02.2026", "01.09.2021", "01.01.9999", ""])
def test_an_impossible_first_day_is_said_at_its_field(town: Town, client: FlaskClient, since: str) -> None:
    page = client.post(town.move_teacher, data={"place": town.other, "since": since})
    assert page.status_code == 422
    assert 'id="since-error"' in page.text
    assert session.scalars(sa.select(Membership.until)).all() == [None]


def test_a_move_to_the_same_school_changes_nothing(town: Town, client: FlaskClient) -> None:
    form = {"place": town.school, "since": "01.09.2026"}
    assert client.post(town.move_teacher, data=form).status_code == 409
    assert session.scalars(sa.select(Membership.until)).all() == [None]


def test_the_work_of_somebody_else_is_not_moved_through_this_card(town: Town, client: FlaskClient) -> None:
    assert client.get(f"/admin/people/{town.teacher}/move/00000000000000").status_code == 404
