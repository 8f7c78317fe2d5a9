"""The anonymous door: links for all, one-time codes, shared phones, ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session, set_reading
from diagnostics.sittings.queries.days import sent_by_day
from tests.support import school as support
from tests.support.school import School, begin, launched, send, sittings
from tests.support.sign_in import sign_in


@pytest.fixture
def now() -> Iterator[None]:
    with clock.frozen(support.NOW):
        yield


@pytest.fixture
def place(app: Flask, now: None) -> Iterator[School]:
    made = support.kept_school(app)
    with app.app_context():
        set_reading(False)
        yield made
        session.remove()


@pytest.fixture
def campaign(place: School, app: Flask) -> str:
    return launched(app.test_client(), place)


def text(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def test_one_screen_tells_about_anonymity_and_begins_without_a_name(
    client: FlaskClient, place: School, campaign: str
) -> None:
    door = place.slip(place.circle(campaign, "pupil", "7А"))
    page = text(client, door)
    assert "Имени не спрашиваем" in page.replace("имени", "Имени")
    assert "Это не контрольная" in page
    assert "хотя бы 10 человек" in page.replace("\u00a0", " ")
    assert "7А класс" in page
    assert begin(client, door).startswith("/t/")


def test_looking_at_the_door_begins_nothing(client: FlaskClient, place: School, campaign: str) -> None:
    text(client, place.link(place.circle(campaign, "parent")))
    assert sittings() == 0


def test_a_typed_code_leads_to_the_same_door(client: FlaskClient, place: School, campaign: str) -> None:
    pupils = place.circle(campaign, "pupil", "7А")
    response = client.post("/code", data={"school": "012", "code": place.code_of(pupils)})
    assert response.location == place.slip(pupils)


def test_a_code_with_another_schools_code_is_unknown(
    client: FlaskClient, place: School, campaign: str
) -> None:
    code = place.code_of(place.circle(campaign, "pupil", "7А"))
    response = client.post("/code", data={"school": "003", "code": code})
    assert response.status_code == 422
    assert "Такого кода нет" in response.get_data(as_text=True)


def test_a_used_code_says_so_and_shows_no_answers(client: FlaskClient, place: School, campaign: str) -> None:
    door = place.slip(place.circle(campaign, "pupil", "7А"))
    send(client, begin(client, door))
    other = place.app.test_client()
    page = other.get(door)
    assert page.status_code == 409
    assert "Этим кодом уже ответили" in page.get_data(as_text=True)
    assert other.post(door, data={"go": "begin"}).status_code == 409
    assert other.post(door, data={"go": "again"}).status_code == 409
    assert sittings() == 1


def test_a_begun_code_goes_on_with_the_same_answers_on_another_phone(
    client: FlaskClient, place: School, campaign: str
) -> None:
    door = place.slip(place.circle(campaign, "pupil", "7А"))
    sitting = begin(client, door)
    client.post(f"{sitting}/q/1", data={"answer": "2", "go": "next"})
    other = place.app.test_client()
    assert "Продолжить" in text(other, door)
    assert other.post(door, data={"go": "resume"}).location == f"{sitting}/q/2"
    assert sittings() == 1


def test_the_same_phone_goes_on_by_the_link_for_all(
    client: FlaskClient, place: School, campaign: str
) -> None:
    door = place.link(place.circle(campaign, "parent"))
    sitting = begin(client, door)
    assert begin(client, door) == sitting
    assert sittings() == 1


def test_another_phone_begins_its_own_by_the_link_for_all(
    client: FlaskClient, place: School, campaign: str
) -> None:
    door = place.link(place.circle(campaign, "parent"))
    assert begin(client, door) != begin(place.app.test_client(), door)


def test_a_shared_phone_is_handed_on_and_the_next_person_sees_nothing(
    client: FlaskClient, place: School, campaign: str
) -> None:
    door = place.link(place.circle(campaign, "parent"))
    first = begin(client, door)
    send(client, first)
    thanks = text(client, f"{first}/done")
    assert "Спасибо" in thanks
    assert "Передать следующему" in thanks
    assert "Квитанция" not in thanks
    assert "маршрут" not in thanks
    assert "уже ответили" in text(client, door)
    assert client.post(door, data={"go": "begin"}).status_code == 200  # said again, not begun
    second = begin(client, door, "again")
    assert second != first
    assert client.get(f"{first}/q/1").location == f"{first}/done"
    send(client, second)
    assert place.circle(campaign, "parent").submitted == 2


def test_many_answers_from_one_phone_are_counted_and_slowed_by_the_hour(
    client: FlaskClient, place: School, campaign: str
) -> None:
    limits = place.app.extensions["orientir"].limits
    object.__setattr__(limits, "link_sittings_an_hour", 3)
    door = place.link(place.circle(campaign, "parent"))
    for _ in range(3):
        begin(client, door, "again")
    refused = client.post(door, data={"go": "again"})
    assert refused.status_code == 429
    assert "слишком много" in refused.get_data(as_text=True)
    with clock.frozen(support.NOW + timedelta(hours=1)):
        begin(client, door, "again")


def test_a_signed_in_teacher_answers_as_nobody(client: FlaskClient, place: School, campaign: str) -> None:
    sign_in(client, place.member_id)
    send(client, begin(client, place.link(place.circle(campaign, "teacher"))))
    assert place.circle(campaign, "teacher").submitted == 1


def test_a_door_before_its_day_says_when_it_opens(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place, first_day="2026-11-25")
    page = text(client, place.link(place.circle(campaign, "parent")))
    assert "Опрос откроется 25" in page.replace("\u00a0", " ")
    assert sittings() == 0


def test_an_unknown_link_is_no_page(client: FlaskClient, place: School) -> None:
    assert client.get("/r/00000000000000").status_code == 404
    assert client.post("/r/00000000000000", data={"go": "begin"}).status_code == 404


def test_a_collection_closed_while_a_pupil_answers_keeps_what_was_given(
    client: FlaskClient, place: School, campaign: str
) -> None:
    door = place.slip(place.circle(campaign, "pupil", "7А"))
    sitting = begin(client, door)
    client.post(f"{sitting}/q/1", data={"answer": "2", "go": "next"})
    close(place, campaign)
    late = client.post(f"{sitting}/q/2", data={"answer": "2", "go": "next"})
    assert late.status_code == 409
    assert "закончила сбор" in late.get_data(as_text=True)
    sent = client.post(f"{sitting}/submit", data={"without": "yes"})
    assert sent.status_code == 409
    assert "сохранено" in sent.get_data(as_text=True)
    assert client.get(door).status_code == 410
    assert place.circle(campaign, "pupil", "7А").started == 1


def close(place: School, campaign: str) -> None:
    campaigns.close_wave(place.one(campaign).wave_id, place.deputy_id)
    session.commit()


def test_the_page_of_a_question_tells_no_time_of_saving(
    client: FlaskClient, place: School, campaign: str
) -> None:
    sitting = begin(client, place.slip(place.circle(campaign, "pupil", "7А")))
    client.post(f"{sitting}/q/1", data={"answer": "2", "go": "next"})
    page = text(client, f"{sitting}/q/2")
    assert re.search(r"охранено в \d", page) is None
    assert "Сохранено" in page
    review = text(client, f"{sitting}/review")
    assert "Результат вы увидите сразу" not in review


def test_returns_are_counted_by_day(client: FlaskClient, place: School, campaign: str) -> None:
    send(client, begin(client, place.slip(place.circle(campaign, "pupil", "7А"))))
    one = place.one(campaign)
    assert sent_by_day(one.wave_id, one.zone) == {support.NOW.date(): 1}
