from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.database import session, set_reading
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import SittingClosed
from diagnostics.sittings.models import Sitting, SittingKey
from diagnostics.sittings.queries import Writing
from tests.support.answering import LIMITS, World, again, answer_all, begin, close_wave, fresh, wave, world


@pytest.fixture
def committed(app: Flask) -> Iterator[World]:
    with app.app_context():
        set_reading(False)
        made = world()
        session.commit()
        session.remove()
        yield made


def start_once(app: Flask, place: World) -> str:
    with app.app_context():
        set_reading(False)
        try:
            sitting_id = sittings.start(
                seat_id=place.seats[0], token_id=None, person_id=place.people[0]
            ).sitting_id
            session.commit()
            return sitting_id
        finally:
            session.remove()


def test_twenty_starts_at_once_make_one_sitting_and_one_audit_row(app: Flask, committed: World) -> None:
    with ThreadPoolExecutor(20) as pool:
        started = {one.result() for one in [pool.submit(start_once, app, committed) for _ in range(20)]}
    assert len(started) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(SittingKey)) == 20
    rows = session.scalars(
        sa.select(AuditRow.action).where(AuditRow.action.in_(["sitting.start", "seat.start"]))
    )
    assert sorted(rows) == ["seat.start", "sitting.start"]


def test_a_start_moves_the_seat_and_pins_what_is_asked(place: World) -> None:
    writing = begin(place)
    seat = session.get_one(Seat, place.seats[0], populate_existing=True)
    sitting = session.get_one(Sitting, writing.sitting_id)
    assert seat.state is SeatState.STARTED
    assert (sitting.form, sitting.language, sitting.instrument_id) == ("A", "ru", writing.instrument_id)


def test_a_second_browser_gets_its_own_key_of_the_same_sitting(phone: Writing, place: World) -> None:
    laptop = begin(place)
    assert laptop.sitting_id == phone.sitting_id
    assert laptop.client != phone.client


def test_a_key_opens_its_own_sitting_only(phone: Writing, place: World) -> None:
    other = begin(place, seat=1)
    started = sittings.start(seat_id=place.seats[0], token_id=None, person_id=place.people[0])
    assert reading.writing(other.sitting_id, started.secret) is None
    assert reading.writing(phone.sitting_id, started.secret) is not None


def test_a_revoked_key_opens_nothing(phone: Writing, place: World) -> None:
    started = sittings.start(seat_id=place.seats[0], token_id=None, person_id=place.people[0])
    sittings.revoke_keys(phone.sitting_id, actor_id=None)
    assert reading.writing(phone.sitting_id, started.secret) is None


def test_a_key_keeps_only_the_hash_of_its_secret(place: World) -> None:
    started = sittings.start(seat_id=place.seats[0], token_id=None, person_id=place.people[0])
    again(started.sitting_id, started.secret)
    assert started.secret not in session.scalars(sa.select(SittingKey.secret_hash)).all()


@pytest.mark.parametrize(("days", "code"), [(-3, "not_open_yet"), (16, "time_over")])
def test_outside_the_window_nothing_begins(place: World, days: int, code: str) -> None:
    moment = wave(place).opens_at + timedelta(days=days)
    with clock.frozen(moment), pytest.raises(SittingClosed) as refused:
        sittings.start(seat_id=place.seats[0], token_id=None, person_id=place.people[0])
    assert refused.value.code == code


def test_nothing_begins_in_a_closed_collection(place: World) -> None:
    close_wave(place)
    with pytest.raises(SittingClosed, match="time_over"):
        begin(place)


def test_a_sent_sitting_is_not_begun_again(phone: Writing, place: World) -> None:
    answer_all(phone)
    sittings.submit(fresh(phone), without_answers=False, limits=LIMITS)
    with pytest.raises(SittingClosed, match="attempt_closed"):
        begin(place)
