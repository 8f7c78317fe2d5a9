"""Answering in a pause: nothing is taken up, nothing is lost; on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session, set_reading
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import SittingClosed
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingState
from diagnostics.sittings.queries import Writing
from tests.support.answering import (
    LIMITS,
    World,
    answer_all,
    begin,
    close_wave,
    event,
    fresh,
    parsed,
    pause,
    resume,
    save,
    wave,
    world,
)


def stored() -> list[tuple[int, str]]:
    rows = session.execute(sa.select(AnswerEvent.position, AnswerEvent.item).order_by(AnswerEvent.position))
    return [(position, item) for position, item in rows]


def late() -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(LateEvent)) or 0


def test_an_answer_in_a_pause_is_neither_stored_nor_late(phone: Writing, place: World) -> None:
    pause(place)
    saved = save(phone, event(1, "S1", "b"))
    assert (saved.refusal, saved.kept, saved.results) == ("paused", False, ())
    assert (stored(), late()) == ([], 0)


def test_what_the_device_kept_arrives_after_the_pause_with_its_own_time(phone: Writing, place: World) -> None:
    typed_at = (clock.now() - timedelta(minutes=5)).isoformat()
    batch = (event(1, "S1", "b", client_at=typed_at), event(2, "S2", "a", client_at=typed_at))
    pause(place)
    save(phone, *batch)
    resume(place)
    saved = save(phone, *batch)
    assert [(one.seq, one.status) for one in saved.results] == [(1, "stored"), (2, "stored")]
    assert dict(reading.answers(phone.sitting_id)) == {"S1": "b", "S2": "a"}
    assert session.scalars(sa.select(AnswerEvent.client_at)).first() == datetime.fromisoformat(typed_at)


def test_a_resend_in_a_pause_gets_the_first_result_again(phone: Writing, place: World) -> None:
    first = save(phone, event(1, "S1", "b"))
    pause(place)
    second = save(phone, event(1, "S1", "b"))
    assert (second.results, second.saved_at, second.refusal) == (first.results, first.saved_at, None)
    third = save(phone, event(1, "S1", "b"), event(2, "S2", "a"))
    assert (third.results, third.refusal) == (first.results, "paused")
    assert stored() == [(1, "S1")]


def test_nobody_begins_in_a_pause(place: World) -> None:
    pause(place)
    with pytest.raises(SittingClosed, match="paused"):
        begin(place)
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 0
    resume(place)
    begin(place)


def test_nobody_sends_in_a_pause_and_the_answers_stay(phone: Writing, place: World) -> None:
    answer_all(phone)
    pause(place)
    with pytest.raises(SittingClosed, match="paused"):
        sittings.submit(fresh(phone), without_answers=True, limits=LIMITS)
    assert session.get_one(Sitting, phone.sitting_id, populate_existing=True).state is SittingState.OPEN
    resume(place)
    receipt = sittings.submit(fresh(phone), without_answers=False, limits=LIMITS)
    assert len(receipt.number) == 9


@pytest.mark.parametrize("end", ["deadline", "closed"])
def test_a_pause_does_not_outlive_the_end(phone: Writing, place: World, end: str) -> None:
    """Over is over: what comes then is late, kept and decided about, as without a pause."""
    pause(place)
    moment = clock.now()
    if end == "deadline":
        moment = wave(place).closes_at + timedelta(seconds=LIMITS.late_grace_seconds + 1)
    else:
        close_wave(place)
    with clock.frozen(moment):
        saved = save(phone, event(1, "S1", "b"))
    assert (saved.refusal, saved.kept, late()) == ("time_over", True, 1)


def test_a_save_that_was_taken_up_before_the_pause_counts(phone: Writing, place: World) -> None:
    before = fresh(phone)
    pause(place)
    assert sittings.save_events(before, parsed(before, event(1, "S1", "b")), LIMITS).refusal is None
    assert save(phone, event(2, "S2", "a")).refusal == "paused"
    assert stored() == [(1, "S1")]


def test_a_pause_and_saves_at_once_leave_each_answer_once(app: Flask) -> None:
    with app.app_context():
        set_reading(False)
        place = world()
        phones = [begin(place, seat=seat) for seat in (0, 1)]
        session.commit()
        session.remove()
    gate = threading.Barrier(3)

    def saving(one: Writing) -> str | None:
        with app.app_context():
            set_reading(False)
            gate.wait(timeout=20)
            try:
                saved = save(one, event(1, "S1", "b"))
                session.commit()
                return saved.refusal
            finally:
                session.remove()

    def pausing() -> None:
        with app.app_context():
            set_reading(False)
            gate.wait(timeout=20)
            try:
                campaigns.pause_wave(place.wave_id, None)
                session.commit()
            finally:
                session.remove()

    with ThreadPoolExecutor(3) as pool:
        told = [pool.submit(saving, one) for one in phones]
        pool.submit(pausing).result()
        refusals = [one.result() for one in told]
    assert set(refusals) <= {None, "paused"}
    with app.app_context():
        set_reading(False)
        assert len(stored()) == refusals.count(None)
        resume(place)
        for one in phones:
            assert [result.status for result in save(one, event(1, "S1", "b")).results] == ["stored"]
        assert len(stored()) == 2


def test_another_browser_of_the_person_waits_too(phone: Writing, place: World) -> None:
    pause(place)
    with pytest.raises(SittingClosed, match="paused"):
        begin(place)
    assert save(phone, event(1, "S1", "b")).refusal == "paused"
