"""Answers of one person typed from paper: typed, compared, sent; or refused because the person answers by themself."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.database import session
from diagnostics.people.models import ConsentDocument
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.entry_models import PaperEntry, PaperState
from diagnostics.sittings.models import AnswerEvent, Sitting, SittingKey, SittingState
from tests.support import make
from tests.support.diagnosis import Scene

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def seat_id(scene: Scene) -> str:
    teacher = make.person("Соколова Анна Петровна", at=scene.school)
    found = campaigns.seat_people(scene.entry, [teacher.id], None).seats[teacher.id]
    campaigns.open_wave(scene.entry, None)
    session.commit()
    return found


def typed(client: FlaskClient, seat_id: str, **answers: str) -> Any:
    return client.post(f"/seats/{seat_id}/paper", data={f"a.{code}": text for code, text in answers.items()})


def count(table: type[Any]) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_the_person_page_leads_to_all_questions_on_one_page(trainer: FlaskClient, seat_id: str) -> None:
    assert f"/seats/{seat_id}/paper" in trainer.get(f"/seats/{seat_id}").text
    page = trainer.get(f"/seats/{seat_id}/paper").text
    assert page.count('name="a.') >= 24
    assert "rationale" not in page


def test_each_meaning_stands_on_a_line_of_its_own_behind_its_number(
    trainer: FlaskClient, seat_id: str
) -> None:
    page = trainer.get(f"/seats/{seat_id}/paper").text
    field = page.split('for="a.M01"')[1].split("<input")[0]
    assert field.count('<p class="mark-row"><b>') == 4
    assert "·" not in field


def test_nothing_counts_before_the_comparison(trainer: FlaskClient, seat_id: str) -> None:
    check = typed(trainer, seat_id, M01="2")
    page = trainer.get(check.location)
    assert "Сверка с бумагой" in page.text
    assert (count(Sitting), count(AnswerEvent)) == (0, 0)
    refused = trainer.post(f"{check.location}/confirm")
    assert (refused.status_code, count(Sitting)) == (422, 0)


def test_compared_answers_are_sent_and_say_who_typed_them(
    trainer: FlaskClient, scene: Scene, seat_id: str
) -> None:
    check = typed(trainer, seat_id, M01="2", M02="1").location
    done = trainer.post(f"{check}/confirm", data={"compared": "yes"})
    assert "Квитанция №" in trainer.get(done.location).text
    session.rollback()
    sitting = reading.of_seat(seat_id)
    assert sitting is not None
    assert sitting.state is SittingState.SUBMITTED
    assert set(reading.answers(sitting.id)) == {"M01", "M02"}
    assert session.scalars(sa.select(SittingKey.person_id)).one() == scene.trainer.id
    assert session.scalars(sa.select(AuditRow.actor_id).where(AuditRow.action == "sitting.paper")).one()
    entry = session.scalars(sa.select(PaperEntry)).one()
    assert (entry.state, entry.confirmed_by) == (PaperState.CONFIRMED, scene.trainer.id)
    assert "Внесено с бумаги" in trainer.get(f"/seats/{seat_id}").text
    again = trainer.post(f"{check}/confirm", data={"compared": "yes"})
    assert again.status_code == 409


def test_mistakes_are_told_by_question_and_what_was_typed_stays(trainer: FlaskClient, seat_id: str) -> None:
    page = typed(trainer, seat_id, M01="77", M02="1")
    assert page.status_code == 422
    assert "Такого номера у вопроса нет: 77" in page.text
    assert 'value="77"' in page.text
    assert typed(trainer, seat_id).status_code == 422
    assert count(PaperEntry) == 0


def test_an_entry_is_mended_not_doubled(trainer: FlaskClient, seat_id: str) -> None:
    typed(trainer, seat_id, M01="2")
    form = trainer.get(f"/seats/{seat_id}/paper").text
    assert 'name="a.M01" value="2"' in form
    typed(trainer, seat_id, M01="3")
    session.rollback()
    assert len(session.scalars(sa.select(PaperEntry)).all()) == 1


def test_a_dropped_entry_leaves_nothing(trainer: FlaskClient, seat_id: str) -> None:
    check = typed(trainer, seat_id, M01="2").location
    trainer.post(f"{check}/drop")
    session.rollback()
    entry = session.scalars(sa.select(PaperEntry)).one()
    assert (entry.state, entry.answers) == (PaperState.DROPPED, {})
    assert session.get_one(Seat, seat_id).state is SeatState.EXPECTED


@pytest.mark.parametrize("begun", ["before", "meanwhile"])
def test_who_answers_by_themself_is_not_typed_over(trainer: FlaskClient, seat_id: str, begun: str) -> None:
    check = typed(trainer, seat_id, M01="2").location if begun == "meanwhile" else ""
    sittings.start(seat_id=seat_id, token_id=None, person_id=None)
    session.commit()
    if begun == "meanwhile":
        told = trainer.post(f"{check}/confirm", data={"compared": "yes"})
    else:
        told = trainer.get(f"/seats/{seat_id}/paper")
    assert told.status_code == 409
    assert "уже отвечает сам" in told.text
    assert count(AnswerEvent) == 0


def test_a_stranger_types_nothing(other_trainer: FlaskClient, seat_id: str) -> None:
    assert typed(other_trainer, seat_id, M01="2").status_code == 404


def test_without_a_consent_nothing_is_typed_and_the_page_says_where_to_record_it(
    trainer: FlaskClient, scene: Scene, seat_id: str
) -> None:
    text = {"ru": "Согласие"}
    body = {
        "title": text,
        "summary": [],
        "sections": [{"heading": text, "paragraphs": [text]}],
        "options": [],
    }
    session.add(
        ConsentDocument(
            operator_id=scene.region.id, version=1, body=body, content_hash="x", published_at=clock.now()
        )
    )
    session.commit()
    page = trainer.get(f"/seats/{seat_id}/paper")
    assert page.status_code == 409
    assert "Сначала отметьте бумажное согласие" in page.text
    assert f"/diagnoses/{scene.campaign_id}" in page.text
