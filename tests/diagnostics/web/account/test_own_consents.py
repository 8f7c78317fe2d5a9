from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Seat, Wave
from diagnostics.database import session
from diagnostics.people.actions import consents
from diagnostics.people.models import ConsentDocument, OrgNode, Person, Role
from diagnostics.people.queries import consents as reads
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.models import Sitting, SittingState
from tests.support import make
from tests.support.sign_in import sign_in

REQUISITES = {
    "operator_name": "Институт",
    "operator_address": "г. Зареченск",
    "operator_inn": "0000000000",
    "operator_ogrn": "0000000000000",
    "operator_contact": "data@example.org",
}


class World:
    def __init__(self) -> None:
        region = make.region()
        region.requisites = REQUISITES
        self.region: OrgNode = region
        self.document: ConsentDocument = consents.publish(region.id, actor_id=None)
        self.teacher: Person = make.person(at=make.school(make.municipality(region)))
        make.account(self.teacher)
        session.commit()

    @property
    def page(self) -> str:
        return f"/account/consents/{self.document.id}"

    def seat(self) -> str:
        today = clock.now().date()
        trainer = make.staff(Role.TRAINER, self.region)
        campaign = make.campaign(
            trainer, self.region, entry=(today - timedelta(days=1), today + timedelta(days=7))
        )
        wave_id = session.scalars(sa.select(Wave.id).where(Wave.campaign_id == campaign.id)).one()
        campaigns.seat_people(wave_id, [self.teacher.id], trainer.id)
        campaigns.open_wave(wave_id, trainer.id)
        return session.scalars(sa.select(Seat.id).where(Seat.respondent_id == self.teacher.id)).one()


@pytest.fixture
def world(in_app: Flask) -> World:
    return World()


def test_who_is_a_stranger_is_led_to_the_door(client: FlaskClient, world: World) -> None:
    answer = client.get("/account/consents")
    assert (answer.status_code, "/login" in answer.location) == (302, True)


def test_the_text_is_offered_read_agreed_and_then_stands(client: FlaskClient, world: World) -> None:
    sign_in(client, world.teacher.id)
    assert "не дано" in client.get("/account/consents").text
    assert "Роскомнадзор" in client.get(world.page).text
    answer = client.post(world.page, data={"agree": "y", "box-research": "yes"})
    assert answer.location == "/account/consents"
    standing = reads.state(world.teacher.id).standing[0]
    assert standing.options == {"levels_to_school": False, "research": True}
    assert "Отозвать согласие" in client.get("/account/consents").text


def test_without_the_tick_nothing_is_agreed(client: FlaskClient, world: World) -> None:
    sign_in(client, world.teacher.id)
    answer = client.post(world.page, data={"box-research": "yes"})
    assert (answer.status_code, "Отметьте согласие" in answer.text) == (422, True)
    assert reads.state(world.teacher.id).history == ()


def test_boxes_change_without_agreeing_anew(client: FlaskClient, world: World) -> None:
    sign_in(client, world.teacher.id)
    client.post(world.page, data={"agree": "y", "box-levels_to_school": "yes"})
    client.post(world.page, data={})
    assert reads.who_allows("levels_to_school", [world.teacher.id]) == frozenset()


def test_one_click_withdraws_and_stops_what_is_being_answered(client: FlaskClient, world: World) -> None:
    seat_id = world.seat()
    started = sittings.start(seat_id=seat_id, token_id=None, person_id=world.teacher.id)
    sign_in(client, world.teacher.id)
    client.post(world.page, data={"agree": "y"})
    answer = client.post(f"{world.page}/withdraw")
    assert answer.status_code == 200
    assert "Начатая диагностика остановлена" in answer.text
    assert reads.state(world.teacher.id).standing == ()
    sitting = session.get(Sitting, started.sitting_id, populate_existing=True)
    assert sitting is not None
    assert sitting.state is SittingState.STOPPED


def test_nothing_is_withdrawn_that_was_not_given(client: FlaskClient, world: World) -> None:
    sign_in(client, world.teacher.id)
    assert client.post(f"{world.page}/withdraw").status_code == 404


def test_a_text_of_another_operator_looks_as_if_it_were_not_there(client: FlaskClient, world: World) -> None:
    elsewhere = make.region("Соседняя область")
    elsewhere.requisites = REQUISITES
    other = consents.publish(elsewhere.id, actor_id=None)
    sign_in(client, world.teacher.id)
    assert client.get(f"/account/consents/{other.id}").status_code == 404


def test_the_text_can_be_printed(client: FlaskClient, world: World) -> None:
    sign_in(client, world.teacher.id)
    assert "Подпись:" in client.get(f"{world.page}/print").text


def test_who_came_by_their_link_withdraws_there_too(client: FlaskClient, world: World) -> None:
    seat_id = world.seat()
    secret = campaigns.mint_link(seat_id)
    consents.give(
        person_id=world.teacher.id, document_id=world.document.id, options={}, actor_id=world.teacher.id
    )
    session.commit()
    client.post(f"/i/{secret}", data={"surname": "Соколова"})
    g.pop("actor")  # the test's context outlives the request; a browser's next one asks anew
    assert "Отозвать согласие" in client.get("/account/consents").text
    assert client.post(f"{world.page}/withdraw").status_code == 200
    assert reads.state(world.teacher.id).standing == ()
