"""From answers to frozen zones, through the real launch, codes, player and closing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.improvement import actions, queries
from diagnostics.improvement.errors import IndexHidden, ZonesError
from diagnostics.improvement.groups import Group
from diagnostics.improvement.snapshot import APART, FEW_DATA, Snapshot, from_body, to_body
from diagnostics.releases.errors import WouldReveal
from diagnostics.releases.models import Release
from tests.support import assessment
from tests.support.assessment import PARENT, PUPIL, SHEET, TEACHER, Scene, spread


def counted(at: Scene) -> Snapshot:
    assessment.close(at)
    assessment.count(at)
    return queries.zones(at.campaign_id, own=True).snapshot


def test_a_nameless_questionnaire_is_scored_without_person_level_and_probability(autumn: Scene) -> None:
    assessment.answer(autumn, TEACHER, 1, lambda _n, item: 4 if item == "Q101" else 1)

    found = session.scalars(sa.select(Finding)).one()
    lines = {
        one.competence: one
        for one in session.scalars(sa.select(FindingScale).where(FindingScale.finding_id == found.id))
    }
    assert found.person_id is None
    assert lines["Z1.1"].percent == pytest.approx(100 / 3)  # one 4 and two 1: mean 2 → (2 − 1) / 3
    assert {one.level for one in lines.values()} == {None}
    assert {one.p_deficit for one in lines.values()} == {None}
    assert {one.conclusion for one in lines.values()} == {"no_conclusion"}


def test_fewer_than_seven_tenths_of_the_answers_are_no_index(autumn: Scene) -> None:
    assessment.answer(autumn, TEACHER, 1, spread(3), skip=["Q101"])

    found = {one.competence: one.percent for one in session.scalars(sa.select(FindingScale))}
    assert found["Z1.1"] is None  # two of three
    assert found["Z1"] is not None  # eleven of twelve


@pytest.mark.parametrize("base", ["sqlite", "postgres"], indirect=True)
def test_four_parents_hide_parents_and_every_figure_over_groups(autumn: Scene) -> None:
    assessment.usual(autumn)
    found = counted(autumn)

    assert len(found.zones) == 4
    assert [(one.group, one.n, one.expected, one.hidden) for one in found.groups] == [
        (Group.SHEET, 1, 1, False),
        (Group.TEACHER, 12, 14, False),
        (Group.PUPIL, 48, 60, False),
        (Group.PARENT, 4, 30, True),
    ]
    for one in (*found.directions, *found.zones):
        assert one.index is None
    for direction in found.directions:
        marks = {mark.group: mark for mark in direction.marks}
        assert marks[Group.TEACHER].value is not None
        if Group.PARENT in marks:
            parents = marks[Group.PARENT]
            assert (parents.value, parents.low, parents.high, parents.n) == (None, None, None, None)
    assert (found.order, found.no_order) == ((), "index_hidden")
    with pytest.raises(IndexHidden):
        queries.index_of(found, "Z1.1")


def test_with_five_parents_everything_is_told(autumn: Scene) -> None:
    assessment.usual(autumn, parents=5)
    found = counted(autumn)

    assert found.hidden_groups == ()
    assert all(one.index is not None for one in (*found.directions, *found.zones))
    assert len(found.order) == 13
    assert found.no_order is None
    values = [one.value for one in found.order]
    assert values == sorted(values, reverse=True)


def test_the_index_is_the_mean_of_group_means_and_the_sheet_stands_beside(autumn: Scene) -> None:
    assessment.answer(autumn, SHEET, 1, lambda *_: 4)
    assessment.answer(autumn, TEACHER, 5, lambda *_: 4)
    assessment.answer(autumn, PUPIL, 10, lambda *_: 3)
    assessment.answer(autumn, PARENT, 5, lambda *_: 3)
    found = counted(autumn)

    by_code = {one.code: one for one in found.directions}
    assert queries.index_of(found, "Z1.3").value == 78  # (100 + 66,7 + 66,7) / 3
    assert (
        queries.index_of(found, "Z1.4").value == 99
    )  # teachers only; that all said «да» is not told of five
    assert {mark.group: mark.value for mark in by_code["Z1.4"].marks} == {Group.SHEET: 100, Group.TEACHER: 99}
    assert by_code["Z1.3"].word == APART  # 100 against 67, nobody wavers
    assert by_code["Z1.3"].apart == ((Group.TEACHER, Group.PUPIL), (Group.TEACHER, Group.PARENT))
    assert by_code["Z1.3"].beyond == (Group.PUPIL, Group.PARENT)
    assert by_code["Z1.4"].word == "sound"


def test_a_sheet_that_is_silent_on_a_direction_hides_no_index_of_the_groups(autumn: Scene) -> None:
    assessment.answer(autumn, SHEET, 1, lambda *_: 4, skip=["Q109", "Q110", "Q111", "Q112"])
    assessment.answer(autumn, TEACHER, 5, spread(3))
    assessment.answer(autumn, PUPIL, 10, spread(3))
    assessment.answer(autumn, PARENT, 5, spread(3))
    found = counted(autumn)

    assert all(one.index is not None for one in found.directions)


def test_a_group_in_which_nobody_answered_hides_nothing(autumn: Scene) -> None:
    assessment.answer(autumn, TEACHER, 6, spread(3))
    assessment.answer(autumn, PUPIL, 12, spread(3))
    found = counted(autumn)

    parents = next(one for one in found.groups if one.group is Group.PARENT)
    assert (parents.n, parents.hidden) == (0, False)
    assert all(one.index is not None for one in found.directions)
    assert all(
        mark.value is None for one in found.directions for mark in one.marks if mark.group is Group.PARENT
    )


def test_a_direction_too_few_could_judge_is_hidden_alone(autumn: Scene) -> None:
    """Nine of twelve pupils do not know about the safety: three are left, and so there is no index there."""
    assessment.answer(autumn, TEACHER, 6, spread(3))
    assessment.answer(autumn, PUPIL, 3, spread(3))
    assessment.answer(autumn, PUPIL, 9, spread(3), skip=["Q302", "Q303"])
    found = counted(autumn)

    safety = next(one for one in found.directions if one.code == "Z3.1")
    assert Group.PUPIL in safety.hidden
    assert (safety.index, safety.word) == (None, FEW_DATA)
    others = [one for one in found.directions if one.code != "Z3.1"]
    assert all(one.index is not None for one in others)
    assert "Z3.1" not in {one.code for one in found.order}
    assert all(
        mark.value is None for line in safety.statements for mark in line.marks if mark.group is Group.PUPIL
    )


def test_statements_below_the_minimum_take_their_neighbours_along(autumn: Scene) -> None:
    """The mean of the direction less the statements that are told would be the one that is not."""
    assessment.answer(autumn, TEACHER, 4, spread(3))
    assessment.answer(autumn, TEACHER, 6, spread(3), skip=["Q201"])  # three of four: an index all the same
    found = counted(autumn)

    help_ = next(one for one in found.directions if one.code == "Z2.1")
    assert next(mark for mark in help_.marks if mark.group is Group.TEACHER).n == 10
    assert all(
        mark.value is None for line in help_.statements for mark in line.marks if mark.group is Group.TEACHER
    )


def test_before_the_end_there_are_no_zones(autumn: Scene) -> None:
    assessment.usual(autumn)
    for asked in (
        lambda: queries.zones(autumn.campaign_id, own=True),
        lambda: actions.count_zones(autumn.campaign_id),
    ):
        with pytest.raises(ZonesError) as refused:
            asked()
        assert refused.value.code == "still_collecting"
    assert queries.turnout(autumn.campaign_id).groups[1].n == 12


def test_closed_and_not_counted_yet_is_said(autumn: Scene) -> None:
    assessment.close(autumn)
    with pytest.raises(ZonesError) as refused:
        queries.zones(autumn.campaign_id, own=True)
    assert refused.value.code == "zones_not_counted"
    with pytest.raises(ZonesError):
        actions.open_upward(autumn.campaign_id, actor_id=autumn.lead.id)


def test_an_unknown_self_assessment_is_missing(autumn: Scene) -> None:
    with pytest.raises(Missing):
        queries.turnout("nothing")


def test_counted_twice_is_one_release(autumn: Scene) -> None:
    assessment.usual(autumn)
    first = counted(autumn)
    assessment.count(autumn)

    assert session.scalar(sa.select(sa.func.count()).select_from(Release)) == 1
    assert from_body(to_body(first)) == first


def test_one_late_answer_does_not_change_what_is_frozen(autumn: Scene) -> None:
    """The difference of two releases would be what that one person said."""
    assessment.usual(autumn)
    counted(autumn)
    again = actions.count_zones(autumn.campaign_id)
    other = replace(again, snapshot=replace(again.snapshot, unstable=((1, 2),)))

    actions.release_zones(autumn.campaign_id, other, actor_id=None)  # the same people, scored again
    with pytest.raises(WouldReveal):
        actions.release_zones(
            autumn.campaign_id, replace(again, members=(*again.members, "one more")), actor_id=None
        )
    assert session.scalar(sa.select(sa.func.count()).select_from(Release)) == 2


def test_nobody_answered_at_all(autumn: Scene) -> None:
    found = counted(autumn)
    assert {one.n for one in found.groups} == {0}
    assert {one.word for one in found.directions} == {FEW_DATA}
    assert found.order == ()


def test_what_is_frozen_knows_nothing_of_the_hidden_group(autumn: Scene) -> None:
    """The same school with parents who say the opposite gives the same bytes."""
    assessment.usual(autumn)
    body = to_body(actions_count(autumn))
    parents = [one for one in body["groups"] if one["group"] == "parent"]
    assert parents == [
        {"group": "parent", "n": 4, "expected": 30, "least": 5, "hidden": True, "ways": ["link"]}
    ]
    ids = [
        one for (one,) in session.execute(sa.select(Finding.id).where(Finding.seat_id.in_(_seats(PARENT))))
    ]
    for one in session.scalars(sa.select(FindingScale).where(FindingScale.finding_id.in_(ids))):
        one.percent = 100.0 - (one.percent or 0)
    for finding in session.scalars(sa.select(Finding).where(Finding.id.in_(ids))):
        finding.items = {
            code: [1 - (got or 0), most, said] for code, (got, most, said) in finding.items.items()
        }
    session.flush()
    session.expire_all()
    assert json.dumps(to_body(actions_count(autumn)), sort_keys=True) == json.dumps(body, sort_keys=True)


def actions_count(at: Scene) -> Snapshot:
    if queries.turnout(at.campaign_id).state.value != "closed":
        assessment.close(at)
    return actions.count_zones(at.campaign_id).snapshot


def _seats(group: str) -> sa.Select[tuple[str]]:
    from diagnostics.campaigns.models import Seat

    return sa.select(Seat.id).where(Seat.respondent_group == group)


def test_a_school_opens_its_zones_and_calls_them_back_until_they_stand_in_a_report(autumn: Scene) -> None:
    assessment.usual(autumn)
    counted(autumn)
    at = autumn.campaign_id
    assert not queries.opening(at).is_open

    actions.open_upward(at, actor_id=autumn.lead.id)
    assert queries.opening(at).is_open
    actions.close_upward(at, actor_id=autumn.lead.id)
    assert not queries.opening(at).is_open
    actions.open_upward(at, actor_id=autumn.lead.id)
    actions.take_into_report(at, "Приозёрный район", actor_id=None)
    session.expire_all()
    assert queries.opening(at).taken_by == "Приозёрный район"
    for move in (
        lambda: actions.close_upward(at, actor_id=autumn.lead.id),
        lambda: actions.open_upward(at, actor_id=autumn.lead.id),
        lambda: actions.take_into_report(at, "Другой район", actor_id=None),
    ):
        with pytest.raises(ZonesError) as refused:
            move()
        assert refused.value.code == "opening_refused"
    said = [row.action for row in session.scalars(sa.select(AuditRow).where(AuditRow.object_id == at))]
    assert [one for one in said if one.startswith("zones.")] == [
        "zones.open",
        "zones.close",
        "zones.open",
        "zones.take",
    ]


def test_those_above_get_no_statements_and_no_counts(autumn: Scene) -> None:
    assessment.usual(autumn, parents=6)
    counted(autumn)
    outside = queries.zones(autumn.campaign_id, own=False).snapshot
    assert all(one.statements == () for one in outside.directions)
    assert {mark.n for one in outside.directions for mark in one.marks} == {None}
