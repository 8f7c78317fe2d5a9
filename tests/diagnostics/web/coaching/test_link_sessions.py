from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns import queries
from diagnostics.campaigns.models import Seat, SeatToken, WaveKind
from diagnostics.database import session, writing
from diagnostics.identifiers import digest
from diagnostics.web.guard import LINK
from tests.diagnostics.web.coaching.conftest import World
from tests.support import make
from tests.support.routes import SURE, add_finding


@pytest.fixture
def holder(app: Flask, world: World) -> FlaskClient:
    """A browser that came by the teacher's own link; nobody is signed in."""
    with app.app_context(), writing():
        secret = campaigns.mint_link(world.scene.seat.id)
        token = session.query(SeatToken).filter_by(secret_hash=digest(secret)).one().id
        session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[LINK] = token
    return client


def test_the_holder_of_the_link_proposes_edits_and_sends_the_route(
    world: World, finding: str, holder: FlaskClient
) -> None:
    page = holder.post(f"/findings/{finding}/route", follow_redirects=True)
    assert page.status_code == 200
    route_id = page.request.path.rsplit("/", 1)[1]
    step = world.resource_steps(route_id)[0]
    assert holder.get(f"/routes/steps/{step.id}/swap").status_code == 200
    holder.post(f"/routes/steps/{step.id}/remove")
    assert step.id not in {one.id for one in world.route(route_id).steps}
    holder.post(f"/routes/{route_id}/send")
    assert world.route(route_id).state.value == "sent"
    assert holder.get("/me/route").status_code == 200


def test_the_holder_prints_the_route_and_finds_it_beside(
    app: Flask, world: World, route_id: str, holder: FlaskClient
) -> None:
    answer = holder.post(f"/routes/{route_id}/print", data={"format": "docx"}, follow_redirects=True)
    assert "готовится" in answer.text


@pytest.mark.parametrize("address", ["/routes/review", "/school"])
def test_the_holder_opens_no_screens_of_staff(world: World, holder: FlaskClient, address: str) -> None:
    assert holder.get(address).status_code == 403


def test_the_holder_reads_the_catalogue(world: World, holder: FlaskClient) -> None:
    assert holder.get("/resources").status_code == 200


def test_another_persons_route_is_not_there_for_the_holder(
    app: Flask, world: World, holder: FlaskClient
) -> None:
    with app.app_context(), writing():
        other = make.person("Дорохов Илья Андреевич", at=world.scene.school)
        wave = queries.campaign(world.scene.campaign.id).wave(WaveKind.ENTRY)
        assert wave is not None
        campaigns.seat_people(wave.id, [other.id], world.scene.trainer.id)
        seat = session.query(Seat).filter_by(respondent_id=other.id, wave_id=wave.id).one()
        finding = add_finding(seat, world.scene.campaign, {"METH": SURE}).id
        session.commit()
    route_id = world.propose(finding)
    assert holder.get(f"/routes/{route_id}").status_code == 404
    assert holder.post(f"/findings/{finding}/route").status_code == 404
