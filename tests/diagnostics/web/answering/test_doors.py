from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session
from diagnostics.people.models import Consent, ConsentDocument, Person
from diagnostics.sittings.models import Sitting
from tests.support import make
from tests.support.answering import World, link, open_player, wave
from tests.support.sign_in import sign_in

# Pages do not depend on the database; what stands under them is tried on both.
pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def address(place: World, seat: int = 0) -> str:
    made = link(place, seat)
    session.commit()
    return made


def test_a_link_shows_who_invites_to_what_and_changes_nothing(client: FlaskClient, place: World) -> None:
    page = client.get(address(place)).text
    for words in ("Работа с неуспевающими", "Белова Мария Игоревна", "9 вопросов", "5 минут", "Анна С."):
        assert words in page
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 0


def test_a_link_never_shows_the_whole_name(client: FlaskClient, place: World) -> None:
    assert "Соколова" not in client.get(address(place)).text


@pytest.mark.parametrize("typed", ["Соколова", " соколова ", "СОКОЛОВА"])
def test_the_surname_opens_the_link(client: FlaskClient, place: World, typed: str) -> None:
    answer = client.post(address(place), data={"surname": typed})
    assert answer.location == f"/seat/{place.seats[0]}"


@pytest.mark.parametrize("typed", ["", "Иванова", "С" * 101])
def test_another_surname_does_not(client: FlaskClient, place: World, typed: str) -> None:
    answer = client.post(address(place), data={"surname": typed})
    assert answer.status_code == 422
    assert client.get(f"/t/{place.seats[0]}/start").location.startswith("/login")


def test_e_and_yo_are_one_letter(client: FlaskClient, place: World) -> None:
    assert client.post(address(place, 1), data={"surname": "елкин"}).status_code == 302


def test_guessing_surnames_is_slowed_down(client: FlaskClient, place: World) -> None:
    made = address(place)
    for _ in range(10):
        assert client.post(made, data={"surname": "Иванова"}).status_code == 422
    assert client.post(made, data={"surname": "Соколова"}).status_code == 429
    with clock.shifted(timedelta(minutes=16)):
        assert client.post(made, data={"surname": "Соколова"}).status_code == 302


def test_a_used_link_asks_no_surname_on_another_device(app: Flask, client: FlaskClient, place: World) -> None:
    made = address(place)
    client.post(made, data={"surname": "Соколова"})
    assert app.test_client().post(made).status_code == 302


def test_one_wrong_letter_is_an_unknown_link(client: FlaskClient, place: World) -> None:
    made = address(place)
    other = "a" if made[-1] != "a" else "b"
    assert client.get(made[:-1] + other).status_code == 404


def test_an_expired_link_says_so(client: FlaskClient, place: World) -> None:
    made = address(place)
    with clock.frozen(wave(place).closes_at + timedelta(minutes=1)):
        answer = client.get(made)
    assert (answer.status_code, "Срок" in answer.text) == (410, True)


def test_a_revoked_link_says_so(client: FlaskClient, place: World) -> None:
    made = address(place)
    campaigns.revoke(place.seats[0], None)
    session.commit()
    assert client.post(made, data={"surname": "Соколова"}).status_code == 410


def test_somebody_else_who_is_signed_in_is_asked_to_switch(client: FlaskClient, place: World) -> None:
    made, other = address(place), session.get_one(Person, place.people[1])
    make.account(other)
    sign_in(client, other.id)
    for answer in (client.get(made), client.post(made, data={"surname": "Соколова"})):
        assert (answer.status_code, "для другого человека" in answer.text) == (409, True)


def test_a_teacher_who_is_signed_in_needs_no_link(client: FlaskClient, place: World) -> None:
    make.account(session.get_one(Person, place.people[0]))
    sign_in(client, place.people[0])
    assert client.get(f"/seat/{place.seats[0]}").location == f"/t/{place.seats[0]}/start"
    assert client.post(f"/t/{place.seats[0]}/start").location.endswith("/q/1")


def test_another_persons_seat_does_not_exist(client: FlaskClient, place: World) -> None:
    make.account(session.get_one(Person, place.people[0]))
    sign_in(client, place.people[0])
    assert client.get(f"/seat/{place.seats[1]}").status_code == 404
    assert client.get(f"/t/{place.seats[1]}/start").status_code == 404


def test_a_link_reaches_its_own_seat_only(client: FlaskClient, place: World) -> None:
    client.post(address(place), data={"surname": "Соколова"})
    assert client.get(f"/t/{place.seats[0]}/start").status_code == 200
    assert client.get(f"/t/{place.seats[1]}/start").status_code == 404


def test_a_sitting_without_its_key_asks_to_open_the_link_again(app: Flask, sitting: str) -> None:
    answer = app.test_client().get(f"{sitting}/q/1")
    assert (answer.status_code, "по своей ссылке" in answer.text) == (401, True)
    assert app.test_client().get("/t/nothing/q/1").status_code == 401


def test_the_same_link_goes_on_where_the_person_stopped(app: Flask, place: World) -> None:
    phone, laptop = app.test_client(), app.test_client()
    made = open_player(phone, place)
    phone.post(f"{made}/q/1", data={"go": "next"})
    phone.post(f"{made}/q/2", data={"answer": "b", "go": "next", "base": "1"})
    secret = address(place)
    assert "Продолжить с вопроса 2" in laptop.get(secret).text
    answer = laptop.post(secret, data={"surname": "Соколова"})
    assert answer.location == f"{made}/q/3"
    assert "Вы остановились на вопросе 2" in laptop.get(answer.location).text


def test_after_sending_the_link_leads_to_the_receipt(
    app: Flask, client: FlaskClient, sitting: str, place: World
) -> None:
    client.post(f"{sitting}/submit", data={"without": "yes"})
    secret, other = address(place), app.test_client()
    assert "Ответы уже отправлены" in other.get(secret).text
    answer = other.post(secret, data={"surname": "Соколова"})
    receipt = other.get(other.get(answer.location).location)
    assert "Квитанция" in receipt.text


def consent_document(place: World) -> ConsentDocument:
    text = {"ru": "Согласие"}
    body = {
        "title": text,
        "summary": [{"ru": "Мы спросим ФИО"}],
        "sections": [{"heading": text, "paragraphs": [{"ru": "Полный текст"}]}],
        "options": [{"code": "research", "text": {"ru": "Разрешаю исследования"}}],
    }
    made = ConsentDocument(
        operator_id=place.region_id, version=1, body=body, content_hash="x", published_at=clock.now()
    )
    session.add(made)
    session.commit()
    return made


def test_without_consent_nothing_begins(client: FlaskClient, place: World) -> None:
    consent_document(place)
    client.post(address(place), data={"surname": "Соколова"})
    answer = client.post(f"/t/{place.seats[0]}/start")
    assert (answer.status_code, "Без согласия начать нельзя" in answer.text) == (422, True)
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 0


def test_consent_is_noted_with_its_separate_boxes(client: FlaskClient, place: World) -> None:
    document_id = consent_document(place).id
    client.post(address(place), data={"surname": "Соколова"})
    answer = client.post(f"/t/{place.seats[0]}/start", data={"agree": "y", "consent-research": "yes"})
    assert answer.location.endswith("/q/1")
    given = session.scalars(sa.select(Consent)).one()
    assert (given.person_id, given.document_id, given.options) == (
        place.people[0], document_id, {"research": True},
    )  # fmt: skip


def test_consent_is_asked_once(client: FlaskClient, place: World) -> None:
    consent_document(place)
    client.post(address(place), data={"surname": "Соколова"})
    start = f"/t/{place.seats[0]}/start"
    client.post(start, data={"agree": "y"})
    assert "Согласие" not in client.get(start).text


@pytest.mark.parametrize(
    ("page", "words"), [("no-consent", "ничего не записали"), ("consent", "Полный текст")]
)
def test_consent_can_be_read_whole_and_refused(
    client: FlaskClient, place: World, page: str, words: str
) -> None:
    consent_document(place)
    client.post(address(place), data={"surname": "Соколова"})
    assert words in client.get(f"/t/{place.seats[0]}/{page}").text
    assert session.scalar(sa.select(sa.func.count()).select_from(Consent)) == 0


def test_before_the_first_day_the_page_names_the_day(client: FlaskClient, place: World) -> None:
    made = address(place)
    with clock.frozen(wave(place).opens_at - timedelta(days=2)):
        page = client.get(made)
        client.post(made, data={"surname": "Соколова"})
        answer = client.post(f"/t/{place.seats[0]}/start")
    assert "Диагностика откроется" in page.text
    assert answer.status_code == 409
