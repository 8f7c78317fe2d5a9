"""The expert's pages: the desk, one answer without its writer, a draft that saves itself, the mark."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns.models import Campaign, Seat
from diagnostics.database import session
from diagnostics.marking.models import ExpertMark, TextState
from diagnostics.people.models import OrgNode, PersonalData, Role, RoleGrant
from diagnostics.sittings.models import Sitting
from tests.support import make
from tests.support.jobs import run_due
from tests.support.marking import HIGH, LOW, MIDDLE, WORDS, Marking, marking
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def scene(in_app: Flask) -> Marking:
    return marking()


def posted(levels: dict[str, int], **more: str) -> dict[str, str]:
    return (
        {"seen": "0", "draft": "0", "remark": ""} | {f"level.{k}": str(v) for k, v in levels.items()} | more
    )


@pytest.fixture
def expert(scene: Marking, client: FlaskClient) -> FlaskClient:
    session.commit()
    sign_in(client, scene.experts[0])
    return client


def open_text(scene: Marking, seat: int = 0) -> str:
    found = scene.text(scene.send(seat)).id
    session.commit()
    return found


def test_before_any_answer_waits_the_desk_says_what_will_come(expert: FlaskClient) -> None:
    page = expert.get("/marking")
    assert page.status_code == 200
    assert "Сейчас вас не просят оценивать ответы" in page.text


def test_an_answer_is_read_and_marked_and_the_next_one_opens(scene: Marking, expert: FlaskClient) -> None:
    first, second = open_text(scene), open_text(scene, 1)
    desk = expert.get("/marking")
    assert "Оценено 0 из 2" in desk.text
    page = expert.get(f"/marking/{first}")
    for words in (
        WORDS,
        "Опишите, как вы разберёте ошибку",
        "Причина ошибки",
        "Посильный для этого ученика",
        "2 балла",
    ):
        assert words in page.text
    answer = expert.post(f"/marking/{first}", data=posted(HIGH))
    assert answer.location == f"/marking/{second}"
    assert "Оценено 1 из 2" in expert.get(answer.location).text
    assert expert.post(f"/marking/{second}", data=posted(LOW, remark="Нет шага")).location == "/marking"
    assert "Все ответы оценены" in expert.get("/marking").text


def test_nothing_on_the_pages_tells_whose_the_answer_is(scene: Marking, expert: FlaskClient) -> None:
    text_id = open_text(scene)
    sitting = session.scalars(sa.select(Sitting)).one()
    seat = session.get_one(Seat, sitting.seat_id)
    data = session.get_one(PersonalData, scene.place.people[0])
    school = session.get_one(OrgNode, seat.school_id)
    campaign = session.get_one(Campaign, scene.campaign_id)
    hidden = [
        sitting.id, sitting.seat_id, sitting.receipt, data.person_id, data.surname, data.given_name, school.id,
        school.name, campaign.id, campaign.title, f"{sitting.submitted_at:%H:%M}", f"{sitting.submitted_at:%Y-%m-%d}",
    ]  # fmt: skip
    refused = posted({"cause": 1})
    shown = [
        expert.get("/marking"),
        expert.get(f"/marking/{text_id}"),
        expert.post(f"/marking/{text_id}", data=refused),
        expert.post(f"/marking/{text_id}/draft", data=refused),
        expert.get("/"),
    ]
    for page in shown:
        told = page.text + str(page.headers)
        # The rail and the home of the product know neither; dates of the day stand in headers of every answer.
        assert [one for one in hidden if one and one in page.text] == [], page.request.path
        assert sitting.id not in told


def test_a_missing_level_is_said_at_its_criterion_and_the_rest_stays(
    scene: Marking, expert: FlaskClient
) -> None:
    text_id = open_text(scene)
    page = expert.post(f"/marking/{text_id}", data=posted({"step": 2}, remark="Есть шаг"))
    assert page.status_code == 422
    assert "Причина ошибки: выберите уровень" in page.text
    assert 'value="2" checked' in page.text
    assert "Есть шаг" in page.text
    assert session.scalar(sa.select(sa.func.count()).select_from(ExpertMark)) == 0


@pytest.mark.parametrize("value", ["7", "-1", "x", "1.0", "²", "9" * 40, "<b>"])
def test_a_level_that_the_page_does_not_have_is_no_level(
    scene: Marking, expert: FlaskClient, value: str
) -> None:
    text_id = open_text(scene)
    page = expert.post(f"/marking/{text_id}", data=posted({"cause": 1}) | {"level.step": value})
    assert page.status_code == 422
    assert expert.post(f"/marking/{text_id}/draft", data={"level.step": value}).status_code == 200


def test_a_remark_too_long_is_said_and_kept(scene: Marking, expert: FlaskClient) -> None:
    text_id = open_text(scene)
    page = expert.post(f"/marking/{text_id}", data=posted(HIGH, remark="а" * 1001))
    assert page.status_code == 422
    assert "Замечание длиннее 1000 знаков" in page.text
    assert "а" * 1001 in page.text


def test_a_draft_saves_itself_and_stands_on_the_page(scene: Marking, expert: FlaskClient) -> None:
    text_id = open_text(scene)
    saved = expert.post(f"/marking/{text_id}/draft", data=posted({"cause": 1}))
    assert saved.get_json() == {"draft": 1}
    assert 'name="level.cause" value="1" checked' in expert.get(f"/marking/{text_id}").text
    old = expert.post(
        f"/marking/{text_id}/draft", data=posted({"cause": 0}), headers={"Accept": "application/json"}
    )
    assert (old.status_code, old.get_json()["code"]) == (409, "mark_stale")
    assert scene.text(session.scalars(sa.select(Sitting.id)).one()).state is TextState.WAITING


def test_a_mark_saved_twice_is_told_and_what_was_typed_stays(scene: Marking, expert: FlaskClient) -> None:
    text_id = open_text(scene)
    expert.post(f"/marking/{text_id}", data=posted(LOW))
    page = expert.post(f"/marking/{text_id}", data=posted(HIGH))
    assert page.status_code == 409
    assert "в другом окне" in page.text
    assert 'name="seen" value="1"' in page.text
    assert 'name="level.step" value="2" checked' in page.text
    mended = expert.post(f"/marking/{text_id}", data=posted(HIGH, seen="1"))
    assert mended.location == "/marking"


def test_after_the_result_is_given_out_nothing_is_mended(
    scene: Marking, expert: FlaskClient, app: Flask
) -> None:
    scene.rule(1)
    text_id = open_text(scene)
    scene.mark(text_id, scene.experts[0], MIDDLE)
    run_due(app)
    page = expert.get(f"/marking/{text_id}")
    assert "оценку исправить нельзя" in page.text
    assert "Общий (1 балл)" in page.text
    assert '<form method="post" action="/marking' not in page.text
    refused = expert.post(f"/marking/{text_id}", data=posted(HIGH, seen="1"))
    assert refused.status_code == 409
    assert "результат выдан" in expert.get("/marking").text


def test_an_answer_that_others_have_marked_says_so(scene: Marking, expert: FlaskClient) -> None:
    scene.rule(1)
    text_id = open_text(scene)
    scene.mark(text_id, scene.experts[1], MIDDLE)
    session.commit()
    assert "ваша оценка не понадобилась" in expert.get(f"/marking/{text_id}").text
    refused = expert.post(f"/marking/{text_id}", data=posted(HIGH))
    assert refused.status_code == 409


def test_the_task_stands_on_the_first_page(scene: Marking, expert: FlaskClient) -> None:
    open_text(scene)
    assert "Оценить 1 ответ" in expert.get("/").text


def test_a_colleague_of_the_writer_finds_nothing(scene: Marking, client: FlaskClient) -> None:
    text_id = open_text(scene)
    seat = session.scalars(sa.select(Seat).where(Seat.respondent_id == scene.place.people[0])).one()
    colleague = scene.expert("Коллегова Инна", at=session.get_one(OrgNode, seat.school_id))
    session.commit()
    sign_in(client, colleague)
    assert client.get(f"/marking/{text_id}").status_code == 404
    assert client.post(f"/marking/{text_id}", data=posted(HIGH)).status_code == 404
    assert "Сейчас вас не просят" in client.get("/marking").text


def test_words_of_an_answer_stay_words(scene: Marking, expert: FlaskClient) -> None:
    text_id = scene.text(scene.send(words="<script>alert(1)</script>\n\nВторая строка")).id
    session.commit()
    page = expert.get(f"/marking/{text_id}").text
    assert "<script>alert" not in page
    assert "<p>Вторая строка</p>" in page


def test_an_expert_beside_another_role_finds_the_answers_in_the_menu(
    scene: Marking, client: FlaskClient
) -> None:
    region = session.get_one(OrgNode, scene.place.region_id)
    both = make.staff(Role.METHODOLOGIST, region)
    session.add(RoleGrant(person_id=both.id, role=Role.EXPERT, node_id=region.id, since=make.LONG_AGO))
    session.commit()
    sign_in(client, both.id)
    assert 'href="/marking"' in client.get("/").text
