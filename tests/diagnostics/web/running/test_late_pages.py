"""Late answers: what the organiser and the tutor see and decide, and what the teacher is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Campaign, Wave
from diagnostics.campaigns.queries.seats import seat
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.people.models import Person, Role
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import LateChoice
from diagnostics.sittings.queries import Writing
from tests.support import make
from tests.support.answering import event, parsed
from tests.support.diagnosis import Scene
from tests.support.jobs import run_due
from tests.support.pages import unsigned
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
LIMITS = Limits()
REASON = "В школе два дня не было связи"


@pytest.fixture
def late(scene: Scene) -> Iterator[Writing]:
    """A work of «Соколова» never sent; one answer typed in time came two hours after the deadline."""
    teacher = make.person("Соколова Анна Петровна", at=scene.school)
    seat_id = campaigns.seat_people(scene.entry, [teacher.id], None).seats[teacher.id]
    campaigns.open_wave(scene.entry, None)
    started = sittings.start(seat_id=seat_id, token_id=None, person_id=teacher.id)
    phone = reading.writing(started.sitting_id, started.secret)
    assert phone is not None
    sittings.save_events(phone, parsed(phone, event(1, "M01", kind="shown")), LIMITS)
    session.commit()
    deadline = session.get_one(Wave, scene.entry).closes_at
    with clock.frozen(deadline + timedelta(hours=2)):
        typed = (deadline - timedelta(minutes=5)).isoformat()
        fresh = reading.writing(started.sitting_id, started.secret)
        assert fresh is not None
        rows = parsed(fresh, event(2, "M01", "a", client_at=typed))
        saved = sittings.save_events(fresh, rows, LIMITS)
        assert saved.kept
        session.commit()
        yield fresh


@pytest.fixture
def organiser(late: Writing, scene: Scene, client: FlaskClient) -> FlaskClient:
    sign_in(client, scene.trainer.id)
    return client


def decide(
    client: FlaskClient, late: Writing, choice: str = "accepted", reason: str = REASON, seen: str = "1"
) -> TestResponse:
    return client.post(
        f"/sittings/{late.sitting_id}/late", data={"choice": choice, "reason": reason, "seen": seen}
    )


def test_who_waits_is_seen_on_the_home_page_the_diagnosis_and_the_list(
    organiser: FlaskClient, late: Writing, scene: Scene
) -> None:
    address = f"/diagnoses/{scene.campaign_id}/late"
    assert "Решить о поздних ответах (1)" in organiser.get("/").text
    assert address in organiser.get(f"/diagnoses/{scene.campaign_id}").text
    page = organiser.get(address).text
    for words in ("Соколова Анна Петровна", "Школа № 12", "после срока", "набраны вовремя"):
        assert words in page
    assert "M01" not in unsigned(page)


def test_what_each_decision_means_is_said_before_it_is_made(organiser: FlaskClient, late: Writing) -> None:
    page = organiser.get(f"/sittings/{late.sitting_id}/late").text
    for words in ("не отправлена", "засчитаем её как отправленную", "Работа останется неотправленной"):
        assert words in page


@pytest.mark.parametrize(
    ("choice", "reason", "words"),
    [
        ("accepted", "", "Напишите причину"),
        ("accepted", "я" * 501, "Причина длиннее 500 знаков"),
        ("", REASON, "Нажмите «Принять» или «Не принимать»"),
        ("perhaps", REASON, "Нажмите «Принять» или «Не принимать»"),
    ],
)
def test_half_a_decision_is_refused_at_its_field(
    organiser: FlaskClient, late: Writing, choice: str, reason: str, words: str
) -> None:
    answer = decide(organiser, late, choice, reason)
    assert (answer.status_code, words in answer.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    assert reason in answer.text
    session.expire_all()
    assert reading.decisions_of(late.sitting_id) == []


@pytest.mark.parametrize("seen", ["", "0", "2", "-1", "x", "9" * 400])
def test_a_decision_about_other_answers_than_were_seen_is_refused(
    organiser: FlaskClient, late: Writing, seen: str
) -> None:
    answer = decide(organiser, late, seen=seen)
    assert (answer.status_code, "Посмотрите снова" in answer.text) == (HTTPStatus.CONFLICT, True)
    session.expire_all()
    assert reading.decisions_of(late.sitting_id) == []


def test_accepted_answers_are_scored_and_a_second_press_shows_the_standing_decision(
    organiser: FlaskClient, late: Writing, app: Flask, scene: Scene
) -> None:
    assert decide(organiser, late).status_code == HTTPStatus.FOUND
    run_due(app)
    found = findings.current_of_seat(late.seat_id)
    assert found is not None
    assert found.reason == "late"
    again = decide(organiser, late, "refused", "Передумали")
    assert again.status_code == HTTPStatus.CONFLICT
    for words in ("уже решено", "принято", REASON):
        assert words in again.text
    session.expire_all()
    assert [one.choice for one in reading.decisions_of(late.sitting_id)] == [LateChoice.ACCEPTED]
    assert "Всё решено" in organiser.get(f"/diagnoses/{scene.campaign_id}/late").text
    assert "Решить о поздних ответах" not in organiser.get("/").text


def test_the_tutor_decides_too_and_strangers_find_nothing(
    late: Writing, app: Flask, scene: Scene, client: FlaskClient
) -> None:
    tutor = make.staff(Role.TUTOR, scene.institute, "Тьюторова Инна Львовна")
    session.get_one(Campaign, scene.campaign_id).tutor_id = tutor.id
    stranger = make.staff(Role.TRAINER, scene.institute, "Чужая Ольга Ивановна")
    session.commit()
    other = app.test_client()
    sign_in(other, stranger.id)
    assert other.get(f"/diagnoses/{scene.campaign_id}/late").status_code == HTTPStatus.NOT_FOUND
    assert decide(other, late).status_code == HTTPStatus.NOT_FOUND
    sign_in(client, tutor.id)
    assert "Решить о поздних ответах (1)" in client.get("/").text
    assert decide(client, late, "refused").status_code == HTTPStatus.FOUND
    (made,) = reading.decisions_of(late.sitting_id)
    assert made.decided_by == "Тьюторова Инна Львовна"


def test_an_unknown_work_is_missing(organiser: FlaskClient) -> None:
    assert organiser.get("/sittings/00000000000000/late").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("accepted", ("получен после восстановления связи, принят", "засчитана как отправленная", REASON)),
        ("refused", ("не принят", REASON)),
    ],
)
def test_the_teacher_reads_the_decision(
    organiser: FlaskClient, late: Writing, app: Flask, choice: str, words: tuple[str, ...]
) -> None:
    link = f"/i/{campaigns.mint_link(late.seat_id)}"
    session.commit()
    teacher = app.test_client()
    assert "хранится отдельно" in teacher.get(link).text
    decide(organiser, late, choice)
    page = teacher.get(link).text
    assert [one for one in words if one not in page] == []


def test_the_receipt_says_what_was_taken_in(organiser: FlaskClient, late: Writing, app: Flask) -> None:
    decide(organiser, late)
    teacher = app.test_client()
    person = session.get_one(Person, seat(late.seat_id).respondent_id)
    make.account(person)
    session.commit()
    sign_in(teacher, person.id)
    page = teacher.get(f"/t/{late.sitting_id}/done").text
    assert "получен после восстановления связи, принят" in page
    assert "Квитанция №" in page


def test_a_diagnosis_without_late_answers_says_so(trainer: FlaskClient, scene: Scene) -> None:
    assert "Поздних ответов нет" in trainer.get(f"/diagnoses/{scene.campaign_id}/late").text
    assert "/late" not in trainer.get(f"/diagnoses/{scene.campaign_id}").text
