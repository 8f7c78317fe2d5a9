from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.people.models import Membership, OrgNode, Person, PersonalData, PersonState, Role, RoleGrant
from tests.support import make
from tests.support.sign_in import sign_in


class Place:
    """One region with a school, a teacher and an administrator who is signed in."""

    def __init__(self, client: FlaskClient) -> None:
        region = make.region()
        school = make.school(make.municipality(region))
        self.school_id = school.id
        self.teacher_id = make.person("Семёнова Анна Петровна", at=school).id
        self.administrator_id = make.staff(Role.ADMINISTRATOR, region, "Панин Игорь Львович").id
        foreign = make.region("Соседняя область")
        self.stranger_id = make.person("Чужая Вера Олеговна", at=make.school(make.municipality(foreign))).id
        self.foreign_id = foreign.id
        session.commit()
        sign_in(client, self.administrator_id)
        session.rollback()


@pytest.fixture
def place(in_app: Flask, client: FlaskClient) -> Place:
    return Place(client)


@pytest.mark.parametrize("asked", ["семенова", "СЕМЁНОВА", "анна семён", "петровн"])
def test_a_person_is_found_by_any_part_of_the_name(place: Place, client: FlaskClient, asked: str) -> None:
    assert "Семёнова Анна Петровна" in client.get("/admin/people", query_string={"q": asked}).text


@pytest.mark.parametrize("asked", ["%", "_", "'", "\\", "Семёнова' OR 1=1"])
def test_signs_of_a_query_language_are_letters_like_others(
    place: Place, client: FlaskClient, asked: str
) -> None:
    page = client.get("/admin/people", query_string={"q": asked})
    assert page.status_code == 200
    assert "Семёнова Анна" not in page.text


def test_people_of_another_region_are_neither_found_nor_opened(place: Place, client: FlaskClient) -> None:
    assert "Чужая" not in client.get("/admin/people?q=Чужая").text.replace('value="Чужая"', "")
    assert client.get(f"/admin/people/{place.stranger_id}").status_code == 404


def test_a_search_that_is_too_long_is_refused_with_words(place: Place, client: FlaskClient) -> None:
    page = client.get("/admin/people?q=" + "а" * 201)
    assert page.status_code == 422
    assert "больше 200 знаков" in page.text


def test_a_person_is_added_with_a_place_of_work(place: Place, client: FlaskClient) -> None:
    form = {"surname": "Крылова", "given_name": "Ольга", "place": place.school_id, "position": "учитель"}
    page = client.post("/admin/people/new", data=form)
    assert page.status_code == 302
    added = session.scalars(sa.select(PersonalData).where(PersonalData.surname == "Крылова")).one()
    kept = session.scalars(sa.select(Membership).where(Membership.person_id == added.person_id)).one()
    assert (kept.node_id, kept.position) == (place.school_id, "учитель")


def test_an_empty_form_names_what_is_missing_and_keeps_what_was_typed(
    place: Place, client: FlaskClient
) -> None:
    page = client.post("/admin/people/new", data={"surname": "Крылова"})
    assert page.status_code == 422
    assert "Напишите имя" in page.text
    assert 'value="Крылова"' in page.text


def test_a_place_outside_ones_own_cannot_be_chosen(place: Place, client: FlaskClient) -> None:
    form = {"surname": "Крылова", "given_name": "Ольга", "place": place.foreign_id}
    assert client.post("/admin/people/new", data=form).status_code == 422
    assert session.scalars(sa.select(PersonalData).where(PersonalData.surname == "Крылова")).all() == []


def test_a_role_is_given_and_taken_back(place: Place, client: FlaskClient) -> None:
    address = f"/admin/people/{place.teacher_id}"
    client.post(f"{address}/role", data={"role-role": "trainer", "role-place": place.school_id})
    grant = session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == place.teacher_id)).one()
    grant_id = grant.id
    assert grant.role is Role.TRAINER
    session.rollback()
    client.post(f"{address}/role/end", data={"grant": grant_id})
    assert session.get_one(RoleGrant, grant_id).until is not None


def test_another_persons_grant_cannot_be_ended_through_this_card(place: Place, client: FlaskClient) -> None:
    grant = session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == place.administrator_id)).one()
    grant_id = grant.id
    session.rollback()
    client.post(f"/admin/people/{place.teacher_id}/role/end", data={"grant": grant_id})
    assert session.get_one(RoleGrant, grant_id).until is None


def test_the_last_administrator_keeps_the_role(place: Place, client: FlaskClient) -> None:
    # An administrator without a place of work is found through the school.
    session.add(
        make.Membership(person_id=place.administrator_id, node_id=place.school_id, since=make.LONG_AGO)
    )
    grant_id = session.scalars(
        sa.select(RoleGrant.id).where(RoleGrant.person_id == place.administrator_id)
    ).one()
    session.commit()
    page = client.post(f"/admin/people/{place.administrator_id}/role/end", data={"grant": grant_id})
    assert page.status_code == 409


def test_an_invitation_shows_its_link_once_and_writes_a_letter(place: Place, client: FlaskClient) -> None:
    page = client.post(f"/admin/people/{place.teacher_id}/invite", data={"email": "anna@example.org"})
    assert page.status_code == 200
    assert "/invite/" in page.text
    assert "Приглашение в систему" in client.get("/outbox").text


def test_erasure_asks_for_the_surname_and_then_removes(place: Place, client: FlaskClient) -> None:
    address = f"/admin/people/{place.teacher_id}/erase"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"surname": "Петрова"}).status_code == 422
    assert session.get_one(Person, place.teacher_id).state is PersonState.ACTIVE
    session.rollback()
    page = client.post(address, data={"surname": "семенова"})
    assert "Данные удалены" in page.text
    session.expire_all()
    assert session.get_one(Person, place.teacher_id).state is PersonState.ERASED
    assert session.get(PersonalData, place.teacher_id) is None


def test_a_place_is_added_below_another(place: Place, client: FlaskClient) -> None:
    municipality = session.get_one(OrgNode, place.school_id).parent_id
    session.rollback()
    form = {"kind": "school", "parent": municipality, "name": "Школа № 40", "code": "0040"}
    assert client.post("/admin/places/new", data=form).status_code == 302
    added = session.scalars(sa.select(OrgNode).where(OrgNode.code == "0040")).one()
    assert added.parent_id == municipality


def test_a_code_that_is_taken_is_said_at_its_field(place: Place, client: FlaskClient) -> None:
    school = session.get_one(OrgNode, place.school_id)
    form = {"kind": "school", "parent": school.parent_id, "name": "Школа № 40", "code": school.code}
    session.rollback()
    assert client.post("/admin/places/new", data=form).status_code == 422


@pytest.mark.parametrize("act", ["place", "role", "invite"])
def test_an_empty_form_on_a_card_comes_back_with_its_mistakes(
    place: Place, client: FlaskClient, act: str
) -> None:
    page = client.post(f"/admin/people/{place.teacher_id}/{act}", data={})
    assert page.status_code == 422
    assert "Семёнова Анна Петровна" in page.text


def test_a_card_shows_where_a_person_works_and_what_the_roles_open(place: Place, client: FlaskClient) -> None:
    page = client.get(f"/admin/people/{place.teacher_id}").text
    assert "Школа № 12" in page
    assert "Ролей нет" in page
