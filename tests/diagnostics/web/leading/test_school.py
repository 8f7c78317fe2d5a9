"""`/school`: what the head of a school meets, by role, by school, by day."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest

from diagnostics import clock
from diagnostics.database import session
from diagnostics.people.models import Membership, Role
from tests.diagnostics.web.leading.conftest import Place
from tests.support import make
from tests.support.sign_in import sign_in


def test_the_school_has_its_turnout_routes_and_self_assessment_on_one_page(place: Place) -> None:
    page = place.client.get("/school").text
    for words in (
        "Явка на диагностику",
        "Работа с неуспевающими",
        "Маршруты учителей",
        "Самооценки ещё не было",
    ):
        assert words in page
    assert "Напомнить коллегам: прошли 1 из 4" in page
    assert "Запустить самооценку школы" in page


def test_the_team_sees_the_self_assessment_and_no_names(place: Place) -> None:
    member = place.enter(Role.SCHOOL_TEAM, place.school)
    page = member.get("/school").text
    assert "Самооценка школы" in page
    assert "Явку по именам и маршруты коллег видят директор и его заместитель" in page
    assert "Явка на диагностику" not in page
    assert "Напомнить коллегам" not in page
    for address in (
        place.turnout,
        f"{place.turnout}.xlsx",
        f"{place.home}/routes",
        f"{place.home}/routes.xlsx",
    ):
        assert member.get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_school_without_diagnoses_says_what_comes_next(place: Place) -> None:
    quiet = make.school(place.scene.municipality, "Школа № 3")
    page = place.enter(Role.SCHOOL_LEAD, quiet).get("/school").text
    assert "Учителей вашей школы пока не приглашали на диагностику" in page
    assert "на главной — задача напомнить остальным" in page
    assert "Соколова" not in page


def test_a_director_of_two_schools_goes_from_one_to_the_other(place: Place) -> None:
    second = make.school(place.scene.municipality, "Школа № 3")
    place.grant(Role.SCHOOL_LEAD, second)
    page = place.client.get("/school").text
    assert f'href="/schools/{second.id}"' in page
    other = place.client.get(f"/schools/{second.id}").text
    assert "Учителей вашей школы пока не приглашали" in other
    assert f"/school/sa/new?school={second.id}" in other
    launcher = place.client.get(f"/school/sa/new?school={second.id}").text
    assert f"/school/sa/new?school={second.id}" in launcher
    foreign = make.school(place.scene.municipality, "Школа № 5")
    session.commit()
    assert place.client.get(f"/school/sa/new?school={foreign.id}").status_code in {403, 404}


def test_a_role_that_ended_yesterday_opens_nothing_today(place: Place) -> None:
    grant = place.grant(Role.SCHOOL_TEAM, make.school(place.scene.municipality, "Школа № 3"))
    assert place.client.get(place.turnout).status_code == HTTPStatus.OK
    yesterday = clock.now().date() - timedelta(days=1)
    for one in session.query(make.RoleGrant).filter_by(person_id=place.deputy.id):
        one.until = yesterday
    session.commit()
    assert grant.until == yesterday
    assert place.client.get("/school").status_code == HTTPStatus.FORBIDDEN
    assert place.client.get(place.home).status_code == HTTPStatus.NOT_FOUND
    assert place.client.get(f"{place.turnout}.xlsx").status_code == HTTPStatus.NOT_FOUND
    assert "Напомнить" not in place.client.get("/").text


def test_another_schools_pages_are_not_there(place: Place) -> None:
    other = place.enter(Role.SCHOOL_LEAD, make.school(place.scene.municipality, "Школа № 3"))
    for address in (place.home, place.turnout, f"{place.turnout}.xlsx", f"{place.home}/routes"):
        assert other.get(address).status_code == HTTPStatus.NOT_FOUND
    district = place.scene.municipality.id
    assert other.get(f"/schools/{district}").status_code == HTTPStatus.NOT_FOUND
    assert other.get("/schools/nothing").status_code == HTTPStatus.NOT_FOUND


def test_a_stage_of_another_school_is_not_shown_under_ones_own(place: Place) -> None:
    own = make.school(place.scene.municipality, "Школа № 3")
    other = place.enter(Role.SCHOOL_LEAD, own)
    assert other.get(f"/schools/{own.id}/turnout/{place.scene.entry}").status_code == HTTPStatus.NOT_FOUND


def test_who_moved_away_stays_in_the_list_of_the_school_where_it_began(place: Place) -> None:
    new = make.school(place.scene.municipality, "Школа № 3")
    moved = place.people["Белов"]
    session.query(Membership).filter_by(person_id=moved).one().until = clock.now().date() - timedelta(days=1)
    session.add(Membership(person_id=moved, node_id=new.id, since=clock.now().date()))
    session.commit()
    assert "Белов Борис Ильич" in place.client.get(place.turnout).text
    lead = place.enter(Role.SCHOOL_LEAD, new)
    assert "пока не приглашали" in lead.get("/school").text


def test_a_teacher_of_two_schools_stands_where_the_seat_was_made(place: Place) -> None:
    second = make.school(place.scene.municipality, "Школа № 3")
    both = place.people["Серёгина"]
    session.add(Membership(person_id=both, node_id=second.id, since=clock.now().date()))
    session.commit()
    assert "Серёгина" in place.client.get(place.turnout).text
    assert "пока не приглашали" in place.enter(Role.SCHOOL_LEAD, second).get("/school").text


def test_a_stage_whose_time_is_over_waits_for_the_organiser(place: Place) -> None:
    with clock.frozen(clock.now() + timedelta(days=9)):
        sign_in(place.client, place.deputy.id)
        page = place.client.get("/school").text
    assert "Срок вышел, не прошли: 3" in page
    assert "Продлить срок может организатор" in page
    assert "Напомнить коллегам" not in page


@pytest.mark.parametrize(
    ("address", "here"), [("/school", "Моя школа"), ("/school/sa", "Самооценка школы"), ("/", "Задачи")]
)
def test_one_place_of_the_rail_is_the_current_one(place: Place, address: str, here: str) -> None:
    rail = place.client.get(address).text.split('id="menu"')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="page"><span>([^<]*)<', rail) == [here]
