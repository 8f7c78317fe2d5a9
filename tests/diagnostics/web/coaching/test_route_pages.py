from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session, writing
from diagnostics.pathways.models import RouteState
from diagnostics.people.models import Role
from tests.diagnostics.web.coaching.conftest import World
from tests.support.routes import FEW, SURE


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")


def test_before_a_diagnosis_the_page_says_what_will_stand_here(world: World, teacher: FlaskClient) -> None:
    page = teacher.get("/me/route").text
    assert "Маршрут появится после диагностики" in page
    assert "К задачам" in page
    assert "К моему результату" not in page, "there is none yet"


def test_the_result_page_leads_to_a_proposed_route(world: World, finding: str, teacher: FlaskClient) -> None:
    answer = teacher.post(f"/findings/{finding}/route", follow_redirects=True)
    said = text_of(answer.text)
    assert answer.status_code == 200
    assert "методические компетенции" in said
    assert "Уточнить вывод: «Оценочные компетенции»" in said
    assert "Итоговая диагностика" in said
    assert re.search(r"потеряно \d из \d заданий", said)
    assert "это доказано расчётом" in said


def test_a_swap_is_offered_with_what_it_changes(world: World, route_id: str, teacher: FlaskClient) -> None:
    step = world.resource_steps(route_id)[0]
    said = text_of(teacher.get(f"/routes/steps/{step.id}/swap").text)
    assert re.search(r"на \d+ ч (больше|меньше)|столько же часов", said)
    assert "охват блока «Методические компетенции»" in said


def test_a_swapped_step_stands_in_the_route(world: World, route_id: str, teacher: FlaskClient) -> None:
    step = world.resource_steps(route_id)[0]
    page = teacher.get(f"/routes/steps/{step.id}/swap").text
    other = re.search(r'name="resource" value="(\w+)"', page)
    assert other is not None
    teacher.post(f"/routes/steps/{step.id}/swap", data={"resource": other[1]})
    ids = {one.resource_id for one in world.route(route_id).steps}
    assert other[1] in ids
    assert step.resource_id not in ids


def test_a_removal_says_which_block_is_left_alone(world: World, teacher: FlaskClient) -> None:
    for step in world.resource_steps(world.propose(world.finding(PSYP=SURE))):
        answer = teacher.post(f"/routes/steps/{step.id}/remove", follow_redirects=True)
    assert "блок «Психолого-педагогические компетенции» останется без поддержки" in text_of(answer.text)


def test_other_hours_propose_the_route_again(world: World, route_id: str, teacher: FlaskClient) -> None:
    limits = {"hours": "8", "ends_on": "2027-04-30", "max_steps": "5"}
    answer = teacher.post(f"/routes/{route_id}/limits", data=limits, follow_redirects=True)
    assert "подобран заново" in answer.text
    assert world.route(route_id).hours <= 8


def test_impossible_hours_are_said_at_the_field(world: World, route_id: str, teacher: FlaskClient) -> None:
    limits = {"hours": "1", "ends_on": "2027-04-30", "max_steps": "5"}
    answer = teacher.post(f"/routes/{route_id}/limits", data=limits)
    assert answer.status_code == 422
    assert "Укажите от 4 до 144 часов" in answer.text
    assert 'value="1"' in answer.text


def test_an_own_step_is_added_and_stays(world: World, route_id: str, teacher: FlaskClient) -> None:
    own = {
        "title": "Три урока коллеги",
        "competence": "METH",
        "hours": "3",
        "due_on": "15.12.2026",
        "evidence": "Лист наблюдения",
    }
    said = text_of(teacher.post(f"/routes/{route_id}/own-step", data=own, follow_redirects=True).text)
    assert "Три урока коллеги" in said
    teacher.post(
        f"/routes/{route_id}/limits", data={"hours": "20", "ends_on": "2027-04-30", "max_steps": "5"}
    )
    assert "Три урока коллеги" in {one.title for one in world.route(route_id).steps}


def test_the_two_agree_and_walk_the_route(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send", data={"goal": "Видеть ошибку раньше"})
    assert world.route(route_id).state is RouteState.SENT
    queue = text_of(tutor.get("/routes/review").text)
    assert "Соколова Анна Петровна" in queue
    tutor.post(f"/routes/{route_id}/approve")
    assert world.route(route_id).state is RouteState.APPROVED
    step = world.resource_steps(route_id)[0]
    teacher.post(f"/routes/steps/{step.id}/start")
    sent = teacher.post(
        f"/routes/steps/{step.id}/evidence", data={"text": "Таблица готова"}, follow_redirects=True
    )
    assert "Отправлено на проверку" in sent.text
    assert "Таблица готова" in tutor.get(f"/routes/steps/{step.id}").text
    tutor.post(f"/routes/steps/{step.id}/confirm", data={"text": "Хорошо видна причина"})
    page = text_of(teacher.get("/me/route").text)
    assert "Сделано шагов: 1 из" in page
    assert "Хорошо видна причина" in page


def test_a_return_carries_the_phrase_of_the_bank_and_own_words(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    phrase = re.search(r'<option value="(Поменяйте[^"]+)"', tutor.get(f"/routes/{route_id}").text)
    assert phrase is not None
    tutor.post(
        f"/routes/{route_id}/return", data={"back-phrase": phrase[1], "back-reason": "Сначала таблица."}
    )
    page = text_of(teacher.get("/me/route").text)
    assert "Тьютор просит поправить" in page
    assert "Сначала таблица." in page


def test_a_return_without_words_stays_in_the_queue(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    answer = tutor.post(f"/routes/{route_id}/return", data={}, follow_redirects=True)
    assert "Напишите, что поправить" in answer.text
    assert world.route(route_id).state is RouteState.SENT


def test_a_high_level_without_a_line_is_named_and_approved_after_a_signed_reason(
    world: World, finding: str, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    for step in world.resource_steps(route_id):
        teacher.post(f"/routes/steps/{step.id}/remove")
    teacher.post(f"/routes/{route_id}/send")
    refused = tutor.post(f"/routes/{route_id}/approve", follow_redirects=True)
    assert "«Методические компетенции», «Оценочные компетенции»" in text_of(refused.text)
    for block in ("METH", "EVAL"):
        reason = "Посещённые уроки показали владение приёмами."
        tutor.post(f"/routes/{route_id}/waive", data={"block": block, "waive-reason": reason})
    tutor.post(f"/routes/{route_id}/approve")
    assert world.route(route_id).state is RouteState.APPROVED


def test_routes_without_questions_are_approved_together(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    answer = tutor.post("/routes/review", data={"route": [route_id]}, follow_redirects=True)
    assert "Утверждён 1 маршрут" in text_of(answer.text)
    assert world.route(route_id).state is RouteState.APPROVED


def test_the_tutor_decides_what_was_to_be_clarified(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    tutor.post(f"/routes/{route_id}/approve")
    step = world.route(route_id).steps[0]
    page = tutor.get(f"/routes/steps/{step.id}").text
    assert "Подтвердился ли вывод" in page
    empty = tutor.post(f"/routes/steps/{step.id}/clarify", data={})
    assert empty.status_code == 422
    done = {"outcome": "not_shown", "text": "Посещены два урока."}
    answer = tutor.post(f"/routes/steps/{step.id}/clarify", data=done, follow_redirects=True)
    assert "Решение записано" in answer.text


def test_a_pause_keeps_everything_and_ends_at_will(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    tutor.post(f"/routes/{route_id}/approve")
    assert teacher.post(f"/routes/{route_id}/pause", data={"until": "01.11.2026"}).status_code == 422
    teacher.post(f"/routes/{route_id}/pause", data={"until": "01.02.2027"})
    assert "приостановлен до 1 февраля" in text_of(teacher.get("/me/route").text)
    teacher.post(f"/routes/{route_id}/resume")
    assert world.route(route_id).state is RouteState.APPROVED


def test_a_change_after_the_approval_is_the_next_revision_and_the_old_one_stays(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    tutor.post(f"/routes/{route_id}/approve")
    answer = teacher.post(f"/routes/{route_id}/change", follow_redirects=True)
    assert "редакция 2" in answer.text
    assert "Маршрут, редакция 1" in teacher.get(f"/routes/{route_id}/revisions/1").text


def test_a_person_with_too_few_tasks_gets_a_clarifying_step(world: World, teacher: FlaskClient) -> None:
    finding = world.finding(METH=FEW)
    said = text_of(teacher.post(f"/findings/{finding}/route", follow_redirects=True).text)
    assert "заданий мало, решает тьютор" in said


def test_the_result_of_nobody_is_an_empty_state_and_of_somebody_their_page(
    world: World, teacher: FlaskClient
) -> None:
    assert "Профиль появится сразу после диагностики" in teacher.get("/me/result").text
    made = world.finding(METH=SURE)
    assert teacher.get("/me/result").location.endswith(f"/me/results/{made}")


def test_the_history_names_results_and_approved_routes(
    world: World, route_id: str, teacher: FlaskClient, tutor: FlaskClient
) -> None:
    teacher.post(f"/routes/{route_id}/send")
    tutor.post(f"/routes/{route_id}/approve")
    said = text_of(teacher.get("/me/history").text)
    assert "Входная диагностика" in said
    assert "Маршрут утверждён, редакция 1" in said


def test_only_a_stage_that_has_begun_waits_in_the_history(world: World, teacher: FlaskClient) -> None:
    assert "Ждёт вас" not in teacher.get("/me/history").text
    with world.app.app_context(), writing():
        campaigns.open_wave(world.scene.seat.wave_id, world.scene.trainer.id)
        session.commit()
    assert "Ждёт вас: Работа с неуспевающими, до 30\u00a0ноября" in teacher.get("/me/history").text


@pytest.mark.parametrize(
    ("address", "own", "its_tutor"),
    [
        ("/routes/{route}", 200, 200),
        ("/routes/{route}/limits", 200, 404),
        ("/routes/{route}/pause", 200, 404),
        ("/routes/{route}/lessons", 200, 404),
        ("/routes/steps/{step}", 200, 200),
        ("/routes/steps/{step}/swap", 200, 404),
    ],
)
def test_each_page_of_a_route_opens_to_whom_it_belongs(
    world: World,
    route_id: str,
    teacher: FlaskClient,
    tutor: FlaskClient,
    address: str,
    own: int,
    its_tutor: int,
) -> None:
    other_tutor = world.staff(Role.TUTOR, world.scene.region, "Чужих Пётр Ильич")
    head = world.staff(Role.SCHOOL_LEAD, world.scene.school, "Орлова Вера Ильинична")
    step = world.resource_steps(route_id)[0].id
    url = address.format(route=route_id, step=step)
    assert teacher.get(url).status_code == own
    assert tutor.get(url).status_code == its_tutor
    for stranger in (other_tutor, head):
        assert stranger.get(url).status_code == 404


@pytest.mark.parametrize(
    "act",
    ["send", "take-back", "change", "put-back", "resume", "pause", "limits", "resources", "lessons"],
)
def test_only_the_teacher_changes_the_route(
    world: World, route_id: str, tutor: FlaskClient, act: str
) -> None:
    assert tutor.post(f"/routes/{route_id}/{act}").status_code == 404


@pytest.mark.parametrize("act", ["approve", "return", "waive", "complete"])
def test_only_its_tutor_answers_a_route(world: World, route_id: str, teacher: FlaskClient, act: str) -> None:
    other = world.staff(Role.TUTOR, world.scene.region, "Чужих Пётр Ильич")
    assert teacher.post(f"/routes/{route_id}/{act}").status_code == 404
    assert other.post(f"/routes/{route_id}/{act}").status_code == 404
