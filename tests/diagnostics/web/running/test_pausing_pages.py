"""«Приостановить» and «Возобновить» on the page of a diagnosis, at home and in the turnout."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Wave
from diagnostics.campaigns.queries import seats
from diagnostics.database import session
from diagnostics.people.models import Person, Role
from tests.support import diagnosis, make
from tests.support.diagnosis import Scene
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
SINCE = "приостановлен с 22 ноября, 12:00"


@pytest.fixture
def entry(scene: Scene) -> str:
    """The open entry wave with one teacher."""
    person = make.person("Соколова Анна Петровна", at=scene.school)
    actions.seat_people(scene.entry, [person.id], None)
    actions.open_wave(scene.entry, None)
    session.commit()
    return scene.entry


def row(wave_id: str) -> Wave:
    session.rollback()
    return session.get_one(Wave, wave_id, populate_existing=True)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.text).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_pause_is_asked_once_more_and_says_what_it_means(
    trainer: FlaskClient, scene: Scene, entry: str
) -> None:
    assert f"/waves/{entry}/pause" in page(trainer, f"/diagnoses/{scene.campaign_id}")
    asked = page(trainer, f"/waves/{entry}/pause")
    assert "Последний день не меняется: 30 ноября 2026 г." in asked
    assert row(entry).paused_at is None, "looking changes nothing"


def test_from_the_pause_to_its_end_in_the_browser(trainer: FlaskClient, scene: Scene, entry: str) -> None:
    home = f"/diagnoses/{scene.campaign_id}"
    answer = trainer.post(f"/waves/{entry}/pause", data={"reason": "Нет связи <до 15:00>"})
    assert answer.location == home
    shown = page(trainer, home)
    assert SINCE in shown
    assert "Людям сказано: Нет связи &lt;до 15:00&gt;" in shown
    assert f"/waves/{entry}/pause" not in shown
    assert f'action="/waves/{entry}/resume"' in shown
    assert trainer.post(f"/waves/{entry}/resume").location == home
    shown = page(trainer, home)
    assert "Последний день прежний: 30 ноября 2026 г." in shown
    assert "приостановлен с" not in shown
    rows = sa.select(AuditRow.action, AuditRow.actor_id).where(
        AuditRow.action.in_(["wave.pause", "wave.resume"])
    )
    assert sorted(map(tuple, session.execute(rows))) == [
        ("wave.pause", scene.trainer.id),
        ("wave.resume", scene.trainer.id),
    ]


def test_a_pause_is_seen_at_home_and_in_the_turnout(trainer: FlaskClient, entry: str) -> None:
    trainer.post(f"/waves/{entry}/pause")
    assert f"Сбор {SINCE}" in page(trainer, "/")
    assert SINCE in page(trainer, f"/waves/{entry}/turnout")


def test_the_teacher_and_the_coordinator_see_it_too(
    app: Flask, trainer: FlaskClient, scene: Scene, entry: str
) -> None:
    trainer.post(f"/waves/{entry}/pause")
    teacher = app.test_client()
    person_id = teacher_of(entry)
    make.account(session.get_one(Person, person_id))
    sign_in(teacher, person_id)
    shown = page(teacher, "/")
    assert "Приостановлена организатором с 22 ноября, 12:00" in shown
    assert "/seat/" not in shown, "nothing to press meanwhile"
    coordinator = app.test_client()
    sign_in(coordinator, make.staff(Role.MUNICIPAL_COORDINATOR, scene.municipality, "Зуева Инна Олеговна").id)
    assert SINCE in page(coordinator, "/turnout")
    assert SINCE in page(coordinator, f"/turnout/{entry}")


def teacher_of(wave_id: str) -> str:
    found = seats.seats_of_wave(wave_id)[0].respondent_id
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "act", "words"),
    [
        ("paused", "pause", "Сбор уже приостановлен"),
        ("open", "resume", "Сбор не приостановлен"),
        ("closed", "pause", "Сбор не идёт"),
        ("closed", "resume", "Сбор не приостановлен"),
    ],
)
def test_pressed_in_another_state_it_is_refused_in_words(
    trainer: FlaskClient, entry: str, before: str, act: str, words: str
) -> None:
    if before == "paused":
        trainer.post(f"/waves/{entry}/pause")
    if before == "closed":
        trainer.post(f"/waves/{entry}/close")
    answer = trainer.post(f"/waves/{entry}/{act}")
    assert (answer.status_code, words in answer.text) == (409, True)
    assert trainer.get(f"/waves/{entry}/pause").status_code == 200


def test_too_long_a_reason_stays_in_the_form(trainer: FlaskClient, entry: str) -> None:
    answer = trainer.post(f"/waves/{entry}/pause", data={"reason": "ж" * 201})
    assert answer.status_code == 422
    assert "Причина длиннее 200 знаков" in answer.text
    assert "ж" * 201 in answer.text
    assert row(entry).paused_at is None


def test_a_stage_whose_deadline_passed_in_a_pause_is_prolonged_and_goes_on(
    trainer: FlaskClient, scene: Scene, entry: str
) -> None:
    trainer.post(f"/waves/{entry}/pause")
    with clock.frozen(row(entry).closes_at + timedelta(hours=1)):
        sign_in(trainer, scene.trainer.id)
        assert "Срок вышел" in page(trainer, "/")
        trainer.post(f"/waves/{entry}/dates", data={"first_day": "2026-11-20", "last_day": "2026-12-05"})
        assert trainer.post(f"/waves/{entry}/resume").status_code == 302
    assert row(entry).paused_at is None


def test_another_trainers_stage_is_not_there(other_trainer: FlaskClient, entry: str) -> None:
    assert other_trainer.get(f"/waves/{entry}/pause").status_code == 404
    assert other_trainer.post(f"/waves/{entry}/pause").status_code == 404
    assert other_trainer.post(f"/waves/{entry}/resume").status_code == 404
    assert row(entry).paused_at is None


def test_the_clock_of_the_pause_is_that_of_the_place(trainer: FlaskClient, scene: Scene, entry: str) -> None:
    row(entry).zone = "Asia/Kamchatka"
    session.commit()
    trainer.post(f"/waves/{entry}/pause")
    assert "приостановлен с 22 ноября, 21:00" in page(trainer, f"/diagnoses/{scene.campaign_id}")
    assert row(entry).paused_at == diagnosis.TODAY
