from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns import queries as reading
from diagnostics.campaigns.models import WaveKind
from diagnostics.database import session
from diagnostics.people.models import Consent, ConsentDocument, ConsentWay, Role
from tests.support import make
from tests.support.sign_in import sign_in

PDF = b"%PDF-1.4 scan"


class World:
    """A trainer's diagnosis with two teachers at an institute whose requisites an administrator fills in."""

    def __init__(self) -> None:
        region = make.region()
        institute = make.institute(region)
        school = make.school(make.municipality(region))
        trainer = make.staff(Role.TRAINER, institute)
        self.administrator_id = make.staff(Role.ADMINISTRATOR, region).id
        self.teachers = make.people(2, school)
        campaign = make.campaign(trainer, institute, entry=(date(2030, 1, 10), date(2030, 1, 20)))
        wave = reading.campaign(campaign.id).wave(WaveKind.ENTRY)
        assert wave is not None
        campaigns.seat_people(wave.id, self.teachers, trainer.id)
        self.trainer_id, self.institute_id, self.campaign_id = trainer.id, institute.id, campaign.id
        session.commit()


@pytest.fixture
def world(in_app: Flask) -> World:
    made = World()
    session.rollback()
    return made


def publish(client: FlaskClient, world: World) -> None:
    sign_in(client, world.administrator_id)
    session.rollback()
    place = {
        "name": "Институт",
        "operator_name": "Институт развития образования",
        "operator_address": "г. Заречный, ул. Школьная, 1",
        "operator_inn": "0000000000",
        "operator_ogrn": "0000000000000",
        "operator_contact": "pd@example.org",
    }
    assert client.post(f"/admin/places/{world.institute_id}", data=place).status_code == 302
    assert client.post(f"/admin/consents/{world.institute_id}/publish").status_code == 302


def test_a_text_without_requisites_is_not_published(world: World, client: FlaskClient) -> None:
    sign_in(client, world.administrator_id)
    session.rollback()
    assert client.post(f"/admin/consents/{world.institute_id}/publish").status_code == 422
    assert session.scalars(sa.select(ConsentDocument)).all() == []


def test_the_published_text_carries_the_requisites_and_prints(world: World, client: FlaskClient) -> None:
    publish(client, world)
    document_id = session.scalars(sa.select(ConsentDocument.id)).one()
    session.rollback()
    page = client.get(f"/admin/consents/text/{document_id}").text
    assert "Институт развития образования" in page
    assert "{operator" not in page


def test_papers_of_several_people_are_marked_at_once(world: World, client: FlaskClient) -> None:
    publish(client, world)
    sign_in(client, world.trainer_id)
    session.rollback()
    form = {
        "person": world.teachers,
        "paper_date": "15.11.2025",
        "levels_to_school": "y",
        "scan": (BytesIO(PDF), "scan.pdf"),
    }
    page = client.post(f"/diagnoses/{world.campaign_id}/consents", data=form)
    assert page.status_code == 302
    kept = session.scalars(sa.select(Consent)).all()
    assert {(one.way, one.paper_date, one.options["levels_to_school"]) for one in kept} == {
        (ConsentWay.PAPER, date(2025, 11, 15), True)
    }
    assert len({one.scan_id for one in kept}) == 1
    session.rollback()
    assert "на бумаге от 15.11.2025" in client.get(f"/diagnoses/{world.campaign_id}/consents").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": []}, "Отметьте хотя бы одного человека"),
        ({"paper_date": ""}, "Укажите день"),
        ({"paper_date": "31.02.2025"}, "Такого дня нет"),
        ({"paper_date": "01.01.2090"}, "будущем"),
        ({"scan": b"<html>"}, "Скан должен быть"),
    ],
)
def test_a_wrong_paper_is_refused_with_the_place_and_nothing_is_marked(
    world: World, client: FlaskClient, wrong: dict[str, object], words: str
) -> None:
    publish(client, world)
    sign_in(client, world.trainer_id)
    session.rollback()
    files = {name: (BytesIO(value), "scan.pdf") for name, value in wrong.items() if isinstance(value, bytes)}
    form = {"person": world.teachers, "paper_date": "15.11.2025"} | wrong | files
    page = client.post(f"/diagnoses/{world.campaign_id}/consents", data=form)
    assert page.status_code == 422
    assert words in page.text
    assert session.scalars(sa.select(Consent)).all() == []


def test_a_stranger_of_the_diagnosis_cannot_be_marked_through_it(world: World, client: FlaskClient) -> None:
    publish(client, world)
    stranger = make.person("Чужая Вера Олеговна").id
    session.commit()
    sign_in(client, world.trainer_id)
    session.rollback()
    form = {"person": [stranger], "paper_date": f"{clock.now():%d.%m.%Y}"}
    assert client.post(f"/diagnoses/{world.campaign_id}/consents", data=form).status_code == 422
