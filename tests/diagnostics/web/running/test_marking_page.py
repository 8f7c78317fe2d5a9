"""The organiser's page: who marks, how many, the queue, the agreement."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.clock import now
from diagnostics.database import session
from diagnostics.marking import queries
from diagnostics.outbox.models import Letter
from diagnostics.people.models import Account, OrgNode, PersonalData, Role, RoleGrant
from tests.support import make
from tests.support.marking import HIGH, LOW, MIDDLE, Marking, marking
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def scene(in_app: Flask, client: FlaskClient) -> Marking:
    made = marking(experts=0)
    region = session.get_one(OrgNode, made.place.region_id)
    session.add(RoleGrant(person_id=made.owner_id, role=Role.TRAINER, node_id=region.id, since=make.LONG_AGO))
    session.add(Account(person_id=made.owner_id, login="owner@example.org", created_at=now()))
    session.commit()
    sign_in(client, made.owner_id)
    return made


def page(scene: Marking, client: FlaskClient) -> str:
    found = client.get(f"/diagnoses/{scene.campaign_id}/marking")
    assert found.status_code == 200
    return found.text


def test_the_diagnosis_leads_to_its_marking(scene: Marking, client: FlaskClient) -> None:
    assert f"/diagnoses/{scene.campaign_id}/marking" in client.get(f"/diagnoses/{scene.campaign_id}").text
    text = page(scene, client)
    assert "Никто не назначен: ответы ждут" in text
    assert "Роль даёт администратор" in text


def test_an_expert_is_asked_by_letter_and_taken_off(scene: Marking, client: FlaskClient) -> None:
    region = session.get_one(OrgNode, scene.place.region_id)
    expert = make.staff(Role.EXPERT, region, "Экспертова Инна Олеговна")
    session.get_one(PersonalData, expert.id).email = "expert@example.org"
    session.commit()
    here = f"/diagnoses/{scene.campaign_id}/marking"
    assert "Экспертова Инна Олеговна" in page(scene, client)
    client.post(f"{here}/experts", data={"person": expert.id, "letter": "1"})
    letter = session.scalars(sa.select(Letter)).one()
    assert (letter.to_address, "/marking" in letter.text) == ("expert@example.org", True)
    client.post(f"{here}/experts", data={"person": expert.id, "letter": "1"})
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1, "asked once is asked"
    client.post(f"{here}/experts/{expert.id}/remove")
    assert queries.overview(scene.campaign_id).people == ()


def test_somebody_without_the_role_is_refused_in_words(scene: Marking, client: FlaskClient) -> None:
    refused = client.post(
        f"/diagnoses/{scene.campaign_id}/marking/experts", data={"person": scene.place.people[0]}
    )
    assert refused.status_code == 422
    assert "нет роли эксперта" in refused.text


def test_the_queue_tells_marks_waiting_and_differing_without_names(
    scene: Marking, client: FlaskClient
) -> None:
    first, second = scene.expert("Первая Инна"), scene.expert("Вторая Инна")
    text, waiting = scene.text(scene.send()), scene.text(scene.send(1))
    scene.mark(text.id, first, LOW)
    scene.mark(text.id, second, HIGH)
    session.commit()
    shown = page(scene, client)
    for words in (
        "оценки расходятся",
        "ждёт оценки",
        "2 из 3",
        "0 из 2",
        "1 ответ некому оценить",
        queries.code_of(text.id),
        queries.code_of(waiting.id),
    ):
        assert words in shown
    assert "Соколова" not in shown
    assert "Найти эксперта: 1 ответ некому оценить" in client.get("/").text


def test_agreement_is_shown_with_what_so_few_answers_cannot_tell(scene: Marking, client: FlaskClient) -> None:
    first, second = scene.expert("Первая Инна"), scene.expert("Вторая Инна")
    for seat in (0, 1):
        text = scene.text(scene.send(seat))
        scene.mark(text.id, first, MIDDLE)
        scene.mark(text.id, second, HIGH if seat else MIDDLE)
    session.commit()
    shown = page(scene, client)
    assert "Ответов с двумя оценками пока 2, а показателям нужно хотя бы 30" in shown
    assert "ответов мало" in shown
    sheet = client.get(f"/diagnoses/{scene.campaign_id}/marking.xlsx")
    assert sheet.data[:2] == b"PK"


def test_the_rule_is_one_or_two(scene: Marking, client: FlaskClient) -> None:
    here = f"/diagnoses/{scene.campaign_id}/marking"
    client.post(f"{here}/rule", data={"experts": "1"})
    assert queries.overview(scene.campaign_id).experts == 1
    for wrong in ("3", "", "two"):
        assert client.post(f"{here}/rule", data={"experts": wrong}).status_code == 422
    assert queries.overview(scene.campaign_id).experts == 1
