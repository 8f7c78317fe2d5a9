"""From a sent answer to points: one expert, two, a third; corrections until the result is given out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.findings import actions as findings
from diagnostics.findings import queries as results
from diagnostics.marking import actions, queries
from diagnostics.marking.errors import MarkIncomplete, MarkRefused, MarkStale
from diagnostics.marking.models import ExpertMark, MarkedText, TextState
from diagnostics.upkeep import erasing, own_data
from diagnostics.upkeep.verifying import verify
from instruments.items import Status
from tests.support.jobs import run_due
from tests.support.marking import AT_ONCE, HIGH, LOW, MIDDLE, Marking


def block(scene: Marking) -> tuple[str | None, str, int]:
    found = scene.result().scale("METH")
    assert found is not None
    return found.level, found.conclusion.value, found.awaiting


def test_until_it_is_marked_a_block_has_neither_level_nor_conclusion(scene: Marking) -> None:
    text = scene.text(scene.send())
    assert text.state is TextState.WAITING
    assert block(scene) == (None, "no_conclusion", 1)
    assert scene.result().items["W1"].status is Status.AWAITING


def test_one_expert_is_enough_where_the_organiser_says_so(scene: Marking, in_app: Flask) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    run_due(in_app)  # the scoring that every sent work asks for
    assert scene.mark(text.id, scene.experts[0], HIGH) is TextState.SETTLED
    run_due(in_app)
    assert scene.result().items["W1"] == (3.0, 3.0, Status.RIGHT)
    assert scene.result().reason == "marked"


def test_two_near_marks_are_averaged_and_the_result_is_counted_anew(scene: Marking, in_app: Flask) -> None:
    sitting_id = scene.send()
    text, before = scene.text(sitting_id), scene.result()
    assert scene.mark(text.id, scene.experts[0], MIDDLE) is TextState.WAITING
    run_due(in_app)
    assert scene.result().id == before.id, "nothing changes with half of the marks"
    assert scene.mark(text.id, scene.experts[1], HIGH) is TextState.SETTLED
    run_due(in_app)
    after = scene.result()
    assert after.items["W1"] == (2.5, 3.0, Status.PARTIAL)
    assert block(scene)[2] == 0
    assert block(scene)[0] is not None
    assert results.finding(before.id).superseded_at is not None
    assert results.finding(before.id).items["W1"].points is None, "the old result stays as it was"
    assert scene.text(sitting_id).state is TextState.GIVEN


def test_marks_far_apart_wait_for_a_third_and_the_middle_one_counts(scene: Marking, in_app: Flask) -> None:
    sitting_id = scene.send()
    text = scene.text(sitting_id)
    scene.mark(text.id, scene.experts[0], LOW)
    assert scene.mark(text.id, scene.experts[1], HIGH) is TextState.DIFFERING
    run_due(in_app)
    assert scene.result().items["W1"].points is None
    third = scene.expert("Третьякова Ольга")
    assert scene.mark(text.id, third, MIDDLE) is TextState.SETTLED
    run_due(in_app)
    assert scene.result().items["W1"] == (2.0, 3.0, Status.PARTIAL)
    said = queries.said_of(sitting_id)["W1"]
    assert (said.experts, [one.levels[0]["ru"] for one in said.criteria]) == (3, ["Названа", "Общий"])


def test_an_expert_whom_nobody_needs_is_refused(scene: Marking) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], HIGH)
    with pytest.raises(MarkRefused, match="text_taken"):
        scene.mark(text.id, scene.experts[1], HIGH)


def test_a_mark_is_mended_by_a_new_record_until_the_result_is_given_out(
    scene: Marking, in_app: Flask
) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], LOW)
    assert scene.mark(text.id, scene.experts[0], HIGH, seen=1) is TextState.SETTLED
    numbers = session.scalars(sa.select(ExpertMark.number).order_by(ExpertMark.number)).all()
    assert numbers == [1, 2]
    run_due(in_app)
    assert scene.result().items["W1"].points == 3
    with pytest.raises(MarkRefused, match="results_given"):
        scene.mark(text.id, scene.experts[0], LOW, seen=2)
    assert scene.result().items["W1"].points == 3


def test_the_last_mark_may_be_mended_for_a_while_before_the_result_is_counted(
    scene: Marking, in_app: Flask
) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    run_due(in_app)
    patient = Limits()
    actions.mark(text.id, levels=LOW, remark="", seen=0, actor_id=scene.experts[0], limits=patient)
    run_due(in_app)
    assert scene.result().items["W1"].points is None
    actions.mark(text.id, levels=HIGH, remark="", seen=1, actor_id=scene.experts[0], limits=patient)
    with clock.frozen(clock.now() + timedelta(minutes=patient.marking_mend_minutes, seconds=1)):
        run_due(in_app)
        assert scene.result().items["W1"].points == 3


def test_a_mark_saved_from_an_old_page_is_refused(scene: Marking) -> None:
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], LOW)
    with pytest.raises(MarkStale):
        scene.mark(text.id, scene.experts[0], HIGH, seen=0)
    assert session.scalar(sa.select(sa.func.count()).select_from(ExpertMark)) == 1


def test_a_draft_keeps_half_a_choice_and_an_old_one_is_refused(scene: Marking) -> None:
    text, expert = scene.text(scene.send()), scene.experts[0]
    first = actions.keep_draft(text.id, levels={"step": 2}, remark="Есть шаг", seen=0, actor_id=expert)
    view = queries.text_view(text.id, expert)
    assert (view.levels, view.remark, view.draft, view.seen) == ({"step": 2}, "Есть шаг", first, 0)
    with pytest.raises(MarkStale):
        actions.keep_draft(text.id, levels={"step": 0}, remark="", seen=0, actor_id=expert)
    scene.mark(text.id, expert, MIDDLE)
    view = queries.text_view(text.id, expert)
    assert (view.levels, view.draft, view.seen) == (MIDDLE, 0, 1)


def test_a_criterion_without_a_level_is_named(scene: Marking) -> None:
    text = scene.text(scene.send())
    with pytest.raises(MarkIncomplete) as refused:
        scene.mark(text.id, scene.experts[0], {"cause": 1})
    assert refused.value.missing == ("step",)


def test_a_remark_has_its_length(scene: Marking) -> None:
    text = scene.text(scene.send())
    with pytest.raises(FieldRefused, match="remark_too_long"):
        actions.mark(
            text.id,
            levels=HIGH,
            remark="а" * 1001,
            seen=0,
            actor_id=scene.experts[0],
            limits=Limits(),
        )


def test_a_mark_is_never_changed_or_deleted(scene: Marking) -> None:
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], LOW)
    for change in (sa.update(ExpertMark).values(points=3.0), sa.delete(ExpertMark)):
        with pytest.raises(DBAPIError, match="frozen"), session.begin_nested():
            session.execute(change)


def test_every_mark_stands_in_the_journal(scene: Marking, in_app: Flask) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], LOW)
    scene.mark(text.id, scene.experts[0], HIGH, seen=1)
    run_due(in_app)
    rows = session.execute(
        sa.select(AuditRow.action, AuditRow.actor_id).where(AuditRow.object_id == text.id)
    ).all()
    assert sorted(map(tuple, rows), key=str) == sorted(
        [
            ("marking.mark", scene.experts[0]),
            ("marking.correct", scene.experts[0]),
            ("marking.give_out", None),
        ],
        key=str,
    )


def test_fewer_experts_settle_what_waited_and_more_ask_again(scene: Marking) -> None:
    sitting_id = scene.send()
    text = scene.text(sitting_id)
    scene.mark(text.id, scene.experts[0], HIGH)
    scene.rule(1)
    assert scene.text(sitting_id).state is TextState.SETTLED
    scene.rule(2)
    assert scene.text(sitting_id).state is TextState.WAITING
    assert scene.text(sitting_id).points is None
    with pytest.raises(FieldRefused, match="experts_number"):
        scene.rule(3)


def test_scoring_again_keeps_the_marks_and_asks_nobody_twice(scene: Marking, in_app: Flask) -> None:
    scene.rule(1)
    sitting_id = scene.send()
    text = scene.text(sitting_id)
    scene.mark(text.id, scene.experts[0], HIGH)
    run_due(in_app)
    before = scene.result()
    findings.score_many([sitting_id])
    assert scene.result().id == before.id
    assert scene.text(sitting_id).id == text.id


def test_the_base_is_sound_while_a_settled_mark_waits_to_be_counted(scene: Marking, in_app: Flask) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    actions.mark(text.id, levels=HIGH, remark="", seen=0, actor_id=scene.experts[0], limits=Limits())
    session.commit()
    assert [one.problems for one in verify() if one.problems] == []


def test_with_an_erased_person_the_marks_of_their_answers_go(scene: Marking, in_app: Flask) -> None:
    scene.rule(1)
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], LOW)
    scene.mark(text.id, scene.experts[0], HIGH, seen=1)
    run_due(in_app)
    act = erasing.erase(scene.place.people[0], actor_id="boss")
    assert act.removed["marks"] == 2
    assert session.scalar(sa.select(sa.func.count()).select_from(MarkedText)) == 0


def test_own_data_tells_the_points_and_the_words_and_no_expert(scene: Marking, in_app: Flask) -> None:
    scene.rule(1)
    text, expert = scene.text(scene.send()), scene.experts[0]
    actions.mark(text.id, levels=HIGH, remark="Хороший шаг", seen=0, actor_id=expert, limits=AT_ONCE)
    run_due(in_app)
    held = own_data.as_json(own_data.collect(scene.place.people[0]))
    assert [(one["item"], one["points"], one["text"]) for one in held["marks"]] == [("W1", 3, "Хороший шаг")]
    assert expert not in str(held)
    assert len(own_data.as_json(own_data.collect(expert))["marks_given"]) == 1
