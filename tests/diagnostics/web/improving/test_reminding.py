"""Reminders to nameless people: the team is told when, and gets a text to pass on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from diagnostics import clock
from tests.support.school import School, begin, send
from tests.support.sign_in import sign_in

#: The collection of the fixture runs from 20 November to 4 December 2026.
HALF, END = "прошла половина срока", "осталось меньше двух дней"


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 12, 0, tzinfo=UTC)


def seen(client: FlaskClient, place: School, campaign: str, moment: datetime) -> tuple[str, str]:
    """The start page and the page of the collection on that day."""
    with clock.frozen(moment):
        sign_in(client, place.deputy_id)
        home, page = client.get("/").text, client.get(f"/school/sa/{campaign}/collect").text
    return home.replace("\u00a0", " "), page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(26), None),
        (at(28), HALF),
        (at(30), None),
        (at(2, 12), None),
        (at(3, 12), END),
        (at(5, 12), None),
    ],
)
def test_the_team_is_told_in_the_middle_and_before_the_end(
    client: FlaskClient, place: School, campaign: str, moment: datetime, words: str | None
) -> None:
    home, page = seen(client, place, campaign, moment)
    for known in (HALF, END):
        assert (f"Напомнить в чаты и классы: {known}" in home) is (known == words)
        assert (f"Пора напомнить: {known}" in page) is (known == words)


def test_the_text_to_copy_has_the_numbers_the_day_and_the_link(
    client: FlaskClient, place: School, campaign: str
) -> None:
    phone = place.app.test_client()
    address = place.link(place.circle(campaign, "parent"))
    send(phone, begin(phone, address))
    _, page = seen(client, place, campaign, at(28))
    text = page.split('id="remind"')[1].split("</section>")[0]
    assert "Напоминание: родители" in text
    assert "до 4 декабря" in text
    assert "Ответили 1 из 30" in text
    assert address in text
    assert "7А — 0 из 30; 8Б — 0 из 30" in text


def test_who_has_all_answered_is_not_reminded(client: FlaskClient, place: School, campaign: str) -> None:
    parent = place.circle(campaign, "parent")
    sign_in(client, place.deputy_id)
    client.post(f"/school/sa/{campaign}/circles/{parent.id}", data={"act": "expect", "expected": "1"})
    phone = place.app.test_client()
    send(phone, begin(phone, place.link(parent)))
    _, page = seen(client, place, campaign, at(28))
    assert "Напоминание: учителя" in page
    assert "Напоминание: родители" not in page
