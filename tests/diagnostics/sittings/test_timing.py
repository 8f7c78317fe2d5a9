"""The person's own minutes: held by the server, stopped by a pause, longer for a need; on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns.models import Seat
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.sittings import actions
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, LateChoice, LateEvent, Sitting, SittingState
from diagnostics.sittings.queries import Writing, timed
from tests.support.answering import World, begin, close_wave, event, fresh, pause, resume, save, wave, world

LIMIT = timedelta(minutes=30)
GRACE = timedelta(seconds=30)


@pytest.fixture
def place(in_app: Flask) -> World:
    return world(branching=True)


def sitting(phone: Writing) -> Sitting:
    return session.get_one(Sitting, phone.sitting_id, populate_existing=True)


def at(phone: Writing, minutes: float) -> datetime:
    return phone.started_at + timedelta(minutes=minutes)


def test_the_minutes_run_from_the_beginning_to_the_window_at_most(phone: Writing, place: World) -> None:
    assert phone.is_timed
    assert phone.ends_at == phone.started_at + LIMIT
    wave(place).closes_at = at(phone, 10)
    session.flush()
    assert fresh(phone).ends_at == at(phone, 10)


def test_a_work_without_a_limit_ends_with_its_stage(in_app: Flask) -> None:
    free = begin(world())
    assert not free.is_timed
    assert free.ends_at == free.closes_at


def test_a_nameless_sitting_counts_no_minutes(in_app: Flask) -> None:
    nameless = world(branching=True, anonymous=True)
    one = begin(nameless)
    assert not one.is_timed
    assert one.ends_at == one.closes_at


@pytest.mark.parametrize(("factor", "minutes"), [(1.0, 30), (1.5, 45), (2.0, 60), (0.5, 30)])
def test_a_need_agreed_before_makes_the_time_longer(phone: Writing, factor: float, minutes: int) -> None:
    session.execute(sa.update(Seat).where(Seat.id == phone.seat_id).values(extra_time=factor))
    assert fresh(phone).ends_at == at(phone, minutes)


@pytest.mark.parametrize(
    ("minutes", "refusal"), [(29, None), (30, None), (30.4, None), (30.6, "time_over"), (300, "time_over")]
)
def test_what_was_on_its_way_counts_and_what_came_later_is_kept_apart(
    phone: Writing, minutes: float, refusal: str | None
) -> None:
    with clock.frozen(at(phone, minutes)):
        saved = save(phone, event(1, "LEADS", "no"))
    assert saved.refusal == refusal
    assert saved.kept is (refusal is not None)
    assert [one.reason for one in session.scalars(sa.select(LateEvent))] == (
        ["after_deadline"] if refusal else []
    )


def test_a_pause_gives_its_minutes_back(phone: Writing, place: World) -> None:
    with clock.frozen(at(phone, 10)):
        pause(place)
    with clock.frozen(at(phone, 25)):
        assert fresh(phone).ends_at == at(phone, 45)  # it still lasts
        resume(place)
    with clock.frozen(at(phone, 40)):
        assert fresh(phone).ends_at == at(phone, 45)
        assert save(phone, event(1, "LEADS", "no")).refusal is None
        pause(place)
    with clock.frozen(at(phone, 50)):
        resume(place)
    with clock.frozen(at(phone, 56)):
        assert fresh(phone).ends_at == at(phone, 55)


def test_a_pause_before_the_beginning_or_after_the_end_gives_nothing(place: World) -> None:
    pause(place)
    with clock.frozen(clock.now() + timedelta(minutes=10)):
        resume(place)
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        phone = begin(place)
    with clock.frozen(at(phone, 31)):
        pause(place)
    with clock.frozen(at(phone, 61)):
        assert fresh(phone).ends_at == phone.started_at + LIMIT


def test_the_work_sends_itself_as_it_stands_at_its_end(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "no"))
    with clock.frozen(at(phone, 30) + GRACE):
        assert timed.over(Limits()) == []
        assert actions.close_by_time(phone.sitting_id, GRACE) is False
    with clock.frozen(at(phone, 31)):
        assert timed.over(Limits()) == [phone.sitting_id]
        assert actions.close_by_time(phone.sitting_id, GRACE) is True
        assert timed.over(Limits()) == []
        assert actions.close_by_time(phone.sitting_id, GRACE) is False
    sent = sitting(phone)
    assert (sent.state, sent.submitted_at) == (SittingState.SUBMITTED, at(phone, 30))
    assert fresh(phone).closed_by_time


def test_sending_by_hand_after_the_end_needs_no_word_about_gaps(phone: Writing) -> None:
    with clock.frozen(at(phone, 30.2)):
        receipt = actions.submit(fresh(phone), without_answers=False, limits=Limits())
    assert receipt.submitted_at == at(phone, 30)


def test_nothing_closes_while_the_stage_is_paused(phone: Writing, place: World) -> None:
    with clock.frozen(at(phone, 20)):
        pause(place)
    with clock.frozen(at(phone, 90)):
        assert timed.over(Limits()) == []


def test_an_answer_late_for_a_work_that_sent_itself_waits_and_is_told_apart(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "no"))
    with clock.frozen(at(phone, 31)):
        actions.close_by_time(phone.sitting_id)
        late = save(phone, event(2, "K1", "b", base=1, client_at=at(phone, 29).isoformat()))
        assert (late.refusal, late.kept) == ("time_over", True)
        waiting = reading.waiting_of(phone.sitting_id)
        assert waiting is not None
        assert (waiting.after_deadline, waiting.after_submit, waiting.typed_in_time) == (True, False, True)
        assert waiting.closes_at == at(phone, 30)
        decided = actions.decide_late(
            phone.sitting_id, choice=LateChoice.ACCEPTED, reason="не было связи", seen=1, actor_id=None
        )
    assert decided.sent is False
    assert reading.answers(phone.sitting_id)["K1"] == "b"


def test_who_sent_in_time_is_late_after_sending_and_not_after_the_end(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "no"))
    with clock.frozen(at(phone, 10)):
        actions.submit(fresh(phone), without_answers=True, limits=Limits())
    with clock.frozen(at(phone, 40)):
        assert save(phone, event(2, "K1", "b", base=1)).refusal == "attempt_closed"


def test_a_stage_closed_early_ends_an_open_work_too(phone: Writing, place: World) -> None:
    close_wave(place)
    assert save(phone, event(1, "LEADS", "no")).refusal == "time_over"
    assert actions.close_by_time(phone.sitting_id) is True


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_clock_that_is_set_moves_neither_the_end_nor_the_log_backwards(
    phone: Writing, minutes: float
) -> None:
    first, end = at(phone, 10), phone.ends_at
    for seq, moment in enumerate((first, first + timedelta(minutes=minutes)), 1):
        with clock.frozen(moment):
            save(phone, event(seq, "LEADS", "no"))
            assert fresh(phone).ends_at == end
    with clock.frozen(first - timedelta(minutes=5)):
        actions.submit(fresh(phone), without_answers=True, limits=Limits())
    later = max(first, first + timedelta(minutes=minutes))
    moments = session.scalars(sa.select(AnswerEvent.at).order_by(AnswerEvent.position)).all()
    assert moments == [first, later]
    assert sitting(phone).submitted_at == later
