from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.database import session, set_reading
from diagnostics.jobs.models import Job
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import Receipt
from diagnostics.sittings.errors import GapsLeft, SittingClosed
from diagnostics.sittings.events import answers_hash
from diagnostics.sittings.models import Sitting, SittingState
from diagnostics.sittings.queries import Writing
from tests.support.answering import ANSWERS, LIMITS, World, answer_all, begin, event, fresh, save, wave, world


def send(writing: Writing, *, without: bool = False) -> Receipt:
    return sittings.submit(fresh(writing), without_answers=without, limits=LIMITS)


def test_sending_moves_the_seat_asks_for_scores_and_leaves_one_audit_row(
    phone: Writing, place: World
) -> None:
    answer_all(phone)
    send(phone)
    assert session.get_one(Seat, place.seats[0], populate_existing=True).state is SeatState.SUBMITTED
    assert session.scalars(sa.select(Job.subject_id).where(Job.kind == "findings.score")).all() == [
        phone.sitting_id
    ]
    rows = session.scalars(sa.select(AuditRow.object_id).where(AuditRow.action == "sitting.submit")).all()
    assert rows == [phone.sitting_id]


def test_the_second_sending_shows_the_same_receipt(phone: Writing) -> None:
    answer_all(phone)
    assert send(phone) == send(phone)
    assert len(session.scalars(sa.select(Job).where(Job.kind == "findings.score")).all()) == 1


def test_a_receipt_can_be_checked_again(phone: Writing) -> None:
    answer_all(phone)
    receipt = send(phone)
    found = reading.receipt_of(receipt.number)
    assert found is not None
    assert found.answers_hash == answers_hash(found.id, reading.answers(found.id)) == receipt.answers_hash


def test_every_answer_that_was_given_is_sent(phone: Writing) -> None:
    answer_all(phone)
    send(phone)
    assert reading.answers(phone.sitting_id) == ANSWERS


def test_questions_without_an_answer_are_named_in_their_order(phone: Writing) -> None:
    answer_all(phone, skip=("L1", "S2"))
    with pytest.raises(GapsLeft) as refused:
        send(phone)
    assert (refused.value.code, refused.value.items) == ("answers_missing", ("S2", "L1"))


def test_gaps_may_be_sent_knowingly(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"))
    assert send(phone, without=True).number


def test_two_answers_of_two_devices_must_be_settled_first(phone: Writing, place: World) -> None:
    laptop = begin(place)
    answer_all(phone)
    save(laptop, event(1, "S1", "a"))
    with pytest.raises(GapsLeft, match="choose_first"):
        send(phone, without=True)


def test_after_the_deadline_and_its_grace_nothing_is_sent(phone: Writing, place: World) -> None:
    answer_all(phone)
    with clock.frozen(wave(place).closes_at + timedelta(minutes=1)), pytest.raises(SittingClosed) as refused:
        send(phone)
    assert refused.value.code == "time_over"


def test_an_anonymous_sitting_forgets_the_minutes(in_app: Flask) -> None:
    phone = begin(world(anonymous=True))
    answer_all(phone)
    receipt = send(phone)
    row = session.get_one(Sitting, phone.sitting_id, populate_existing=True)
    assert {one.minute for one in (row.started_at, row.touched_at, receipt.submitted_at)} == {0}


def test_stopping_ends_the_sitting_and_its_keys(phone: Writing, place: World) -> None:
    assert sittings.stop_of_person(place.people[0], actor_id=place.people[0]) == 1
    found = reading.one(phone.sitting_id)
    assert found is not None
    assert found.state is SittingState.STOPPED
    assert sittings.stop_of_person(place.people[0], actor_id=place.people[0]) == 0


def test_a_sent_sitting_cannot_be_stopped(phone: Writing) -> None:
    answer_all(phone)
    send(phone)
    assert not sittings.stop(phone.sitting_id, actor_id=None)


def test_twenty_sendings_at_once_give_one_receipt(app: Flask) -> None:
    with app.app_context():
        set_reading(False)
        phone = begin(world())
        answer_all(phone)
        session.commit()
        session.remove()

    def send_once() -> Receipt:
        with app.app_context():
            set_reading(False)
            try:
                receipt = send(phone)
                session.commit()
                return receipt
            finally:
                session.remove()

    with ThreadPoolExecutor(20) as pool:
        receipts = {one.result() for one in [pool.submit(send_once) for _ in range(20)]}
    assert len(receipts) == 1
    with app.app_context():
        rows = session.scalars(sa.select(AuditRow.object_id).where(AuditRow.action == "sitting.submit")).all()
        jobs = session.scalars(sa.select(Job.id).where(Job.kind == "findings.score")).all()
    assert (len(rows), len(jobs)) == (1, 1)
