"""A file of answers brought to the organiser: taken from the явка page, from unknown browsers too, and noted."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import Started, Taken
from diagnostics.sittings.actions.starting import key_of_device
from diagnostics.sittings.answers_file.letter import read_letter
from diagnostics.sittings.answers_file.proofs import device_without_proof, proof_of
from tests.support import make
from tests.support.answering import event
from tests.support.answers_file import letter
from tests.support.diagnosis import Scene

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def begun(scene: Scene) -> Started:
    teacher = make.person("Соколова Анна Петровна", at=scene.school)
    seat_id = campaigns.seat_people(scene.entry, [teacher.id], None).seats[teacher.id]
    campaigns.open_wave(scene.entry, None)
    started = sittings.start(seat_id=seat_id, token_id=None, person_id=teacher.id)
    session.commit()
    return started


def send(client: FlaskClient, wave_id: str, content: bytes) -> Any:
    given = (io.BytesIO(content), "orientir-answers.json")
    return client.post(
        f"/waves/{wave_id}/answers-file", data={"file": given}, content_type="multipart/form-data"
    )


def journal() -> list[tuple[str, str | None]]:
    session.rollback()
    rows = session.scalars(sa.select(AuditRow).where(AuditRow.action.startswith("sitting.file")))
    return [(row.action, row.actor_id) for row in rows]


def test_the_turnout_page_leads_to_it(trainer: FlaskClient, scene: Scene, begun: Started) -> None:
    assert f"/waves/{scene.entry}/answers-file" in trainer.get(f"/waves/{scene.entry}/turnout").text
    assert trainer.get(f"/waves/{scene.entry}/answers-file").status_code == 200


def test_a_proved_file_is_taken(app: Flask, trainer: FlaskClient, scene: Scene, begun: Started) -> None:
    proof = proof_of(app.config["SECRET_KEY"], begun.sitting_id, begun.key_id)
    page = send(trainer, scene.entry, letter(begun.sitting_id, proof, event(1, "M01", "b")))
    assert "1 ответ принят." in page.text
    assert journal() == [("sitting.file", scene.trainer.id)]


@pytest.mark.parametrize("proof", [None, "unknown.proof"])
def test_an_unknown_browser_is_taken_at_the_organisers_word_once(
    trainer: FlaskClient, scene: Scene, begun: Started, proof: str | None
) -> None:
    content = letter(begun.sitting_id, proof, event(1, "M01", "b"))
    assert "1 ответ принят." in send(trainer, scene.entry, content).text
    assert "1 ответ уже был." in send(trainer, scene.entry, content).text
    session.rollback()
    assert dict(reading.answers(begun.sitting_id)) == {"M01": "b"}
    assert journal() == [("sitting.file_unproved", scene.trainer.id)] * 2


@pytest.mark.parametrize("guess", ["{proof}", "file:{proof}", "{sitting}.{proof}"])
def test_who_wrote_a_file_without_a_proof_holds_no_key_of_it(
    app: Flask, trainer: FlaskClient, scene: Scene, begun: Started, guess: str
) -> None:
    send(trainer, scene.entry, letter(begun.sitting_id, "made.up", event(1, "M01", "b")))
    session.rollback()
    device = device_without_proof(app.config["SECRET_KEY"], "made.up")
    assert key_of_device(begun.sitting_id, device) is not None
    guessed = guess.format(proof="made.up", sitting=begun.sitting_id)
    assert key_of_device(begun.sitting_id, guessed) is None


def test_a_file_without_a_proof_is_known_after_the_secret_was_replaced(
    app: Flask, scene: Scene, begun: Started
) -> None:
    content = letter(begun.sitting_id, "made.up", event(1, "M01", "b"))

    def taken(*secrets: str) -> Taken:
        limits = app.extensions["orientir"].limits
        read = read_letter(content, secrets)
        return sittings.take_file(read, secrets, limits, actor_id=scene.trainer.id, by_organiser=True)

    before, after = taken("first"), taken("second", "first")
    assert ((before.accepted, before.known), (after.accepted, after.known)) == ((1, 0), (0, 1))


def test_a_file_of_another_stage_is_refused(trainer: FlaskClient, scene: Scene, begun: Started) -> None:
    page = send(trainer, scene.exit, letter(begun.sitting_id, None, event(1, "M01", "b")))
    assert (page.status_code, "из другой диагностики" in page.text) == (422, True)


def test_a_stranger_hands_nothing_in(other_trainer: FlaskClient, scene: Scene, begun: Started) -> None:
    assert (
        send(other_trainer, scene.entry, letter(begun.sitting_id, None, event(1, "M01", "b"))).status_code
        == 404
    )
