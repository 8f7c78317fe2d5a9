from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import url_for
from flask.testing import FlaskClient

from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from tests.support.school import FORM, School, launched
from tests.support.sign_in import sign_in


def page(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True).replace("\u00a0", " ")


def room(client: FlaskClient) -> str:
    with client.application.test_request_context():
        return url_for("improving.school")


def posted(client: FlaskClient, place: School, **changed: str) -> str:
    """The page that came back instead of a launch."""
    sign_in(client, place.deputy_id)
    text = client.get("/school/sa/new").get_data(as_text=True)
    work = text.split('name="work"')[1].split('value="')[1].split('"')[0]
    response = client.post("/school/sa/new", data={**FORM, "work": work, **changed})
    assert response.status_code == 422, response.location
    return response.get_data(as_text=True).replace("\u00a0", " ")


def made() -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(Campaign)) or 0


def test_a_first_visit_says_how_it_goes_and_leads_to_the_launcher(client: FlaskClient, place: School) -> None:
    sign_in(client, place.deputy_id)
    text = page(client, room(client))
    assert "Самооценки ещё не было" in text
    assert 'href="/school/sa/new"' in text
    assert "Запустить самооценку школы" in page(client, "/")


def test_a_team_member_sees_the_room_but_does_not_launch(client: FlaskClient, place: School) -> None:
    sign_in(client, place.member_id)
    assert "Запустить её может директор или заместитель" in page(client, room(client))
    assert client.get("/school/sa/new").status_code == 404


def test_the_launcher_is_filled_in_beforehand(client: FlaskClient, place: School) -> None:
    sign_in(client, place.deputy_id)
    text = page(client, "/school/sa/new")
    assert 'value="Самооценка школы, 2026/2027"' in text
    assert 'value="2026-11-22"' in text
    assert 'value="2026-12-06"' in text


def test_a_launch_makes_circles_and_leads_to_the_collection(client: FlaskClient, place: School) -> None:
    campaign = launched(client, place)
    found = [
        (one.respondent_group, one.label, one.expected, one.way.value) for one in place.one(campaign).circles
    ]
    assert found == [
        ("sheet", "", 1, "sheet"),
        ("teacher", "", 14, "link"),
        ("pupil", "7А", 30, "codes"),
        ("pupil", "8Б", 30, "codes"),
        ("parent", "", 30, "link"),
    ]
    assert place.one(campaign).wave_state == "open"


def test_the_numbers_of_last_time_stand_in_the_next_launcher(client: FlaskClient, place: School) -> None:
    launched(client, place)
    text = page(client, "/school/sa/new")
    assert "7А 30\n8Б 30" in text.replace("\r", "")
    assert 'value="14"' in text


def test_parents_left_empty_are_as_many_as_pupils(client: FlaskClient, place: School) -> None:
    campaign = launched(client, place, parents="")
    assert place.circle(campaign, "parent").expected == 60


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"teachers": "0", "classes": "", "parents": "0"}, "Никого не спрашиваем"),
        ({"teachers": "10000"}, "Число — от 0 до 3000"),
        ({"teachers": "много"}, "Число — от 0 до 3000"),
        ({"teachers": "-5"}, "Число — от 0 до 3000"),
        ({"classes": "7А"}, "Строка 1: пишите класс"),
        ({"classes": "7А 30\n7А 20"}, "записан дважды"),
        ({"classes": "7А 9999"}, "Число — от 0 до 3000"),
        ({"classes": "7А 900"}, "не больше 600 кодов"),
        ({"last_day": "2026-11-01"}, "Конец срока раньше начала"),
        ({"last_day": "2026-02-31"}, "Такого дня нет"),
        ({"first_day": "2026-11-01", "last_day": "2026-11-10"}, "Срок уже прошёл"),
        ({"title": " "}, "Напишите название"),
        ({"work": "nothing"}, "Исправьте ошибку"),
    ],
)
def test_what_cannot_be_launched_is_said_and_nothing_is_made(
    client: FlaskClient, place: School, changed: dict[str, str], words: str
) -> None:
    assert words in posted(client, place, **changed)
    assert made() == 0


def test_small_groups_are_warned_of_with_their_numbers(client: FlaskClient, place: School) -> None:
    text = posted(client, place, parents="4", classes="7А 8", teachers="14")
    assert "Слишком мало ожидаемых в группе: результаты будут скрыты" in text
    assert "Родители: ждём 4, для показа нужно не меньше 5" in text
    assert "Ученики: ждём 8, для показа нужно не меньше 10" in text
    assert "Учителя: ждём" not in text
    assert made() == 0


def test_after_the_warning_the_school_decides(client: FlaskClient, place: School) -> None:
    campaign = launched(client, place, parents="4", small="yes")
    assert place.circle(campaign, "parent").expected == 4
    assert "Ждём всего 4" in page(client, f"/school/sa/{campaign}/collect")
