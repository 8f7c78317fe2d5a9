"""Явка for those above schools at 24, 120 and 350 schools: the list, one stage, its spreadsheet, the start page.

Rows are written straight into the tables of a temporary SQLite base: seven teachers a school, an entry and an
exit, thirteen schools a municipality. Prints milliseconds of a request (the median of `RUNS`), the number of
statements and the size of the page; the ratio to the size before it says how the time grows.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.campaigns.models import (
    Assignment,
    Campaign,
    CampaignState,
    Seat,
    SeatState,
    Wave,
    WaveState,
)
from diagnostics.database import db, session, set_reading
from diagnostics.jobs import transport
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import diagnosis, make
from tests.support.sign_in import sign_in

SIZES = (24, 120, 350)
SCHOOLS_IN_PLACE = 13
TEACHERS = 7
RUNS = 5
PAGES = ("/turnout", "/turnout/{wave}", "/turnout/{wave}?show=behind&sort=share", "/turnout/{wave}.xlsx", "/")


@contextmanager
def application() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings.load({"DATA_DIR": folder, "SECRET_KEY": "bench-key-" * 8}))
        transport.use(None)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context():
            flask_migrate.upgrade()
            set_reading(False)
            yield app
            session.remove()
            db.engine.dispose()


def filled(app: Flask, schools: int) -> tuple[FlaskClient, str]:
    """A region whose coordinator looks; the client and the entry's wave."""
    scene = diagnosis.scene()
    session.get_one(Campaign, scene.campaign_id).state = CampaignState.OPEN
    session.execute(sa.update(Wave).values(state=WaveState.OPEN))
    numbers = random.Random(schools)
    place: OrgNode | None = None
    for number in range(schools):
        if place is None or number % SCHOOLS_IN_PLACE == 0:
            place = make.municipality(scene.region, f"Район № {number // SCHOOLS_IN_PLACE + 1}")
        _seats(scene.entry, scene.exit, make.school(place, f"Школа № {number + 1}"), place, numbers)
    person = make.staff(Role.REGIONAL_COORDINATOR, scene.region)
    client, wave_id = app.test_client(), scene.entry
    sign_in(client, person.id)
    return client, wave_id


def _seats(entry: str, exit_: str, school: OrgNode, place: OrgNode, numbers: random.Random) -> None:
    people = [Person(created_at=clock.now()) for _ in range(TEACHERS)]
    session.add_all(people)
    session.flush()
    for wave_id in (entry, exit_):
        assigned = session.scalars(sa.select(Assignment.id).where(Assignment.wave_id == wave_id)).one()
        for one in people:
            state = numbers.choice(
                (SeatState.SUBMITTED, SeatState.SUBMITTED, SeatState.STARTED, SeatState.EXPECTED)
            )
            seat = Seat(wave_id=wave_id, assignment_id=assigned, subject_id=one.id, created_at=clock.now())
            seat.respondent_id, seat.school_id, seat.municipality_id = one.id, school.id, place.id
            seat.state = state
            session.add(seat)


def measured(client: FlaskClient, address: str) -> tuple[float, int, int]:
    """(median milliseconds, statements, kilobytes)."""
    times, statements, size = [], 0, 0
    for _ in range(RUNS):
        with counted() as seen:
            begun = time.perf_counter()
            answer = client.get(address)
            times.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (address, answer.status_code)
        statements, size = len(seen), len(answer.data) // 1024
    return statistics.median(times), statements, size


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    seen: list[str] = []

    def note(*about: Any) -> None:
        seen.append(about[2])

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(db.engine, "before_cursor_execute", note)


def main() -> None:
    before: dict[str, float] = {}
    for schools in SIZES:
        with clock.frozen(diagnosis.TODAY), application() as app:
            client, wave_id = filled(app, schools)
            print(f"{schools} schools, {schools * TEACHERS} teachers, {2 * schools * TEACHERS} seats")
            for page in PAGES:
                milliseconds, statements, size = measured(client, page.format(wave=wave_id))
                grew = f"  ×{milliseconds / before[page]:.1f}" if page in before else ""
                print(f"  {page:42} {milliseconds:7.1f} ms  {statements:3} statements  {size:4} KB{grew}")
                before[page] = milliseconds


if __name__ == "__main__":
    main()
