"""Whose turn it is on a route: the first page of both sides, the tutor's list, the page of the route."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from diagnostics.database import session, writing
from diagnostics.pathways import loading
from diagnostics.pathways.models import RouteState, StepState
from tests.diagnostics.web.coaching.conftest import World
from tests.diagnostics.web.coaching.test_route_pages import text_of


def stand(world: World, route_id: str, state: RouteState, steps: StepState) -> None:
    """The route and all its steps in the given states."""
    with world.app.app_context(), writing():
        loading.route_row(route_id).state = state
        for step in loading.steps_of(route_id):
            step.state = steps
        session.commit()


def home(client: FlaskClient) -> str:
    return text_of(client.get("/").text)


def test_a_running_route_names_its_next_step(world: World, route_id: str, teacher: FlaskClient) -> None:
    stand(world, route_id, RouteState.RUNNING, StepState.NOT_STARTED)
    said = home(teacher)
    assert "Продолжить маршрут" in said
    assert f"Следующий шаг: {text_of(world.route(route_id).steps[0].title)}" in said


def test_a_sent_route_waits_for_the_tutor_and_is_no_link(
    world: World, route_id: str, teacher: FlaskClient
) -> None:
    stand(world, route_id, RouteState.SENT, StepState.NOT_STARTED)
    assert "Пока ждёт других Тьютор смотрит ваш маршрут" in home(teacher)


def test_a_walked_route_waits_for_the_tutors_conclusion_on_both_first_pages(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    stand(world, route_id, RouteState.RUNNING, StepState.CONFIRMED)
    assert "Маршрут пройден, ждём заключения тьютора" in home(teacher)
    assert "Осталось заключение тьютора" in text_of(teacher.get("/me/route").text)
    assert "Завершить 1 маршрут" in home(tutor)
    assert "пройден" in (waiting := text_of(tutor.get("/routes/review?only=waiting").text))
    assert "заключение" in waiting
    page = text_of(tutor.get(f"/routes/{route_id}").text)
    assert page.index("Осталось ваше заключение") < page.index("Шаги маршрута")


def test_evidence_on_review_is_a_task_of_the_tutor(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    stand(world, route_id, RouteState.RUNNING, StepState.ON_REVIEW)
    assert "Посмотреть подтверждения в 1 маршруте" in home(tutor)
    assert "Подтверждения на проверке" in text_of(teacher.get("/me/route").text)


def test_the_tutors_list_is_searched_by_name(world: World, route_id: str, tutor: FlaskClient) -> None:
    stand(world, route_id, RouteState.RUNNING, StepState.NOT_STARTED)
    assert "Соколова" in tutor.get("/routes/review?q=соколова").text.replace('value="соколова"', "")
    assert "Никого не нашли" in tutor.get("/routes/review?q=неизвестная").text
    assert "Сейчас никто не ждёт" in tutor.get("/routes/review?only=waiting").text


def test_what_cannot_be_approved_offers_to_send_it_back(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    for step in world.resource_steps(route_id):
        teacher.post(f"/routes/steps/{step.id}/remove")
    teacher.post(f"/routes/{route_id}/send")
    page = tutor.get(f"/routes/{route_id}").text
    assert "Пока это не решено, утвердить нельзя" in page
    assert f"/routes/{route_id}/approve" not in page
    assert re.search(r"<details[^>]* open><summary>Вернуть с замечанием", page)
