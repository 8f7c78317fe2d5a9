"""A work from nothing to a version by the pages alone: every step leads to the next one."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import Draft, DraftState
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.database import session
from diagnostics.jobs.models import Job
from diagnostics.people.models import OrgNode, Role
from tests.diagnostics.web.authoring.conftest import client_of
from tests.support import make

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

CHECKED = ["content", "fairness", "language", "access"]


@pytest.fixture
def expert(region: OrgNode, app: Flask) -> FlaskClient:
    return client_of(app, Role.EXPERT, region)


def begun(client: FlaskClient, way: str = "test") -> str:
    """Id of a draft made by the page «Новая работа»."""
    answer = client.post("/instruments/new", data={"way": way, "title": "Наша работа"})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    found = re.search(r"/drafts/([^/]+)", answer.location)
    assert found is not None
    return found.group(1)


def review(draft_id: str) -> str:
    return f"/instruments/drafts/{draft_id}/review"


def revision_of(draft_id: str) -> int:
    found = session.scalar(sa.select(Draft.revision).where(Draft.id == draft_id))
    session.rollback()
    assert found is not None
    return found


def state_of(draft_id: str) -> DraftState:
    found = session.scalar(sa.select(Draft.state).where(Draft.id == draft_id))
    session.rollback()
    assert found is not None
    return found


def sent(client: FlaskClient, draft_id: str, to: str = "pilot") -> None:
    data = {"revision": revision_of(draft_id), "to": to}
    answer = client.post(f"/instruments/drafts/{draft_id}/submit", data=data)
    assert answer.status_code == HTTPStatus.FOUND, answer.text


def approved(client: FlaskClient, draft_id: str) -> None:
    data = {"revision": revision_of(draft_id), "checklist": CHECKED}
    answer = client.post(f"/instruments/drafts/{draft_id}/approve", data=data)
    assert answer.status_code == HTTPStatus.FOUND, answer.text


def test_a_newcomer_is_offered_a_table_and_three_examples(methodologist: FlaskClient) -> None:
    page = methodologist.get("/instruments").text
    assert "Своих черновиков пока нет" in page
    assert page.count("Готовый образец") == 3
    assert methodologist.get("/instruments/new").status_code == HTTPStatus.OK


@pytest.mark.parametrize("way", ["test", "situations", "survey", "empty"])
def test_every_way_to_begin_ends_in_a_draft(methodologist: FlaskClient, way: str) -> None:
    draft_id = begun(methodologist, way)
    page = methodologist.get(review(draft_id))
    assert page.status_code == HTTPStatus.OK
    assert "Отправить на проверку" in page.text
    assert draft_id in methodologist.get("/instruments").text


def test_a_copy_needs_to_know_of_what(methodologist: FlaskClient) -> None:
    answer = methodologist.post("/instruments/new", data={"way": "copy", "title": "Копия"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Выберите работу" in answer.text


def test_an_expert_checks_and_the_work_is_tried_out_then_published(
    methodologist: FlaskClient, expert: FlaskClient
) -> None:
    draft_id = begun(methodologist)
    sent(methodologist, draft_id)
    assert "Вы писали этот черновик" in methodologist.get(review(draft_id)).text
    assert "Одобрить: в апробацию" in expert.get(review(draft_id)).text
    approved(expert, draft_id)
    (tried,) = catalogue.tried_out()
    session.rollback()
    assert "апробация" in methodologist.get("/instruments").text
    work = methodologist.get(f"/instruments/{tried.id}").text
    assert "Опубликовать после апробации" in work
    assert methodologist.post(f"/instruments/{tried.id}/publish").status_code == HTTPStatus.FOUND
    found = catalogue.one(tried.id)
    assert found is not None
    assert found.state is LifeState.PUBLISHED


def test_what_is_missing_at_the_check_is_said_at_its_field(
    methodologist: FlaskClient, expert: FlaskClient
) -> None:
    draft_id = begun(methodologist)
    sent(methodologist, draft_id)
    data = {"revision": 1, "checklist": ["content"]}
    answer = expert.post(f"/instruments/drafts/{draft_id}/approve", data=data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Отметьте все пункты проверки" in answer.text
    answer = expert.post(f"/instruments/drafts/{draft_id}/return", data={"note": ""})
    assert "без замечаний автор не поймёт" in answer.text
    assert state_of(draft_id) is DraftState.REVIEW


def test_an_author_cannot_approve_by_hand(methodologist: FlaskClient) -> None:
    draft_id = begun(methodologist)
    sent(methodologist, draft_id)
    data = {"revision": 1, "checklist": CHECKED}
    answer = methodologist.post(f"/instruments/drafts/{draft_id}/approve", data=data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Проверить его должен другой человек" in answer.text


def test_it_comes_back_and_the_home_page_says_so(methodologist: FlaskClient, expert: FlaskClient) -> None:
    draft_id = begun(methodologist)
    sent(methodologist, draft_id)
    assert "Ждёт вашей проверки" in expert.get("/").text
    place = {"place": "items.Q01", "body": "Два верных ответа"}
    assert expert.post(f"/instruments/drafts/{draft_id}/comments", data=place).status_code == HTTPStatus.FOUND
    expert.post(f"/instruments/drafts/{draft_id}/return", data={"note": ""})
    assert "Вернули с замечаниями" in methodologist.get("/").text
    page = methodologist.get(review(draft_id)).text
    assert "Два верных ответа" in page
    found = re.search(r"/comments/([^/]+)/resolve", page)
    assert found is not None
    methodologist.post(f"/instruments/drafts/{draft_id}/comments/{found.group(1)}/resolve")
    assert "Открыть снова" in methodologist.get(review(draft_id)).text


def test_a_broken_draft_is_not_sent_and_the_whole_list_stands_there(methodologist: FlaskClient) -> None:
    draft_id = begun(methodologist, "empty")
    answer = methodologist.post(f"/instruments/drafts/{draft_id}/submit", data={"revision": 1, "to": "pilot"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "сначала исправьте ошибки из списка" in answer.text


def test_methodologists_of_another_place_do_not_see_it(
    methodologist: FlaskClient, app: Flask, trainer: FlaskClient
) -> None:
    draft_id = begun(methodologist)
    other = make.region("Соседняя область")
    session.commit()
    stranger = client_of(app, Role.METHODOLOGIST, other)
    for page in (review(draft_id), f"/instruments/drafts/{draft_id}/history"):
        assert stranger.get(page).status_code == HTTPStatus.NOT_FOUND
        assert trainer.get(page).status_code == HTTPStatus.NOT_FOUND
    assert "Наша работа" not in stranger.get("/instruments").text


def test_the_next_version_is_compared_with_the_first(methodologist: FlaskClient, expert: FlaskClient) -> None:
    draft_id = begun(methodologist)
    sent(methodologist, draft_id, "published")
    approved(expert, draft_id)
    first = session.scalar(sa.select(Draft.version_id).where(Draft.id == draft_id))
    session.rollback()
    answer = methodologist.post(f"/instruments/{first}/draft")
    found = re.search(r"/drafts/([^/]+)", answer.location)
    assert found is not None
    second = found.group(1)
    draft = session.get_one(Draft, second)
    body = dict(draft.body)
    body["instrument"] = {**body["instrument"], "minutes": 12}
    drafts.save(second, base_revision=1, body=body, actor_id=draft.created_by)
    session.commit()
    assert "время" in methodologist.get(review(second)).text
    sent(methodologist, second, "published")
    approved(expert, second)
    page = methodologist.get(f"/instruments/{first}/versions").text
    assert "Версия 2" in page
    newest = catalogue.latest_published(VersionKind.INSTRUMENT, draft.code)
    session.rollback()
    assert newest is not None
    diff = methodologist.get(f"/instruments/diff/{first}..{newest.id}")
    assert diff.status_code == HTTPStatus.OK
    assert "Время, мин" in diff.text
    assert "Есть версия новее" in methodologist.get(f"/instruments/{first}").text
    assert methodologist.post(f"/instruments/{first}/retire").status_code == HTTPStatus.FOUND
    assert "снята" in methodologist.get(f"/instruments/{first}").text


def test_a_dropped_draft_is_taken_back_from_its_history(methodologist: FlaskClient) -> None:
    draft_id = begun(methodologist)
    methodologist.post(f"/instruments/drafts/{draft_id}/drop")
    assert "Вернуть черновик" in methodologist.get(f"/instruments/drafts/{draft_id}/history").text
    methodologist.post(f"/instruments/drafts/{draft_id}/restore")
    assert state_of(draft_id) is DraftState.DRAFT


def test_a_framework_lives_the_same_life(methodologist: FlaskClient, expert: FlaskClient) -> None:
    page = methodologist.get("/frameworks").text
    assert "Новая модель" in page
    answer = methodologist.post("/frameworks", data={"title": "Модель наставника"})
    draft_id = answer.location.rsplit("/", 1)[1]
    text = methodologist.get(answer.location).text
    assert "Модель наставника" in text
    document = (
        'kind: framework\ncode: mentor\nversion: "1"\ntitle: {ru: Модель наставника}\nsource: Наша\n'
        "licence: CC0\nnodes:\n  - {code: TALK, parent: null, kind: area, title: {ru: Разговор}}\n"
        "scales:\n  levels2:\n    title: {ru: Два уровня}\n    deficit_below: 50\n    levels:\n"
        "      - {code: high, lower: 0, title: {ru: есть дефицит}}\n"
        "      - {code: low, lower: 50, title: {ru: дефицита нет}}\n"
        "targets:\n  - {position: наставник, node: TALK, level: low}\n"
    )
    wrong = methodologist.post(f"/frameworks/drafts/{draft_id}", data={"base": 1, "document": "a: [1"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "a: [1" in wrong.text
    methodologist.post(f"/frameworks/drafts/{draft_id}", data={"base": 1, "document": document})
    sent(methodologist, draft_id)
    approved(expert, draft_id)
    found = catalogue.latest_published(VersionKind.FRAMEWORK, "mentor")
    session.rollback()
    assert found is not None
    page = methodologist.get(f"/frameworks/{found.id}").text
    for words in ("без заданий", "наставник", "дефицита нет", "Разговор"):
        assert words in page


@pytest.mark.parametrize("way", ["table", "text"])
def test_a_table_and_a_text_have_doors_of_their_own(methodologist: FlaskClient, way: str) -> None:
    answer = methodologist.post("/instruments/new", data={"way": way})
    assert answer.location == f"/instruments/new/{way}"
    assert methodologist.get(answer.location).status_code == HTTPStatus.OK


def test_a_key_is_mended_by_two_people_and_the_results_follow_as_a_job(
    methodologist: FlaskClient, expert: FlaskClient
) -> None:
    draft_id = begun(methodologist)
    sent(methodologist, draft_id, "published")
    approved(expert, draft_id)
    version_id = session.scalar(sa.select(Draft.version_id).where(Draft.id == draft_id))
    session.rollback()
    answer = methodologist.post(f"/instruments/{version_id}/draft", data={"kind": "scoring"})
    assert answer.location.endswith("/mending")
    page = methodologist.get(f"{answer.location}?item=Q03").text
    assert "Верный ответ" in page
    data = {"item": "Q03", "base": 1, "key": "b", "mistake": "Пишет, чего не хватает, и не хвалит"}
    assert methodologist.post(answer.location, data=data).status_code == HTTPStatus.FOUND
    page = methodologist.get(answer.location).text
    assert "ничьи результаты не изменятся" in page
    mended = answer.location.split("/")[-2]
    again = {"revision": revision_of(mended), "reason": ""}
    refused = methodologist.post(f"/instruments/drafts/{mended}/submit", data=again)
    assert "Напишите, что было неверно" in refused.text
    again["reason"] = "Верен второй вариант"
    answer = methodologist.post(f"/instruments/drafts/{mended}/submit", data=again)
    assert answer.status_code == HTTPStatus.FOUND
    approved(expert, mended)
    asked = session.scalars(sa.select(Job.kind)).all()
    session.rollback()
    assert asked == ["findings.rescore"]
