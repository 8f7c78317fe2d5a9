"""The collection of a school paused by its deputy: the page, home, and everyone who comes to answer."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from tests.support.school import School, begin, sittings
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
SENTENCE = "Диагностика приостановлена организатором. Ответы сохранены; продолжите, когда её возобновят."


def pause(client: FlaskClient, campaign: str, reason: str = "Эвакуация") -> None:
    answer = client.post(f"/school/sa/{campaign}/pause", data={"reason": reason})
    assert answer.location == f"/school/sa/{campaign}/collect"


def test_the_deputy_pauses_and_resumes_from_the_page_of_the_collection(
    client: FlaskClient, place: School, campaign: str
) -> None:
    collect = f"/school/sa/{campaign}/collect"
    assert f"/school/sa/{campaign}/pause" in client.get(collect).text
    assert "Приостановить сбор?" in client.get(f"/school/sa/{campaign}/pause").text
    assert place.one(campaign).paused_at is None
    pause(client, campaign)
    shown = client.get(collect).text
    assert "Сбор приостановлен с 22\u00a0ноября, 12:37." in shown
    assert "Людям сказано: Эвакуация" in shown
    assert f'action="/school/sa/{campaign}/resume"' in shown
    assert "Сбор приостановлен с" in client.get("/").text
    assert "сбор приостановлен с" in client.get("/school/sa").text
    assert client.post(f"/school/sa/{campaign}/resume").location == collect
    assert "приостановлен с" not in client.get(collect).text
    assert session.query(AuditRow).where(AuditRow.action.in_(["wave.pause", "wave.resume"])).count() == 2


def test_nobody_begins_by_a_link_or_a_slip_and_no_place_is_made(
    app: Flask, client: FlaskClient, place: School, campaign: str
) -> None:
    doors = [place.link(place.circle(campaign, "parent")), place.slip(place.circle(campaign, "pupil", "7А"))]
    pause(client, campaign)
    for door in doors:
        phone = app.test_client()
        for answer in (phone.get(door), phone.post(door, data={"go": "begin"})):
            assert (answer.status_code, SENTENCE in answer.text) == (409, True)
            assert "Эвакуация" in answer.text
    assert sittings() == 0
    client.post(f"/school/sa/{campaign}/resume")
    for door in doors:
        begin(app.test_client(), door)
    assert sittings() == 2


def test_who_began_waits_and_goes_on_at_the_same_question(
    app: Flask, client: FlaskClient, place: School, campaign: str
) -> None:
    phone, door = app.test_client(), place.link(place.circle(campaign, "parent"))
    sitting = begin(phone, door)
    pause(client, campaign)
    refused = phone.post(f"{sitting}/q/1", data={"answer": "3", "go": "next"})
    assert (refused.status_code, "только на этой странице" in refused.text) == (409, True)
    client.post(f"/school/sa/{campaign}/resume")
    assert phone.post(f"{sitting}/q/1", data={"answer": "3", "go": "next"}).location == f"{sitting}/q/2"
    assert phone.post(door, data={"go": "resume"}).location.startswith(sitting)


def test_the_sheet_of_the_administration_waits_too(client: FlaskClient, place: School, campaign: str) -> None:
    pause(client, campaign)
    page = client.get(f"/school/sa/{campaign}/sheet")
    assert (page.status_code, SENTENCE in page.text) == (200, True)
    filled = {"people": "Директор\nЗаместитель", "agreed_on": "2026-11-21"}
    assert client.post(f"/school/sa/{campaign}/sheet", data=filled).status_code == 409
    assert sittings() == 0


def test_coordinators_see_that_a_school_paused(
    app: Flask, client: FlaskClient, place: School, campaign: str
) -> None:
    pause(client, campaign)
    coordinator = app.test_client()
    sign_in(coordinator, place.municipal_id)
    assert "сбор приостановлен с 22\u00a0ноября, 12:37" in coordinator.get("/self-assessments").text


@pytest.mark.parametrize("who", ["member_id", "other_deputy_id", "municipal_id"])
def test_nobody_else_pauses(app: Flask, place: School, campaign: str, who: str) -> None:
    other = app.test_client()
    sign_in(other, getattr(place, who))
    for method, act in (("GET", "pause"), ("POST", "pause"), ("POST", "resume")):
        answer = other.open(f"/school/sa/{campaign}/{act}", method=method)
        assert answer.status_code in (403, 404)
    assert place.one(campaign).paused_at is None
