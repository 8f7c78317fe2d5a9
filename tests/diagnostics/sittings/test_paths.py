"""Conditions at the base of every save: what the answers do not lead to is refused; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.findings.actions.score import score
from diagnostics.sittings import actions
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import GapsLeft, NotOnPath
from diagnostics.sittings.models import AnswerEvent, LateEvent
from diagnostics.sittings.queries import Writing
from tests.support.answering import World, begin, close_wave, event, fresh, save, statements, world


@pytest.fixture
def place(in_app: Flask) -> World:
    return world(branching=True)


def stored() -> list[str]:
    return list(session.scalars(sa.select(AnswerEvent.item).order_by(AnswerEvent.position)))


@pytest.mark.parametrize("kind", ["answer", "shown", "flag", "skip", "clear"])
def test_a_question_that_the_answers_do_not_lead_to_is_refused_whole(phone: Writing, kind: str) -> None:
    save(phone, event(1, "LEADS", "no"))
    wrong = event(3, "HOURS", 12, kind=kind) if kind == "answer" else event(3, "HOURS", kind=kind)
    with pytest.raises(NotOnPath) as refused:
        save(phone, event(2, "WHY", "слово"), wrong)
    assert refused.value.status == 409
    assert refused.value.parameters["seq"] == 3
    assert stored() == ["LEADS"]


def test_answers_of_one_batch_open_the_way_for_one_another(phone: Writing) -> None:
    save(
        phone, event(1, "LEADS", "yes"), event(2, "HOURS", 36), event(3, "WHY", "слово"), event(4, "C1", "a")
    )
    assert stored() == ["LEADS", "HOURS", "WHY", "C1"]


def test_an_answer_changed_later_keeps_the_events_but_they_count_no_more(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "yes"), event(2, "C1", "b"), event(3, "K1", "b"))
    save(phone, event(4, "LEADS", "no", base=3))
    assert stored() == ["LEADS", "C1", "K1", "LEADS"]
    assert reading.answers(phone.sitting_id)["C1"] == "b"
    actions.submit(fresh(phone), without_answers=True, limits=Limits())
    found = score(phone.sitting_id)
    assert found.items["C1"] == [None, 1.0, "not_asked"]
    assert found.items["K1"] == [1.0, 1.0, "right"]


def test_a_resend_of_what_was_stored_gets_its_first_result(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "yes"))
    first = save(phone, event(2, "C1", "b", base=1))
    save(phone, event(3, "LEADS", "no", base=2))
    assert save(phone, event(2, "C1", "b", base=1)).results == first.results


def test_the_device_that_did_not_know_is_told_which_of_its_answers_is_not_needed(
    phone: Writing, place: World
) -> None:
    save(phone, event(1, "LEADS", "yes"))
    laptop = begin(place)
    save(laptop, event(1, "LEADS", "no", base=1))
    with pytest.raises(NotOnPath) as refused:
        save(phone, event(2, "C1", "b", base=1), event(3, "K1", "b", base=1))
    assert refused.value.parameters["seq"] == 2
    assert save(phone, event(3, "K1", "b", base=1)).refusal is None


def test_what_came_late_is_kept_whatever_the_way(phone: Writing, place: World) -> None:
    save(phone, event(1, "LEADS", "no"))
    close_wave(place)
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert save(phone, event(2, "C1", "b")).kept
    assert session.scalars(sa.select(LateEvent.seq)).all() == [2]


def test_only_questions_that_are_asked_are_missed(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "no"), event(2, "WHY", "слово"))
    with pytest.raises(GapsLeft) as gaps:
        actions.submit(fresh(phone), without_answers=False, limits=Limits())
    assert gaps.value.items == ("K1", "K2", "K3", "K4", "MOOD")


def test_two_answers_to_a_question_that_is_not_asked_hold_nobody_up(phone: Writing, place: World) -> None:
    save(phone, event(1, "LEADS", "yes"), event(2, "C1", "a"))
    laptop = begin(place)
    save(laptop, event(1, "C1", "b", base=1))
    assert "C1" in reading.standing_of(phone.sitting_id).conflicts
    save(phone, event(3, "LEADS", "no", base=3))
    assert actions.submit(fresh(phone), without_answers=True, limits=Limits()).number


def test_a_work_with_conditions_costs_one_statement_more(phone: Writing) -> None:
    save(phone, event(1, "LEADS", "no"))
    with statements() as sent:
        save(phone, event(2, "K1", "b", base=1))
    assert len(sent) <= 5  # the key, the pauses of a timed work, the standing, the position, the event
