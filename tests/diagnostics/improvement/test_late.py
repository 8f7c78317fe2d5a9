"""Answers that came after the end: counted by group, decided about once, never of anybody."""

from __future__ import annotations

from collections.abc import Collection

import pytest
import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.findings import actions as findings
from diagnostics.improvement import actions, queries
from diagnostics.improvement.deciding import decide_late
from diagnostics.improvement.errors import LateRefused
from diagnostics.improvement.groups import Group
from diagnostics.improvement.queries import Late, Turnout
from diagnostics.releases.errors import WouldReveal
from diagnostics.sittings import actions as taking
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import LateChoice
from diagnostics.worker.improvement import freeze
from tests.support import assessment
from tests.support.assessment import PARENT, PUPIL, TEACHER, Scene, spread


def decide(at: Scene, *include: Group, mark: str | None = None, reason: str = "Не было связи") -> Late:
    with clock.frozen(assessment.AFTER):
        seen = queries.late(at.campaign_id).mark if mark is None else mark
        return decide_late(at.campaign_id, include=include, mark=seen, reason=reason, actor_id=at.lead.id)


def after(at: Scene) -> Late:
    with clock.frozen(assessment.AFTER):
        return queries.late(at.campaign_id)


def came(at: Scene) -> dict[Group, int]:
    told: Turnout = queries.turnout(at.campaign_id)
    return {one.group: one.n for one in told.groups}


def counted(at: Scene) -> None:
    assessment.close(at)
    assessment.count(at)


def test_what_came_late_waits_and_is_told_by_group_exactly_only_where_it_is_many(autumn: Scene) -> None:
    assessment.answer_late(autumn, TEACHER, 5, spread(3))
    assessment.answer_late(autumn, PUPIL, 9, spread(2))
    told = after(autumn)
    assert told.waits
    assert [(one.group, one.people, one.least) for one in told.groups] == [
        (Group.TEACHER, 5, 5),
        (Group.PUPIL, None, 10),
    ]


def test_without_late_answers_nothing_waits(autumn: Scene) -> None:
    assessment.answer(autumn, TEACHER, 5, spread(3))
    assert not after(autumn).waits
    with pytest.raises(LateRefused) as refused:
        decide(autumn)
    assert refused.value.code == "late_decided"


def test_before_the_end_nothing_is_decided(autumn: Scene) -> None:
    assessment.answer_late(autumn, TEACHER, 5, spread(3))
    standing = queries.late(autumn.campaign_id)
    assert not standing.waits
    with pytest.raises(LateRefused) as refused:
        decide_late(
            autumn.campaign_id, include=[Group.TEACHER], mark=standing.mark, reason="да", actor_id=None
        )
    assert refused.value.code == "late_too_early"


def test_taken_in_they_count_in_the_turnout_and_in_the_zones(autumn: Scene) -> None:
    assessment.answer(autumn, TEACHER, 4, spread(3))
    assessment.answer_late(autumn, TEACHER, 2, spread(3))
    assessment.answer_late(autumn, PARENT, 3, spread(2))
    verdict = decide(autumn, Group.TEACHER)
    assert {one.group: one.choice for one in verdict.groups} == {
        Group.TEACHER: "accepted",
        Group.PARENT: "refused",
    }
    assert came(autumn)[Group.TEACHER] == 6
    assert came(autumn)[Group.PARENT] == 0
    assessment.close(autumn)
    freeze(autumn.campaign_id, None)
    snapshot = queries.zones(autumn.campaign_id, own=True).snapshot
    assert {facts.group: facts.hidden for facts in snapshot.groups}[Group.TEACHER] is False


def test_it_is_decided_once(autumn: Scene) -> None:
    assessment.answer_late(autumn, TEACHER, 5, spread(3))
    decide(autumn)
    assessment.answer_late(autumn, PARENT, 6, spread(3))
    assert not after(autumn).waits
    with pytest.raises(LateRefused) as refused:
        decide(autumn, Group.PARENT)
    assert refused.value.code == "late_decided"
    assert came(autumn)[Group.PARENT] == 0


def test_nothing_unseen_is_decided_about(autumn: Scene) -> None:
    assessment.answer_late(autumn, TEACHER, 5, spread(3))
    seen = after(autumn).mark
    assessment.answer_late(autumn, TEACHER, 1, spread(3))
    with pytest.raises(LateRefused) as refused:
        decide(autumn, Group.TEACHER, mark=seen)
    assert refused.value.code == "late_more_came"


@pytest.mark.parametrize("number", [1, 9])
def test_after_the_count_few_may_not_join_a_group(autumn: Scene, number: int) -> None:
    assessment.answer(autumn, PARENT, 8, spread(2))
    assessment.answer_late(autumn, PARENT, number, spread(3))
    counted(autumn)
    assert [one.may_include for one in after(autumn).groups] == [False]
    with pytest.raises(LateRefused) as refused:
        decide(autumn, Group.PARENT)
    assert refused.value.code == "late_would_reveal"
    assert decide(autumn).verdict is not None


def test_a_group_that_was_hidden_may_be_joined_by_any_number(autumn: Scene) -> None:
    assessment.answer(autumn, TEACHER, 12, spread(2))
    assessment.answer(autumn, PARENT, 4, spread(2))
    assessment.answer_late(autumn, PARENT, 1, spread(3))
    counted(autumn)
    assert [one.may_include for one in after(autumn).groups] == [True]
    decide(autumn, Group.PARENT)
    freeze(autumn.campaign_id, None)
    facts = {one.group: one for one in queries.zones(autumn.campaign_id, own=True).snapshot.groups}
    assert (facts[Group.PARENT].n, facts[Group.PARENT].hidden) == (5, False)


def test_after_the_count_ten_may_join_and_the_zones_change(autumn: Scene) -> None:
    assessment.answer(autumn, PARENT, 8, spread(2))
    assessment.answer_late(autumn, PARENT, 10, spread(3.5))
    counted(autumn)
    before = queries.zones(autumn.campaign_id, own=True).release
    decide(autumn, Group.PARENT)
    freeze(autumn.campaign_id, None)
    found = queries.zones(autumn.campaign_id, own=True)
    assert found.release.number != before.number
    assert {facts.group: facts.n for facts in found.snapshot.groups}[Group.PARENT] == 18


def test_ten_of_two_groups_together_do_not_hide_the_few_of_one(autumn: Scene) -> None:
    assessment.answer(autumn, PARENT, 8, spread(2))
    assessment.answer(autumn, TEACHER, 5, spread(2))
    assessment.answer_late(autumn, PARENT, 8, spread(2))
    assessment.answer_late(autumn, TEACHER, 2, spread(3))
    counted(autumn)
    for one in sittings.waiting_in_wave(autumn.wave_id):
        taking.decide_late(
            one.sitting_id, choice=LateChoice.ACCEPTED, reason="да", seen=one.seen, actor_id=None
        )
        findings.score(one.sitting_id)
    with pytest.raises(WouldReveal):
        actions.release_zones(
            autumn.campaign_id, actions.count_zones(autumn.campaign_id), actor_id=autumn.lead.id
        )


def test_zones_that_stand_in_a_report_take_nothing_in(autumn: Scene) -> None:
    assessment.answer(autumn, PARENT, 8, spread(2))
    assessment.answer_late(autumn, PARENT, 10, spread(3))
    counted(autumn)
    actions.open_upward(autumn.campaign_id, actor_id=None)
    actions.take_into_report(autumn.campaign_id, "Район", actor_id=None)
    with pytest.raises(LateRefused) as refused:
        decide(autumn, Group.PARENT)
    assert refused.value.code == "late_in_report"


def test_the_journal_names_groups_and_nobody(autumn: Scene) -> None:
    late = assessment.answer_late(autumn, TEACHER, 5, spread(3))
    decide(autumn, Group.TEACHER)
    rows = session.scalars(sa.select(AuditRow).where(AuditRow.action.startswith("late."))).all()
    assert [(one.action, one.object_id, one.note) for one in rows] == [
        ("late.groups", autumn.campaign_id, "teacher: in")
    ]
    assert not session.scalars(sa.select(AuditRow.number).where(AuditRow.object_id.in_(late))).all()


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", "late_reason_empty"), ("а" * 501, "late_reason_too_long")]
)
def test_a_decision_needs_a_reason_of_sane_length(autumn: Scene, reason: str, code: str) -> None:
    assessment.answer_late(autumn, TEACHER, 5, spread(3))
    with pytest.raises(FieldRefused) as refused:
        decide(autumn, Group.TEACHER, reason=reason)
    assert refused.value.code == code


@pytest.mark.parametrize("include", [(), (Group.TEACHER,)])
def test_a_diagnosis_of_persons_has_no_groups_to_decide_about(
    autumn: Scene, include: Collection[Group]
) -> None:
    with pytest.raises(Missing):
        decide_late("no such", include=include, mark="", reason="да", actor_id=None)
