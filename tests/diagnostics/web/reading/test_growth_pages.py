"""«Вход и выход», «Кому что нужно», «Отчёты»: who sees what, and the same numbers everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Campaign, WaveKind
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make, results
from tests.support.jobs import run_due
from tests.support.sign_in import sign_in


@dataclass(frozen=True)
class Group:
    trainer: Person
    coordinator: Person
    campaign: Campaign
    people: list[str]
    school: OrgNode

    @property
    def address(self) -> str:
        return f"/diagnoses/{self.campaign.id}/growth"


@pytest.fixture
def group(in_app: Flask) -> Group:
    region = make.region()
    place, school = make.institute(region), make.school(make.municipality(region), "Озёрская школа")
    trainer = make.staff(Role.TRAINER, place)
    coordinator = make.staff(Role.REGIONAL_COORDINATOR, region, "Орлов Илья Петрович")
    return Group(trainer, coordinator, results.diagnosis(trainer, place), make.people(24, school), school)


@pytest.fixture
def done(group: Group) -> Group:
    """Everybody took the entry; all but two the exit, and they grew."""
    drawn = np.random.default_rng(5)
    able = dict(zip(group.people, drawn.normal(0.1, 0.8, len(group.people)).tolist(), strict=True))
    results.simulate(results.seat(group.campaign, WaveKind.ENTRY, group.people), able, 1)
    stayed = group.people[:-2]
    grown = {person: able[person] + 0.8 for person in stayed}
    results.simulate(results.seat(group.campaign, WaveKind.EXIT, stayed), grown, 2)
    session.commit()
    return group


def page(client: FlaskClient, person: Person, address: str) -> str:
    sign_in(client, person.id)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_trainer_sees_the_whole_report_with_people(done: Group, client: FlaskClient) -> None:
    text = page(client, done.trainer, done.address)
    assert "Входную диагностику прошли 24 человека из 24, итоговую — 22, обе — 22." in text
    assert "Результаты" in text
    assert "Учитель3 Имя Отчество" in text
    assert "2 человека из 24 не прошли итоговую диагностику" in text


def test_the_change_of_the_whole_stands_apart_from_its_interval(done: Group, client: FlaskClient) -> None:
    text = page(client, done.trainer, done.address)
    assert '<span class="interval">от' in text
    assert 'class="table crossed"' in text


def test_looking_at_exact_figures_is_written_to_the_audit(done: Group, client: FlaskClient) -> None:
    page(client, done.trainer, done.address)
    session.rollback()  # a new look at the base
    rows = session.scalars(sa.select(AuditRow).where(AuditRow.action == "releases.exact_read")).all()
    assert [(row.actor_id, row.object_id) for row in rows] == [(done.trainer.id, done.campaign.id)]


def test_the_coordinator_sees_nothing_before_a_release(done: Group, client: FlaskClient) -> None:
    text = page(client, done.coordinator, done.address)
    assert "обобщённых данных пока нет" in text
    assert "Учитель" not in text


def test_the_coordinator_sees_hidden_cells_and_no_person(
    done: Group, client: FlaskClient, in_app: Flask
) -> None:
    sign_in(client, done.coordinator.id)
    assert client.post(f"{done.address}/release").status_code == 302
    assert run_due(in_app) >= 1
    text = client.get(done.address).get_data(as_text=True)
    assert "скрыто: меньше 5" in text
    assert "Учитель" not in text
    assert "Выпуск 1," in text


def test_a_group_of_four_gives_the_region_nothing(group: Group, client: FlaskClient, in_app: Flask) -> None:
    for kind in (WaveKind.ENTRY, WaveKind.EXIT):
        wave = results.seat(group.campaign, kind, group.people[:4])
        results.simulate(wave, dict.fromkeys(group.people[:4], 0.3), 7)
    session.commit()
    sign_in(client, group.coordinator.id)
    client.post(f"{group.address}/release")
    run_due(in_app)
    assert "обобщённых данных пока нет" in client.get(group.address).get_data(as_text=True)


def test_without_the_exit_the_entry_half_names_the_expected_date(group: Group, client: FlaskClient) -> None:
    results.seat(group.campaign, WaveKind.EXIT, group.people)
    results.simulate(
        results.seat(group.campaign, WaveKind.ENTRY, group.people), dict.fromkeys(group.people, 0.2), 3
    )
    session.commit()
    text = page(client, group.trainer, group.address)
    assert "20\u00a0апреля" in text
    assert "Входную диагностику прошли 24 из 24." in text


def test_the_english_pages_name_topics_and_levels_in_english(done: Group, client: FlaskClient) -> None:
    text = page(client, done.trainer, f"/diagnoses/{done.campaign.id}/needs?lang=en")
    assert "ssessment" in text
    assert "Оценочные компетенции" not in text
    assert "high" in text
    assert "высокий" not in text


def test_nobody_has_come_yet(group: Group, client: FlaskClient) -> None:
    session.commit()
    assert "пока никто не прошёл" in page(client, group.trainer, group.address)


def test_a_strange_trainer_is_told_nothing(done: Group, client: FlaskClient) -> None:
    other = make.staff(Role.TRAINER, make.institute(make.region("Другая область")), "Чужая Анна Ивановна")
    sign_in(client, other.id)
    assert client.get(done.address).status_code == 404
    assert client.post(f"{done.address}/pdf", data={"audience": "own"}).status_code == 404
    assert client.get(f"/diagnoses/{done.campaign.id}/needs").status_code == 404


def test_the_coordinator_cannot_order_the_exact_report(done: Group, client: FlaskClient) -> None:
    sign_in(client, done.coordinator.id)
    assert client.post(f"{done.address}/pdf", data={"audience": "own"}).status_code == 404


def test_needs_show_topics_and_levels_to_the_trainer(done: Group, client: FlaskClient) -> None:
    text = page(client, done.trainer, f"/diagnoses/{done.campaign.id}/needs")
    assert "Общая тема" in text
    assert "Учитель0" in text
    assert "heat-cell" in text


def test_an_ordered_document_stands_among_the_reports_and_opens_at_once(
    done: Group, client: FlaskClient, in_app: Flask
) -> None:
    sign_in(client, done.trainer.id)
    ordered = client.post(f"{done.address}/xlsx", data={"audience": "own"})
    assert "/jobs/" in ordered.location
    run_due(in_app)
    assert "Вход и выход, Работа с неуспевающими" in client.get("/reports").get_data(as_text=True)
    assert "/files/" in client.get(done.address).get_data(as_text=True)


def test_no_reports_yet(done: Group, client: FlaskClient) -> None:
    assert "Готовых отчётов нет" in page(client, done.trainer, "/reports")


def test_a_coordinator_without_reports_is_told_how_one_appears(done: Group, client: FlaskClient) -> None:
    said = page(client, done.coordinator, "/reports")
    assert "готовый документ появится здесь" in said
    assert 'href="/diagnoses"' in said


def test_the_trainer_opens_the_result_of_a_person_and_the_journal_keeps_it(
    done: Group, client: FlaskClient
) -> None:
    text = page(client, done.trainer, f"/diagnoses/{done.campaign.id}/needs")
    address = re.findall(r'href="(/me/results/[^"]+)"', text)[0]
    assert "Учитель" in client.get(address).get_data(as_text=True)
    session.rollback()  # the journal writes on a connection of its own
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "finding.read")).one()
    assert (row.actor_id, row.object_id) == (done.trainer.id, address.rpartition("/")[2])


def test_levels_closed_to_the_tutor_are_closed_to_the_trainer_too(done: Group, client: FlaskClient) -> None:
    done.campaign.visibility = {"levels_to_tutor": False}
    finding = session.scalars(sa.select(Finding.id).where(Finding.person_id == done.people[0])).first()
    session.commit()
    sign_in(client, done.trainer.id)
    assert client.get(f"/me/results/{finding}").status_code == 404
    assert client.get(f"/diagnoses/{done.campaign.id}/needs").status_code == 404
