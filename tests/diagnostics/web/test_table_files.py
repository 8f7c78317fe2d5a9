"""«Скачать в Excel» beside the tables of several rooms: what the page shows, as a workbook."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from tests.support import make, office, papers
from tests.support.papers import Scene
from tests.support.sign_in import sign_in


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
