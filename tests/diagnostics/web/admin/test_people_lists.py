"""«Загрузить из Excel» of people: the columns of the download come back, mistakes first, only one's own places."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.people.models import Membership, OrgNode, Role
from tests.diagnostics.web.admin.test_people_pages import Place
from tests.support import make, office
from tests.support.sign_in import sign_in
from tests.support.spreadsheets import workbook

HEAD = ("ФИО", "Школа", "Код школы", "Должность", "Предмет", "Почта", "Телефон")


@pytest.fixture
def place(in_app: Flask, client: FlaskClient) -> Place:
    return Place(client)


def node_at(node_id: str) -> OrgNode:
    return session.get_one(OrgNode, node_id)


def node_of(at: Place) -> str:
    """The region that the administrator answers for."""
    return node_at(at.school_id).path.split("/")[1]


def send(client: FlaskClient, address: str, *rows: tuple[str, ...]) -> str:
    answer = client.post(address, data={"file": (io.BytesIO(workbook([HEAD, *rows])), "people.xlsx")})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def workers_of(school_id: str) -> int:
    session.expire_all()
    return session.scalar(sa.select(sa.func.count()).where(Membership.node_id == school_id)) or 0


def test_the_list_leads_to_the_upload_and_new_people_come_to_their_schools(
    place: Place, client: FlaskClient
) -> None:
    address = f"/places/{node_of(place)}/people/upload"
    assert f'href="{address}"' in client.get("/admin/people").text
    school = node_at(place.school_id)
    report = send(
        client,
        address,
        ("Новая Ольга Сергеевна", school.name, "", "учитель", "химия", "", ""),
        ("Кто-то Другой", "Нет такой школы", "", "", "", "", ""),
    )
    page = client.get(report).text
    assert "Такой школы нет в базе" in page
    assert workers_of(place.school_id) == 1
    assert client.post(f"{report}/apply").location == "/admin/people"
    assert workers_of(place.school_id) == 2
    assert "Новая Ольга Сергеевна" in client.get("/admin/people").text


def test_what_was_downloaded_comes_back_and_changes_nothing(place: Place, client: FlaskClient) -> None:
    (rows,) = office.xlsx_tables(client.get("/admin/people.xlsx").data)
    working = [tuple(str(cell or "") for cell in row) for row in rows[1:] if row[2]]
    report = send(client, f"/places/{node_of(place)}/people/upload", *(row[:7] for row in working))
    client.post(f"{report}/apply")
    assert workers_of(place.school_id) == 1


def test_the_rows_that_are_ready_can_be_taken_away_too(place: Place, client: FlaskClient) -> None:
    school = node_at(place.school_id)
    report = send(
        client,
        f"/places/{node_of(place)}/people/upload",
        ("=1+1 Ольга", school.name, "", "", "", "", ""),
        ("Новая Ольга", school.name, "", "", "", "", ""),
    )
    (rows,) = office.xlsx_tables(client.get(f"{report}?excel=good").data)
    assert rows[0][:3] == ["Строка", "ФИО", "Школа"]
    assert rows[-1][:2] == [3, "Новая Ольга"]


def test_another_region_is_not_there(place: Place, client: FlaskClient) -> None:
    assert client.get(f"/places/{place.foreign_id}/people/upload").status_code == 404
    content = io.BytesIO(workbook([HEAD]))
    answer = client.post(f"/places/{place.foreign_id}/people/upload", data={"file": (content, "a.xlsx")})
    assert answer.status_code == 404


def test_a_school_of_another_region_is_unknown_to_the_list(place: Place, client: FlaskClient) -> None:
    foreign = node_at(place.foreign_id)
    report = send(
        client, f"/places/{node_of(place)}/people/upload", ("Новая Ольга", foreign.name, "", "", "", "", "")
    )
    assert "Такой школы нет в базе" in client.get(report).text


@pytest.mark.parametrize("role", [Role.TRAINER, Role.SCHOOL_LEAD, Role.REGIONAL_COORDINATOR])
def test_who_administers_nothing_may_not_load_people(place: Place, client: FlaskClient, role: Role) -> None:
    other = make.staff(role, node_at(place.school_id), "Другая Анна")
    session.commit()
    sign_in(client, other.id)
    assert client.get(f"/places/{place.school_id}/people/upload").status_code in {403, 404}
