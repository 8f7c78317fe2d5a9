"""«Скачать в Excel» beside the tables of several rooms: what the page shows, as a workbook."""

from __future__ import annotations

import base64
import html
import io
import re
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.people.models import NodeKind, OrgNode, Person, Role
from diagnostics.web.spreadsheets import XLSX
from tests.conftest import ROOT
from tests.support import make, office, papers
from tests.support.papers import Scene
from tests.support.sign_in import sign_in

SAMPLES = ROOT / "tests" / "samples"


@pytest.fixture
def scene(in_app: Flask) -> Scene:
    made = papers.scene()
    papers.answer(made)
    papers.route(made, made.people[0])
    session.commit()
    return made


@pytest.fixture
def trainer(scene: Scene, client: FlaskClient) -> FlaskClient:
    sign_in(client, scene.trainer.id)
    return client


def sheets(client: FlaskClient, page: str, address: str) -> list[list[list[object]]]:
    """The page leads to the workbook; its sheets."""
    session.commit()  # the journal of readers writes on a connection of its own
    assert f'href="{address}"' in client.get(page).text
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return office.xlsx_tables(answer.data)


def test_who_needs_what(trainer: FlaskClient, scene: Scene) -> None:
    page = f"/diagnoses/{scene.campaign.id}/needs"
    topics, people = sheets(trainer, page, f"{page}.xlsx")
    assert [row[0] for row in topics[1:]] == people[0][2:-2]
    assert len(people) == 1 + len(scene.people)
    assert str(people[1][0]).startswith("Воробей")


def test_who_needs_what_before_the_first_result_is_missing(client: FlaskClient, in_app: Flask) -> None:
    empty = papers.scene()
    sign_in(client, empty.trainer.id)
    assert client.get(f"/diagnoses/{empty.campaign.id}/needs.xlsx").status_code == 404


def test_routes_of_a_tutor(client: FlaskClient, scene: Scene) -> None:
    sign_in(client, scene.tutor.id)
    queue, guided = sheets(client, "/routes/review", "/routes/review.xlsx")
    assert len(queue) == 1
    assert [row[0] for row in guided[1:]] == ["Соколова Анна Петровна"]


def test_late_answers(trainer: FlaskClient, scene: Scene) -> None:
    answer = trainer.get(f"/diagnoses/{scene.campaign.id}/late.xlsx")
    assert office.xlsx_tables(answer.data)[0][0][0] == "ФИО"


def test_works_in_the_background(trainer: FlaskClient, scene: Scene) -> None:
    trainer.post(f"/waves/{scene.entry}/pack")
    (jobs,) = sheets(trainer, "/jobs", "/jobs.xlsx")
    assert jobs[1][0] == "Пакет документов: Работа с неуспевающими"
    assert jobs[1][3] == "идёт"


def test_tasks_of_a_form_without_keys(trainer: FlaskClient, scene: Scene) -> None:
    version_id, _scoring = make.work()
    page = f"/instruments/{version_id}"
    (tasks,) = sheets(trainer, page, f"{page}/forms/A.xlsx")
    assert [row[0] for row in tasks[1:]] == list(range(1, 25))
    assert tasks[0] == ["№", "Задание", "Общее"]
    assert trainer.get(f"{page}/forms/nothing.xlsx").status_code == 404


def teacher(client: FlaskClient, at: Scene) -> None:
    make.account(session.get_one(Person, at.people[0]))
    sign_in(client, at.people[0])


def table(client: FlaskClient, page: str, table_id: str) -> list[list[object]]:
    """The table leads to its own workbook from wherever the page stands; the rows of that workbook."""
    session.commit()
    shown = client.get(page).text
    found = re.search(rf'href="([^"]*)" aria-describedby="{table_id}-caption"', shown)
    assert found is not None, f"{page}: no link at {table_id}"
    answer = client.get(page.partition("?")[0] + html.unescape(found[1]))
    assert answer.mimetype == XLSX
    assert "attachment" in answer.headers["Content-Disposition"]
    (rows,) = office.xlsx_tables(answer.data)
    return rows


def test_own_history_has_days_and_no_column_of_links(client: FlaskClient, scene: Scene) -> None:
    papers.agree(papers.publish_consent(scene), scene.people[0])
    teacher(client, scene)
    rows = table(client, "/me/history", "history")
    assert rows[0] == ["Дата", "Что", "О чём"]
    assert len(rows) > 1
    assert all(isinstance(row[0], datetime) for row in rows[1:])


def test_the_card_of_a_person(client: FlaskClient, scene: Scene) -> None:
    region = session.scalars(sa.select(OrgNode).where(OrgNode.kind == NodeKind.REGION)).one()
    sign_in(client, make.staff(Role.ADMINISTRATOR, region).id)
    page = f"/admin/people/{scene.people[0]}"
    head, work = table(client, page, "works")
    assert head == ["Организация", "Должность", "Предмет", "С", "По"]
    assert isinstance(work[3], datetime)
    assert work[4] == "сейчас"
    assert table(client, page, "roles")[0] == ["Роль", "Где", "Что увидит", "По"]
    assert table(client, "/admin/health", "health")[0] == ["Что", "Сейчас", "Состояние", "Что сделать"]


@pytest.mark.parametrize(
    ("page", "table_id", "head"),
    [
        ("papers", "papers", ["Документ", "Состояние"]),
        ("people/add?all=1", "found", ["ФИО", "Школа", "Должность", "Предмет"]),
        ("consents", "papers", ["ФИО", "Согласие"]),
    ],
)
def test_pages_of_a_diagnosis(
    trainer: FlaskClient, scene: Scene, page: str, table_id: str, head: list[str]
) -> None:
    if page == "consents":
        papers.publish_consent(scene)
    rows = table(trainer, f"/diagnoses/{scene.campaign.id}/{page}", table_id)
    assert rows[0] == head
    assert len(rows) > len(scene.people) or table_id == "papers"


def test_the_search_of_the_page_is_the_search_of_the_file(trainer: FlaskClient, scene: Scene) -> None:
    school = session.scalars(sa.select(OrgNode.id).where(OrgNode.kind == NodeKind.SCHOOL)).first()
    shown = trainer.get(f"/diagnoses/{scene.campaign.id}/people/add?all=1&schools={school}&subject=").text
    assert f'href="?all=1&amp;schools={school}&amp;subject=&amp;excel=found"' in shown


def test_a_table_that_is_not_there_is_missing(trainer: FlaskClient, scene: Scene) -> None:
    for address in (
        "/?excel=nothing",
        f"/diagnoses/{scene.campaign.id}/papers?excel=",
        "/groups?excel=papers",
    ):
        assert trainer.get(address).status_code == 404


def test_who_may_not_see_the_page_may_not_have_its_table(client: FlaskClient, scene: Scene) -> None:
    address = f"/diagnoses/{scene.campaign.id}/papers?excel=papers"
    teacher(client, scene)
    assert client.get(address).status_code in {403, 404}


def test_a_stranger_is_asked_to_sign_in_first(client: FlaskClient, scene: Scene) -> None:
    answer = client.get(f"/diagnoses/{scene.campaign.id}/papers?excel=papers")
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_a_table_told_in_answer_to_a_form_holds_its_workbook_itself(
    client: FlaskClient, in_app: Flask
) -> None:
    methodologist = make.staff(Role.METHODOLOGIST, make.institute(make.region())).id
    session.commit()
    sign_in(client, methodologist)
    broken = (SAMPLES / "broken" / "instrument-item-code-repeated.yaml").read_bytes()
    files = {"instrument": (io.BytesIO(broken), "work.yaml"), "scoring": (io.BytesIO(broken), "keys.yaml")}
    page = client.post("/instruments/publish", data=files).text
    found = re.search(
        r'href="data:[^;]+;base64,([^"]+)" aria-describedby="problems-caption" download="', page
    )
    assert found is not None
    (rows,) = office.xlsx_tables(base64.b64decode(html.unescape(found[1])))
    assert rows[0] == ["Файл", "Где", "Строка файла", "Что не так", "Важность"]
    assert len(rows) > 1
