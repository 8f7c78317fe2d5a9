"""More time: agreed before the beginning for several people at once, prolonged in the middle with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import timing
from tests.support import make
from tests.support.diagnosis import Scene

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def seats(scene: Scene) -> list[str]:
    people = make.people(3, scene.school)
    found = actions.seat_people(scene.entry, people, None).seats
    actions.open_wave(scene.entry, None)
    session.commit()
    return list(found.values())


def factors() -> dict[str, float]:
    session.rollback()
    return {row.id: row.extra_time for row in session.execute(sa.select(Seat.id, Seat.extra_time))}


def give(client: FlaskClient, scene: Scene, seats: list[str], **more: str) -> Any:
    data = {"seat": seats, "factor": "1.5", "reason": "agreed"} | more
    return client.post(f"/waves/{scene.entry}/time", data=data)


def begin(seat_id: str) -> None:
    sittings.start(seat_id=seat_id, token_id=None, person_id=None)
    session.commit()


def test_the_list_gives_time_to_several_at_once(trainer: FlaskClient, scene: Scene, seats: list[str]) -> None:
    assert f"/waves/{scene.entry}/time" in trainer.get(f"/waves/{scene.entry}/people").text
    assert give(trainer, scene, seats[:2]).status_code == 302
    assert [factors()[one] for one in seats] == [1.5, 1.5, 1.0]
    page = trainer.get(f"/waves/{scene.entry}/time").text
    assert "особые условия согласованы заранее" in page
    notes = list(session.scalars(sa.select(AuditRow.note).where(AuditRow.action == "seat.extra_time")))
    assert notes == ["agreed", "agreed"]


@pytest.mark.parametrize("more", [{"reason": ""}, {"reason": "диагноз F81"}, {"factor": "9"}])
def test_a_reason_of_the_list_is_demanded(
    trainer: FlaskClient, scene: Scene, seats: list[str], more: dict[str, str]
) -> None:
    answer = give(trainer, scene, seats, **more)
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert set(factors().values()) == {1.0}


def test_nobody_ticked_and_strangers_change_nothing(
    trainer: FlaskClient, scene: Scene, seats: list[str]
) -> None:
    for chosen in ([], ["00000000000000"]):
        assert give(trainer, scene, chosen).status_code == 422


def test_who_has_begun_is_refused_with_all_the_others(
    trainer: FlaskClient, scene: Scene, seats: list[str]
) -> None:
    begin(seats[1])
    answer = give(trainer, scene, seats)
    assert (answer.status_code, "можно только продлить" in answer.text) == (409, True)
    assert set(factors().values()) == {1.0}
    alone = trainer.post(f"/seats/{seats[1]}/time", data={"factor": "1.5", "reason": "agreed"})
    assert alone.status_code == 409


def test_a_work_that_goes_on_is_prolonged_with_a_reason_and_its_clock_follows(
    trainer: FlaskClient, scene: Scene, seats: list[str]
) -> None:
    begin(seats[0])
    page = trainer.get(f"/seats/{seats[0]}").text
    assert "/prolong" in page
    assert "/time" not in page
    address = f"/seats/{seats[0]}/prolong"
    assert trainer.post(address, data={"factor": "1.5"}).status_code == 422
    assert trainer.post(address, data={"factor": "1.5", "reason": "link"}).status_code == 302
    assert factors()[seats[0]] == 1.5
    less = trainer.post(address, data={"factor": "1.25", "reason": "link"})
    assert (less.status_code, "только на большее" in less.text) == (422, True)
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "seat.prolong")).one()
    assert (row.actor_id, row.note) == (scene.trainer.id, "link")
    assert timing.given(40, factors()[seats[0]]) == timedelta(minutes=60)


def test_a_work_not_begun_is_not_prolonged(trainer: FlaskClient, scene: Scene, seats: list[str]) -> None:
    answer = trainer.post(f"/seats/{seats[0]}/prolong", data={"factor": "1.5", "reason": "link"})
    assert answer.status_code == 409


def test_a_stranger_gives_no_time(other_trainer: FlaskClient, scene: Scene, seats: list[str]) -> None:
    assert give(other_trainer, scene, seats).status_code == 404
