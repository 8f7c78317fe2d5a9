"""Late answers are decided once: taken in and scored, or left out; nothing else changes the answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import SeatState, Wave
from diagnostics.campaigns.queries import seats
from diagnostics.database import session, writing
from diagnostics.errors import DomainError, FieldRefused, Missing
from diagnostics.findings import queries as findings
from diagnostics.sittings import actions
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import LateDecided
from diagnostics.sittings.events import answers_hash
from diagnostics.sittings.models import (
    AnswerEvent,
    LateChoice,
    LateDecision,
    LateEvent,
    SittingState,
)
from diagnostics.sittings.queries import Writing
from diagnostics.upkeep import verifying
from tests.support.answering import (
    LIMITS,
    World,
    again,
    answer_all,
    begin,
    close_wave,
    event,
    fresh,
    save,
    wave,
    world,
)
from tests.support.jobs import run_due

ACCEPT, REFUSE = LateChoice.ACCEPTED, LateChoice.REFUSED
LATE = timedelta(hours=2)


@pytest.fixture
def sent(phone: Writing) -> Writing:
    """A sent work without S2, and two answers that came after the sending."""
    answer_all(phone, skip=["S2"])
    actions.submit(fresh(phone), without_answers=True, limits=LIMITS)
    save(phone, event(50, "S2", "a"), event(51, "S1", "a"))
    return phone


@pytest.fixture
def unsent(phone: Writing, place: World) -> Iterator[Writing]:
    """A work never sent: nine answers in time, one typed in time and come two hours late."""
    answer_all(phone, skip=["S2"])
    deadline = wave(place).closes_at
    with clock.frozen(deadline + LATE):
        typed = (deadline - timedelta(minutes=5)).isoformat()
        save(phone, event(50, "S2", "a", client_at=typed))
        yield phone


def decide(
    phone: Writing, choice: LateChoice = ACCEPT, *, seen: int, reason: str = "Связи не было"
) -> LateDecision:
    return actions.decide_late(phone.sitting_id, choice=choice, reason=reason, seen=seen, actor_id=None)


def test_what_waits_is_told_by_person(unsent: Writing, place: World) -> None:
    (work,) = reading.waiting_in(place.campaign_id)
    assert (work.name, work.answers, work.changed, work.standing) == ("Соколова Анна Петровна", 1, 1, 8)
    assert (work.after_submit, work.after_deadline, work.is_sent, work.will_be_sent) == (
        False,
        True,
        False,
        True,
    )
    assert work.typed_in_time
    assert work.arrived_at == clock.now()
    assert reading.waiting_counts([place.campaign_id]) == {place.campaign_id: 1}


def test_late_marks_alone_wait_for_nobody(phone: Writing, place: World) -> None:
    answer_all(phone)
    actions.submit(fresh(phone), without_answers=False, limits=LIMITS)
    save(phone, event(50, "S1", kind="flag"))
    assert reading.waiting_in(place.campaign_id) == []
    assert reading.waiting_counts([place.campaign_id]) == {}


def test_accepted_answers_count_and_the_receipt_keeps_its_number(sent: Writing) -> None:
    before = reading.one(sent.sitting_id)
    decision = decide(sent, seen=2)
    after = reading.one(sent.sitting_id)
    assert before
    assert after
    answers = reading.answers(sent.sitting_id)
    assert (answers["S2"], answers["S1"]) == ("a", "a")
    assert after.receipt == before.receipt
    assert after.submitted_at == before.submitted_at
    assert after.answers_hash == answers_hash(sent.sitting_id, answers) != before.answers_hash
    assert (decision.hash_before, decision.answers, decision.sent) == (before.answers_hash, 2, False)


def test_refused_answers_change_nothing_but_are_kept(sent: Writing) -> None:
    before, answers = reading.one(sent.sitting_id), reading.answers(sent.sitting_id)
    decide(sent, REFUSE, seen=2)
    assert (reading.one(sent.sitting_id), reading.answers(sent.sitting_id)) == (before, answers)
    assert session.scalars(sa.select(LateEvent.decision)).all() == ["refused", "refused"]
    assert reading.waiting_of(sent.sitting_id) is None


def test_accepting_makes_a_new_finding_and_the_old_one_stays_readable(sent: Writing, in_app: Flask) -> None:
    run_due(in_app)
    (first,) = findings.history_of_seat(sent.seat_id)
    decide(sent, seen=2)
    run_due(in_app)
    old, new = sorted(findings.history_of_seat(sent.seat_id), key=lambda one: one.id != first.id)
    assert (old.id, old.points) == (first.id, first.points)
    assert new.reason == "late"
    current = findings.current_of_seat(sent.seat_id)
    assert current is not None
    assert current.id == new.id


def test_refusing_makes_no_finding(sent: Writing, in_app: Flask) -> None:
    run_due(in_app)
    decide(sent, REFUSE, seen=2)
    run_due(in_app)
    assert len(findings.history_of_seat(sent.seat_id)) == 1


def test_accepting_sends_a_work_that_was_never_sent(unsent: Writing, in_app: Flask) -> None:
    decision = decide(unsent, seen=1)
    sitting = reading.one(unsent.sitting_id)
    assert sitting
    assert decision.sent
    assert (sitting.state, sitting.submitted_at) == (SittingState.SUBMITTED, clock.now())
    assert sitting.receipt
    assert seats.seat(unsent.seat_id).state is SeatState.SUBMITTED
    run_due(in_app)
    (finding,) = findings.history_of_seat(unsent.seat_id)
    assert finding.reason == "late"


def test_a_work_never_sent_stays_unsent_when_refused(unsent: Writing, in_app: Flask) -> None:
    decide(unsent, REFUSE, seen=1)
    run_due(in_app)
    sitting = reading.one(unsent.sitting_id)
    assert sitting
    assert (sitting.state, len(reading.answers(unsent.sitting_id))) == (SittingState.OPEN, 8)
    assert findings.history_of_seat(unsent.seat_id) == []


def test_in_a_prolonged_wave_the_person_sends_it(unsent: Writing, place: World) -> None:
    session.get_one(Wave, place.wave_id).closes_at += timedelta(days=2)
    session.flush()
    assert not decide(unsent, seen=1).sent
    sitting = reading.one(unsent.sitting_id)
    assert sitting
    assert sitting.state is SittingState.OPEN
    assert reading.answers(unsent.sitting_id)["S2"] == "a"
    actions.submit(fresh(unsent), without_answers=True, limits=LIMITS)


def test_it_works_the_same_after_the_wave_was_closed(unsent: Writing, place: World) -> None:
    close_wave(place)
    assert decide(unsent, seen=1).sent


def test_a_newer_answer_from_another_device_stays(phone: Writing, place: World) -> None:
    save(phone, event(1, "S1", "b"))
    seen = fresh(phone).last_position
    computer = begin(place)
    save(computer, event(1, "S1", "c", base=seen))
    actions.submit(fresh(computer), without_answers=True, limits=LIMITS)
    save(phone, event(2, "S1", "a", base=seen))
    decide(phone, seen=1)
    assert reading.answers(phone.sitting_id)["S1"] == "c"


def test_a_newer_answer_from_another_tab_of_the_device_stays(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"))
    seen = fresh(phone).last_position
    save(phone, event(41, "S1", "c", base=seen))
    actions.submit(fresh(phone), without_answers=True, limits=LIMITS)
    save(phone, event(2, "S1", "a", base=seen))
    decide(phone, seen=1)
    assert reading.answers(phone.sitting_id)["S1"] == "c"


def test_a_second_press_is_told_that_it_is_decided(sent: Writing) -> None:
    decide(sent, seen=2)
    with pytest.raises(LateDecided) as refused:
        decide(sent, REFUSE, seen=2)
    assert refused.value.code == "late_decided"
    assert [one.choice for one in reading.decisions_of(sent.sitting_id)] == [ACCEPT]


def test_what_came_meanwhile_is_not_decided_unseen(sent: Writing) -> None:
    save(sent, event(52, "M1", ["a", "c"]))
    with pytest.raises(LateDecided) as refused:
        decide(sent, seen=2)
    assert refused.value.code == "late_more_came"
    assert session.scalars(sa.select(LateDecision)).all() == []


def test_what_comes_after_a_decision_waits_anew(sent: Writing) -> None:
    decide(sent, REFUSE, seen=2)
    save(sent, event(52, "S2", "a"))
    waiting = reading.waiting_of(sent.sitting_id)
    assert waiting is not None
    decide(sent, seen=waiting.seen)
    assert [one.choice for one in reading.decisions_of(sent.sitting_id)] == [REFUSE, ACCEPT]
    assert reading.answers(sent.sitting_id)["S1"] == "b"  # what was refused stays out


def test_answers_of_who_withdrew_consent_cannot_be_taken_in(unsent: Writing) -> None:
    actions.stop(unsent.sitting_id, actor_id=None)
    with pytest.raises(LateDecided) as refused:
        decide(unsent, seen=1)
    assert refused.value.code == "late_impossible"
    assert reading.waiting_of(unsent.sitting_id) is None


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "late_reason_empty"), (" \n ", "late_reason_empty"), ("я" * 501, "late_reason_too_long")],
)
def test_a_decision_needs_a_reason_of_sensible_length(sent: Writing, reason: str, code: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        decide(sent, seen=2, reason=reason)
    assert refused.value.code == code
    assert reading.waiting_of(sent.sitting_id) is not None


def test_an_unknown_sitting_is_missing(in_app: Flask) -> None:
    with pytest.raises(Missing):
        actions.decide_late("0" * 14, choice=ACCEPT, reason="да", seen=1, actor_id=None)


def test_each_decision_has_one_audit_row_with_both_hashes(sent: Writing) -> None:
    decide(sent, seen=2)
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "late.accepted")).one()
    assert row.object_id == sent.sitting_id
    assert row.before_hash != row.after_hash


def test_the_base_still_verifies_after_accepting(sent: Writing) -> None:
    decide(sent, seen=2)
    session.commit()
    assert [one for one in verifying.verify() if sent.sitting_id in str(one)] == []


def test_positions_go_on_without_a_gap(sent: Writing) -> None:
    before = session.scalars(sa.select(AnswerEvent.position).order_by(AnswerEvent.position)).all()
    decide(sent, seen=2)
    after = session.scalars(sa.select(AnswerEvent.position).order_by(AnswerEvent.position)).all()
    assert after == [*before, before[-1] + 1, before[-1] + 2]


def test_an_anonymous_work_is_sent_with_the_hour_only(in_app: Flask) -> None:
    place = world(anonymous=True)
    phone = begin(place)
    answer_all(phone, skip=["S2"])
    with clock.frozen(wave(place).closes_at + timedelta(hours=2, minutes=17)):
        save(phone, event(50, "S2", "a", client_at=clock.now().isoformat()))
        (work,) = reading.waiting_in(place.campaign_id)
        assert (work.name, work.typed_first) == ("", None)
        decide(phone, seen=1)
    sitting = reading.one(phone.sitting_id)
    assert sitting
    assert sitting.submitted_at
    assert sitting.submitted_at.minute == 0


def test_a_place_taken_out_takes_nothing_in(unsent: Writing) -> None:
    campaigns.withdraw_seat(unsent.seat_id, None)
    with pytest.raises(DomainError) as refused:
        decide(unsent, seen=1)
    assert refused.value.code == "seat_move_refused"


def began(seat_id: str) -> Writing:
    started = actions.start(seat_id=seat_id, token_id=None, person_id=None)
    return again(started.sitting_id, started.secret)


def test_of_two_who_decide_at_once_one_wins(sent: Writing, in_app: Flask) -> None:
    session.commit()
    ended: list[str] = []
    barrier = threading.Barrier(2)

    def press(choice: LateChoice) -> None:
        with in_app.app_context(), writing():
            barrier.wait()
            try:
                decide(sent, choice, seen=2)
                session.commit()
                ended.append("decided")
            except LateDecided as refused:
                session.rollback()
                ended.append(refused.code)

    presses = [threading.Thread(target=press, args=(choice,)) for choice in (ACCEPT, REFUSE)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert sorted(ended) == ["decided", "late_decided"]
    session.expire_all()
    assert len(session.scalars(sa.select(LateDecision)).all()) == 1
