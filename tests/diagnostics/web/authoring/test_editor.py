"""The editor without script: every act by a form, two authors at once, whatever is typed."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import drafts
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from tests.support import make
from tests.support.posting import posted
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

JSON = {"Accept": "application/json"}


@pytest.fixture
def draft_id(region: OrgNode) -> str:
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    author = make.staff(Role.METHODOLOGIST, region)
    made = actions.create_from_version(version.id, node_id=region.id, actor_id=author.id)
    session.commit()
    return made.id


@pytest.fixture
def colleague(region: OrgNode, app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, make.staff(Role.METHODOLOGIST, region).id)
    return client


def told(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.data)
    return found


def page_of(client: FlaskClient, draft_id: str, code: str = "M04") -> str:
    return client.get(f"/instruments/drafts/{draft_id}/edit?item={code}").text


def form_of(client: FlaskClient, draft_id: str, code: str = "M04") -> MultiDict[str, str]:
    return posted(page_of(client, draft_id, code), "item")


def post(
    client: FlaskClient,
    draft_id: str,
    form: MultiDict[str, str],
    code: str = "M04",
    *,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    return client.post(f"/instruments/drafts/{draft_id}/items/{code}", data=form, headers=headers)


def item(draft_id: str, code: str = "M04") -> dict[str, Any]:
    session.expire_all()
    return next(one for one in drafts.draft(draft_id).body["instrument"]["items"] if one["code"] == code)


def key(draft_id: str, code: str = "M04") -> dict[str, Any]:
    session.expire_all()
    return drafts.draft(draft_id).body["scoring"]["items"][code]


def test_the_page_shows_list_form_phone_and_what_is_wrong(methodologist: FlaskClient, draft_id: str) -> None:
    page = page_of(methodologist, draft_id)
    for words in ("Задачи без образца", "Задание 1", "Как на телефоне", "Замечаний нет", "Отменить"):
        assert words in page
    frame = page.split('srcdoc="', 1)[1].split('"', 1)[0]
    assert "Пять учеников 8 класса" in frame
    assert "Закрепляет зависимость" not in frame  # what stands in the keys never reaches the frame


def test_a_save_changes_what_was_typed_and_nothing_else(methodologist: FlaskClient, draft_id: str) -> None:
    before = item(draft_id)
    form = form_of(methodologist, draft_id)
    form["title.ru"] = "Другое имя"
    assert post(methodologist, draft_id, form).status_code == HTTPStatus.SEE_OTHER
    assert item(draft_id) == {**before, "title": {**before["title"], "ru": "Другое имя"}}


def test_a_page_saved_as_it_stands_is_no_step(methodologist: FlaskClient, draft_id: str) -> None:
    post(methodologist, draft_id, form_of(methodologist, draft_id))
    session.expire_all()
    assert drafts.draft(draft_id).line.revision == 1


def test_a_new_option_is_added_once_however_often_it_is_posted(
    methodologist: FlaskClient, draft_id: str
) -> None:
    form = form_of(methodologist, draft_id)
    form["options.e.ru"] = "Пятый вариант"
    post(methodologist, draft_id, form)
    post(methodologist, draft_id, form)
    assert [one["code"] for one in item(draft_id)["options"]] == ["a", "b", "c", "d", "e"]


def test_an_option_goes_with_its_button_and_with_its_mistake(
    methodologist: FlaskClient, draft_id: str
) -> None:
    form = form_of(methodologist, draft_id)
    form["remove"] = "options.a"
    post(methodologist, draft_id, form)
    assert [one["code"] for one in item(draft_id)["options"]] == ["b", "c", "d"]
    assert "a" not in key(draft_id)["mistakes"]


def test_steps_are_taken_back_and_put_in_again(methodologist: FlaskClient, draft_id: str) -> None:
    form = form_of(methodologist, draft_id)
    was, form["title.ru"] = form["title.ru"], "Другое имя"
    post(methodologist, draft_id, form)
    for act, now in (("undo", was), ("redo", "Другое имя")):
        methodologist.post(f"/instruments/drafts/{draft_id}/{act}", data={"item": "M04"})
        assert item(draft_id)["title"]["ru"] == now


def test_different_items_merge_and_the_other_author_is_told(
    methodologist: FlaskClient, colleague: FlaskClient, draft_id: str
) -> None:
    mine, theirs = form_of(methodologist, draft_id, "M04"), form_of(colleague, draft_id, "M03")
    mine["title.ru"], theirs["title.ru"] = "Моё", "Чужое"
    post(colleague, draft_id, theirs, "M03")
    answer = post(methodologist, draft_id, mine, headers=JSON)
    assert answer.status_code == HTTPStatus.OK
    assert "Коллега изменил задание" in told(answer)["others"][0]["words"]
    assert item(draft_id, "M03")["title"]["ru"] == "Чужое"
    assert item(draft_id)["title"]["ru"] == "Моё"


def test_who_waits_hears_of_a_colleague_by_the_state(
    methodologist: FlaskClient, colleague: FlaskClient, draft_id: str
) -> None:
    theirs = form_of(colleague, draft_id, "M03")
    theirs["title.ru"] = "Чужое"
    post(colleague, draft_id, theirs, "M03")
    address = f"/instruments/drafts/{draft_id}/state.json?since=1"
    assert told(methodologist.get(address))["items"] == ["M03"]
    assert told(colleague.get(address))["items"] == []


@pytest.mark.parametrize(("side", "kept"), [("mine", "Моё"), ("theirs", "Чужое")])
def test_one_item_two_authors_both_versions_and_a_choice(
    methodologist: FlaskClient, colleague: FlaskClient, draft_id: str, side: str, kept: str
) -> None:
    mine, theirs = form_of(methodologist, draft_id), form_of(colleague, draft_id)
    mine["title.ru"], theirs["title.ru"] = "Моё", "Чужое"
    post(colleague, draft_id, theirs)
    answer = post(methodologist, draft_id, mine, headers=JSON)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert told(answer)["code"] == "changed_meanwhile"
    page = methodologist.get(told(answer)["address"]).text
    assert "Моё" in page
    assert "Чужое" in page
    refused = methodologist.post(told(answer)["address"], data={})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    methodologist.post(told(answer)["address"], data={"side.M04": side})
    assert item(draft_id)["title"]["ru"] == kept
    assert methodologist.get(told(answer)["address"]).status_code == HTTPStatus.SEE_OTHER


def test_saves_of_one_page_that_overtake_each_other_are_no_quarrel(
    methodologist: FlaskClient, draft_id: str
) -> None:
    form = form_of(methodologist, draft_id)
    form["title.ru"] = "Первое"
    post(methodologist, draft_id, form)
    form["title.ru"], form["points"] = "Второе", "2"
    assert post(methodologist, draft_id, form, headers=JSON).status_code == HTTPStatus.OK
    assert (item(draft_id)["title"]["ru"], key(draft_id)["points"]) == ("Второе", 2)


def test_a_removed_item_posted_keeps_the_text_for_a_choice(
    methodologist: FlaskClient, colleague: FlaskClient, draft_id: str
) -> None:
    form = form_of(methodologist, draft_id)
    form["title.ru"] = "Моё"
    colleague.post(f"/instruments/drafts/{draft_id}/arrange", data={"do": "remove", "item": "M04"})
    answer = post(methodologist, draft_id, form, headers=JSON)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Здесь задание убрано" in methodologist.get(told(answer)["address"]).text


@pytest.mark.parametrize("do", ["add", "duplicate", "up", "down", "remove"])
def test_items_are_arranged_by_buttons(methodologist: FlaskClient, draft_id: str, do: str) -> None:
    form = {"do": do, "item": "M03", "form": "A", "type": "number"}
    answer = methodologist.post(f"/instruments/drafts/{draft_id}/arrange", data=form)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert methodologist.get(answer.location).status_code == HTTPStatus.OK
    session.expire_all()
    assert drafts.draft(draft_id).line.revision == 2


def test_markup_is_taken_out_and_told(methodologist: FlaskClient, draft_id: str) -> None:
    form = form_of(methodologist, draft_id)
    form["text.ru"] = "Было 2 < 3 <img src=x onerror=alert(1)><script>alert(2)</script> и стало"
    answer = post(methodologist, draft_id, form)
    assert "onerror" in methodologist.get(answer.location).text
    assert item(draft_id)["text"]["ru"] == "Было 2 < 3  и стало"


def test_a_text_of_65_kb_is_refused_beside_its_field_and_stays_on_the_page(
    methodologist: FlaskClient, draft_id: str
) -> None:
    form = form_of(methodologist, draft_id)
    form["text.ru"] = "ж" * 33_000
    answer = post(methodologist, draft_id, form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ж" * 33_000 in answer.text
    assert "text.ru" in told(post(methodologist, draft_id, form, headers=JSON))["wrong"]
    assert "жжж" not in item(draft_id)["text"]["ru"]


@pytest.mark.parametrize(
    "rule", ["(" * 500 + "M01 = a" + ")" * 500, "__import__('os')", "M04 = a", "M99 = a"]
)
def test_a_condition_that_cannot_be_is_a_problem_in_words(
    methodologist: FlaskClient, draft_id: str, rule: str
) -> None:
    form = form_of(methodologist, draft_id)
    form["show_if.text"] = rule
    answer = methodologist.get(post(methodologist, draft_id, form).location)
    assert answer.status_code == HTTPStatus.OK
    assert "Нужно исправить — 0" not in answer.text
    assert "Замечаний нет" not in answer.text


def test_a_condition_is_built_as_a_sentence(methodologist: FlaskClient, draft_id: str) -> None:
    form = form_of(methodologist, draft_id, "M03")
    form["show_if.0.item"] = "M04"
    post(methodologist, draft_id, form, "M03")
    assert item(draft_id, "M03")["show_if"] == "M04 answered"
    form = form_of(methodologist, draft_id, "M03")
    form["show_if.0.relation"], form["show_if.0.value"] = "=", "a"
    post(methodologist, draft_id, form, "M03")
    assert item(draft_id, "M03")["show_if"] == "M04 = a"


@pytest.mark.parametrize(("value", "is_kept"), [("сорок", False), ("1e309", False), ("2,5", True)])
def test_points_that_are_no_number_are_told(
    methodologist: FlaskClient, draft_id: str, value: str, is_kept: bool
) -> None:
    form = form_of(methodologist, draft_id)
    form["points"] = value
    answer = post(methodologist, draft_id, form)
    assert (answer.status_code == HTTPStatus.SEE_OTHER) is is_kept
    assert is_kept or f'value="{value}"' in answer.text


def test_a_stranger_meets_nothing(trainer: FlaskClient, methodologist: FlaskClient, draft_id: str) -> None:
    for path in ("edit", "settings", "preview", "import", "state.json"):
        assert trainer.get(f"/instruments/drafts/{draft_id}/{path}").status_code == HTTPStatus.NOT_FOUND
        assert methodologist.get(f"/instruments/drafts/nothing/{path}").status_code == HTTPStatus.NOT_FOUND
    assert (
        methodologist.get(f"/instruments/drafts/{draft_id}/edit?item=ZZ").status_code == HTTPStatus.NOT_FOUND
    )
    assert post(methodologist, draft_id, MultiDict(), "ZZ").status_code == HTTPStatus.NOT_FOUND
