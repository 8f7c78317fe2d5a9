"""Answers typed from paper while somebody else acts: one sitting, one receipt, or a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.database import session, set_reading
from diagnostics.people.models import OrgNode, Person, Role
from diagnostics.sittings.entry_models import PaperEntry
from diagnostics.sittings.models import Sitting, SittingState
from tests.support import answering, make
from tests.support.at_once import at_once
from tests.support.pages import CheckingClient
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize(
    "base", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

COMPARED = {"compared": "yes"}


@pytest.fixture
def place(app: Flask) -> Iterator[answering.World]:
    with app.app_context():
        set_reading(False)
        made = answering.world()
        session.commit()
        yield made
        session.rollback()


@pytest.fixture
def organisers(app: Flask, place: answering.World) -> tuple[FlaskClient, FlaskClient]:
    region = session.get_one(OrgNode, place.region_id)
    return client_of(app, region), client_of(app, region)


def client_of(app: Flask, at: OrgNode, role: Role = Role.REGIONAL_COORDINATOR) -> FlaskClient:
    client = CheckingClient(app, app.response_class, use_cookies=True)
    sign_in(client, make.staff(role, at).id)
    return client


def entry_of(client: FlaskClient, seat_id: str) -> str:
    """Typed, and waits for the comparison: the address of its page."""
    (typed,) = at_once(lambda: client.post(f"/seats/{seat_id}/paper", data={"a.S1": "1"}))
    assert typed.status_code == HTTPStatus.FOUND, typed.text
    assert typed.location.startswith("/paper/"), typed.location
    return typed.location


def count(table: type[Any], *conditions: Any) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0


def test_one_entry_compared_twice_at_once_is_sent_once(
    place: answering.World, organisers: tuple[FlaskClient, FlaskClient]
) -> None:
    check = entry_of(organisers[0], place.seats[0])
    first, second = organisers
    pages = at_once(
        lambda: first.post(f"{check}/confirm", data=COMPARED),
        lambda: second.post(f"{check}/confirm", data=COMPARED),
    )
    assert sorted(one.status_code for one in pages) == [HTTPStatus.FOUND, HTTPStatus.CONFLICT]
    assert count(Sitting, Sitting.state == SittingState.SUBMITTED) == 1
    assert count(AuditRow, AuditRow.action == "sitting.paper") == 1


def test_two_who_type_one_paper_at_once_make_one_entry(
    place: answering.World, organisers: tuple[FlaskClient, FlaskClient]
) -> None:
    address, (first, second) = f"/seats/{place.seats[0]}/paper", organisers
    pages = at_once(
        lambda: first.post(address, data={"a.S1": "1"}), lambda: second.post(address, data={"a.S1": "2"})
    )
    assert [one.status_code for one in pages] == [HTTPStatus.FOUND, HTTPStatus.FOUND]
    assert count(PaperEntry) == 1


def test_paper_compared_while_the_person_begins_is_the_one_or_the_other(
    app: Flask, place: answering.World, organisers: tuple[FlaskClient, FlaskClient]
) -> None:
    check = entry_of(organisers[0], place.seats[0])
    person = CheckingClient(app, app.response_class, use_cookies=True)
    session.get_one(Person, place.people[0])
    make.account(session.get_one(Person, place.people[0]))
    sign_in(person, place.people[0])
    pages = at_once(
        lambda: organisers[0].post(f"{check}/confirm", data=COMPARED),
        lambda: person.post(f"/t/{place.seats[0]}/start"),
    )
    session.rollback()
    assert count(Sitting) == 1
    sitting = session.scalars(sa.select(Sitting)).one()
    seat = session.get_one(Seat, place.seats[0])
    if pages[0].status_code == HTTPStatus.FOUND:
        assert (sitting.state, seat.state) == (SittingState.SUBMITTED, SeatState.SUBMITTED)
    else:
        assert pages[0].status_code == HTTPStatus.CONFLICT
        assert (sitting.state, seat.state) == (SittingState.OPEN, SeatState.STARTED)


def test_an_entry_is_no_entry_for_another_region_and_for_its_person(
    app: Flask, place: answering.World, organisers: tuple[FlaskClient, FlaskClient]
) -> None:
    check = entry_of(organisers[0], place.seats[0])
    other = client_of(app, make.region("Соседняя область"))
    person = CheckingClient(app, app.response_class, use_cookies=True)
    make.account(session.get_one(Person, place.people[0]))
    sign_in(person, place.people[0])
    for stranger in (other, person):
        for method, address in (
            ("GET", f"/seats/{place.seats[0]}/paper"), ("POST", f"/seats/{place.seats[0]}/paper"), ("GET", check),
            ("POST", f"{check}/confirm"), ("POST", f"{check}/drop"),
        ):  # fmt: skip
            data = COMPARED if method == "POST" else None
            (answer,) = at_once(partial(stranger.open, address, method=method, data=data))
            assert answer.status_code == HTTPStatus.NOT_FOUND, (method, address)
    assert count(Sitting) == 0
    assert count(PaperEntry) == 1
