"""Insert-or-same, conflicts between devices, what comes too late; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import SeqConflict
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import AnswerEvent, EventKind, LateEvent
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
    save,
    statements,
    wave,
    world,
)


def stored() -> list[AnswerEvent]:
    return list(session.scalars(sa.select(AnswerEvent).order_by(AnswerEvent.position)))


def current(of: Writing) -> dict[str, object]:
    return dict(reading.answers(of.sitting_id))


def test_one_answer_costs_three_statements(phone: Writing) -> None:
    with statements() as sent:
        save(phone, event(1, "S1", "b"))
    assert [one.split()[0] for one in sent] == ["SELECT", "UPDATE", "INSERT"]


def test_a_saved_answer_is_the_current_one(phone: Writing) -> None:
    saved = save(phone, event(1, "S1", "b"))
    assert [(one.seq, one.position, one.status) for one in saved.results] == [(1, 1, "stored")]
    assert current(phone) == {"S1": "b"}


def test_the_latest_answer_is_current_and_the_earlier_one_stays_in_the_log(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"))
    save(phone, event(2, "S1", "a", base=1))
    assert current(phone) == {"S1": "a"}
    assert [row.value for row in stored()] == ["b", "a"]


def test_a_cleared_answer_is_no_answer_but_the_item_was_shown(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"), event(2, "S1", kind="clear"))
    assert current(phone) == {}
    assert reading.shown(phone.sitting_id) == {"S1"}


def test_an_empty_answer_is_kept_as_a_clearing(phone: Writing) -> None:
    save(phone, event(1, "T1", "  "))
    assert [row.kind for row in stored()] == [EventKind.CLEAR]


def test_a_resend_gets_the_first_result_again_and_adds_nothing(phone: Writing) -> None:
    first = save(phone, event(1, "S1", "b"))
    second = save(phone, event(1, "S1", "b"))
    assert (second.results, second.saved_at) == (first.results, first.saved_at)
    assert len(stored()) == 1


def test_a_resend_after_another_answer_does_not_bring_the_old_one_back(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"))
    save(phone, event(2, "S1", "a", base=1))
    save(phone, event(1, "S1", "b"))
    assert current(phone) == {"S1": "a"}


def test_a_number_used_for_another_answer_is_refused_with_a_free_one(phone: Writing) -> None:
    save(phone, event(7, "S1", "b"))
    with pytest.raises(SeqConflict) as refused:
        save(phone, event(7, "S1", "a"))
    assert (refused.value.code, refused.value.parameters["next_seq"]) == ("seq_conflict", 8)


def test_a_stale_answer_of_another_browser_waits_beside_the_current_one(phone: Writing, place: World) -> None:
    laptop = begin(place)
    save(phone, event(1, "S1", "b"))
    saved = save(laptop, event(1, "S1", "a"))
    assert saved.results[0].status == "conflict"
    assert current(phone) == {"S1": "b"}
    given = reading.standing_of(phone.sitting_id).conflicts["S1"]
    assert [one.value for one in given] == ["b", "a"]


def test_a_late_word_of_an_earlier_tab_waits_beside_the_newer_answer_of_the_same_browser(
    phone: Writing,
) -> None:
    save(phone, event(41, "S1", "b"))
    assert save(phone, event(1, "S1", "a")).results[0].status == "conflict"
    assert current(phone) == {"S1": "b"}


def test_an_earlier_number_over_what_was_seen_is_the_newer_answer(phone: Writing) -> None:
    save(phone, event(41, "S1", "b"))
    assert save(phone, event(1, "S1", "a", base=1)).results[0].status == "stored"
    assert current(phone) == {"S1": "a"}


def test_a_later_number_of_the_same_browser_is_newer_whatever_it_had_seen(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"))
    assert save(phone, event(2, "S1", "a")).results[0].status == "stored"
    assert current(phone) == {"S1": "a"}


def test_a_form_of_the_same_browser_is_newer_than_what_its_script_sent(phone: Writing) -> None:
    save(phone, event(5, "S1", "b"))
    sittings.save_form(fresh(phone), [Event(0, 0, EventKind.ANSWER, "S1", "a")], LIMITS)
    assert current(phone) == {"S1": "a"}


def test_an_answer_over_what_was_seen_is_no_conflict(phone: Writing, place: World) -> None:
    laptop = begin(place)
    save(phone, event(1, "S1", "b"))
    assert save(laptop, event(1, "S1", "a", base=1)).results[0].status == "stored"
    assert current(phone) == {"S1": "a"}


def test_two_devices_on_different_questions_do_not_disturb_each_other(phone: Writing, place: World) -> None:
    laptop = begin(place)
    save(phone, event(1, "S1", "b"))
    assert save(laptop, event(1, "S2", "a")).results[0].status == "stored"


def test_a_choice_ends_the_conflict(phone: Writing, place: World) -> None:
    laptop = begin(place)
    save(phone, event(1, "S1", "b"))
    save(laptop, event(1, "S1", "a"))
    save(laptop, event(2, "S1", "a", base=2, kind="choice"))
    standing = reading.standing_of(phone.sitting_id)
    assert (standing.answers, standing.conflicts) == ({"S1": "a"}, {})


def test_a_resent_conflict_is_the_same_conflict(phone: Writing, place: World) -> None:
    laptop = begin(place)
    save(phone, event(1, "S1", "b"))
    first = save(laptop, event(1, "S1", "a"))
    assert save(laptop, event(1, "S1", "a")).results == first.results


def test_a_batch_is_stored_whole_in_its_order(phone: Writing) -> None:
    answer_all(phone)
    assert [row.position for row in stored()] == list(range(1, 10))


def test_form_posts_get_numbers_of_their_own(phone: Writing) -> None:
    said = Event(0, 0, EventKind.ANSWER, "S1", "b")
    sittings.save_form(fresh(phone), [said], LIMITS)
    sittings.save_form(fresh(phone), [said, Event(0, 1, EventKind.FLAG, "S1", None)], LIMITS)
    save(phone, event(1, "S1", "a", base=3))
    assert [row.seq for row in stored()] == [-1, -2, -3, 1]


def test_what_comes_after_sending_is_kept_apart(phone: Writing) -> None:
    answer_all(phone)
    sittings.submit(fresh(phone), without_answers=False, limits=LIMITS)
    saved = save(phone, event(20, "S1", "a"))
    assert (saved.refusal, saved.kept, saved.results) == ("attempt_closed", True, ())
    late = session.scalars(sa.select(LateEvent)).one()
    assert (late.reason, late.body["value"], late.seq) == ("after_submit", "a", 20)
    assert current(phone)["S1"] == "b"


def test_a_late_event_sent_twice_is_kept_once(phone: Writing) -> None:
    answer_all(phone)
    sittings.submit(fresh(phone), without_answers=False, limits=LIMITS)
    for _ in range(2):
        assert save(phone, event(20, "S1", "a")).kept
    assert reading.late_of(phone.sitting_id) == 1


def test_a_resend_of_a_stored_answer_is_acknowledged_after_sending_too(phone: Writing) -> None:
    answer_all(phone)
    sittings.submit(fresh(phone), without_answers=False, limits=LIMITS)
    saved = save(phone, event(1, "S1", "b"))
    assert (saved.refusal, saved.results[0].position) == (None, 1)
    assert reading.late_of(phone.sitting_id) == 0


@pytest.mark.parametrize(
    ("seconds", "refusal"), [(-1, None), (0, None), (LIMITS.late_grace_seconds, None), (31, "time_over")]
)
def test_the_deadline_moves_by_the_grace_and_no_more(
    phone: Writing, place: World, seconds: int, refusal: str | None
) -> None:
    with clock.frozen(wave(place).closes_at + timedelta(seconds=seconds)):
        assert save(phone, event(1, "S1", "b")).refusal == refusal


def test_a_closed_collection_keeps_answers_apart(phone: Writing, place: World) -> None:
    close_wave(place)
    saved = save(phone, event(1, "S1", "b"))
    assert (saved.refusal, saved.kept) == ("time_over", True)
    assert session.scalars(sa.select(LateEvent.reason)).all() == ["after_deadline"]


def test_nothing_is_kept_once_consent_is_withdrawn(phone: Writing, place: World) -> None:
    before, events = fresh(phone), parsed(phone, event(1, "S1", "b"))
    sittings.stop_of_person(place.people[0], actor_id=place.people[0])
    saved = sittings.save_events(before, events, LIMITS)
    assert (saved.refusal, stored()) == ("attempt_closed", [])


def test_answers_get_no_audit_row(phone: Writing) -> None:
    before = session.scalar(sa.select(sa.func.count()).select_from(AuditRow))
    answer_all(phone)
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditRow)) == before


def test_an_anonymous_answer_knows_the_hour_only(in_app: Flask) -> None:
    phone = begin(world(anonymous=True))
    save(phone, event(1, "S1", "b", client_at="2026-03-01T10:11:12+03:00"))
    row = stored()[0]
    assert (row.at.minute, row.at.second, row.at.microsecond, row.client_at) == (0, 0, 0, None)
