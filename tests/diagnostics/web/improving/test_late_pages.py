"""«Поздние ответы» of a self-assessment: the lead decides once about whole groups and is told of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session
from diagnostics.improvement import queries
from diagnostics.people.models import Role
from tests.diagnostics.web.improving.test_zones_pages import inside, run_jobs
from tests.support import assessment, make, office
from tests.support.assessment import PARENT, PUPIL, TEACHER, Scene, spread
from tests.support.kept import kept
from tests.support.sign_in import sign_in


@pytest.fixture(autouse=True)
def _after() -> Iterator[None]:
    """The time is over; what was done in time is done under another clock."""
    with clock.frozen(assessment.AFTER):
        yield


@pytest.fixture
def autumn(app: Flask) -> Scene:
    """Twelve teachers in time; late: two teachers and eleven parents."""
    with clock.frozen(assessment.TODAY):
        return kept(app, "late", make_autumn)


def make_autumn() -> Scene:
    found = assessment.scene()
    assessment.answer(found, TEACHER, 12, spread(3))
    assessment.answer(found, PUPIL, 20, spread(2), texts=["больше экскурсий", "чинить столовую"])
    assessment.answer_late(found, TEACHER, 2, spread(3))
    assessment.answer_late(found, PARENT, 11, spread(2))
    return found


@pytest.fixture
def lead(client: FlaskClient, app: Flask, autumn: Scene) -> FlaskClient:
    with inside(app):
        sign_in(client, autumn.lead.id)
    return client


def address(at: Scene) -> str:
    return f"/school/sa/{at.campaign_id}/late"


def mark_of(page: str) -> str:
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found is not None
    return found[1]


def decide(client: FlaskClient, at: Scene, *groups: str, reason: str = "Не было связи") -> tuple[int, str]:
    mark = mark_of(client.get(address(at)).text)
    answer = client.post(address(at), data={"groups": list(groups), "reason": reason, "mark": mark})
    return answer.status_code, answer.text


def close(app: Flask, at: Scene) -> None:
    with inside(app):
        assessment.close(at)
    run_jobs(app)


def test_home_leads_to_the_decision_and_the_page_names_groups_only(lead: FlaskClient, autumn: Scene) -> None:
    home = lead.get("/").text
    assert "Решить о поздних ответах" in home
    assert address(autumn) in home
    page = lead.get(address(autumn)).text
    assert "меньше 5" in page
    assert re.search(r"Родители</th><td[^>]*>(?:<div>)?11", page)


def test_collecting_and_closing_pages_lead_to_it_too(lead: FlaskClient, autumn: Scene) -> None:
    for page in ("collect", "close"):
        assert address(autumn) in lead.get(f"/school/sa/{autumn.campaign_id}/{page}").text


def test_decided_before_the_closing_both_groups_join_the_zones(
    lead: FlaskClient, app: Flask, autumn: Scene
) -> None:
    assert decide(lead, autumn, TEACHER, PARENT)[0] == 302
    page = lead.get(address(autumn)).text
    assert "учтены" in page
    assert "Не было связи" in page
    assert "Решить о поздних ответах" not in lead.get("/").text
    close(app, autumn)
    with app.app_context():
        groups = queries.zones(autumn.campaign_id, own=True).snapshot.groups
        assert {one.group: one.n for one in groups} == {"sheet": 0, "teacher": 14, "pupil": 20, "parent": 11}


def test_decided_after_the_count_only_many_join_and_the_zones_are_counted_again(
    lead: FlaskClient, app: Flask, autumn: Scene
) -> None:
    close(app, autumn)
    page = lead.get(address(autumn)).text
    assert "по разнице двух расчётов" in page
    assert 'value="teacher"' not in page
    status, text = decide(lead, autumn, PARENT)
    assert status == 302
    assert "/jobs/" in text
    run_jobs(app)
    with app.app_context():
        groups = queries.zones(autumn.campaign_id, own=True).snapshot.groups
        counts = {one.group.value: one.n for one in groups}
        assert (counts["parent"], counts["teacher"]) == (11, 12)


def test_a_forged_choice_of_few_is_refused_in_words(lead: FlaskClient, app: Flask, autumn: Scene) -> None:
    close(app, autumn)
    status, text = decide(lead, autumn, TEACHER)
    assert status == 409
    assert "меньше 10 человек" in text


def test_twice_is_refused_and_tells_what_was_decided(lead: FlaskClient, autumn: Scene) -> None:
    mark = mark_of(lead.get(address(autumn)).text)
    sent = {"groups": [TEACHER], "reason": "Не было связи", "mark": mark}
    assert lead.post(address(autumn), data=sent).status_code == 302
    again = lead.post(address(autumn), data=sent)
    assert again.status_code == 409
    assert "уже решено" in again.text
    assert "учтены" in again.text


def test_without_a_reason_nothing_is_decided_and_the_ticks_stay(lead: FlaskClient, autumn: Scene) -> None:
    status, text = decide(lead, autumn, PARENT, reason=" ")
    assert status == 422
    ticked = [tag for tag in re.findall(r"<input[^>]*>", text) if "checked" in tag]
    assert len(ticked) == 1
    assert 'value="parent"' in ticked[0]


def test_other_late_answers_than_those_seen_are_shown_first(lead: FlaskClient, autumn: Scene) -> None:
    lead.get(address(autumn))
    stale = lead.post(address(autumn), data={"groups": [TEACHER], "reason": "да", "mark": "0" * 32})
    assert stale.status_code == 409
    assert "пришли ещё ответы" in stale.text


def test_another_school_and_those_above_meet_nothing(client: FlaskClient, app: Flask, autumn: Scene) -> None:
    with inside(app):
        other = make.staff(Role.SCHOOL_LEAD, make.school(session.merge(autumn.municipality), code="099"))
        session.flush()
        sign_in(client, other.id)
    assert client.get(address(autumn)).status_code == 404
    assert client.post(address(autumn), data={"reason": "да"}).status_code == 404
    assert client.get(f"/diagnoses/{autumn.campaign_id}/late").status_code == 404


def test_the_counts_in_excel_are_those_of_the_page(lead: FlaskClient, autumn: Scene) -> None:
    (rows,) = office.xlsx_tables(lead.get(f"{address(autumn)}?excel=late").data)
    assert rows[1:] == [["Учителя", "меньше 5", "да"], ["Родители", 11, "да"]]


def test_home_leads_to_unread_words_once_the_zones_are_counted(
    lead: FlaskClient, app: Flask, autumn: Scene
) -> None:
    assert "Проверить свободные ответы" not in lead.get("/").text
    close(app, autumn)
    home = lead.get("/").text
    assert "Проверить свободные ответы (2)" in home
    assert f"/school/sa/{autumn.campaign_id}/words" in home
