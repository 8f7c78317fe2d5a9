"""A sent sitting becomes a finding with both layers."""

from __future__ import annotations

import pytest

from diagnostics.audit import queries as audit
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import session
from diagnostics.findings import actions, queries
from diagnostics.findings.errors import NotReady
from diagnostics.findings.models import Finding
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.models import Sitting, SittingState
from tests.diagnostics.findings.conftest import Town

METH = ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08")
EVAL = ("E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08")
PSYP = ("P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08")


def first_seat(town: Town) -> str:
    return next(iter(town.seats.values()))


def test_all_right_is_a_full_score_and_a_strength(open_town: Town) -> None:
    finding = actions.score(open_town.sit(first_seat(open_town), METH + EVAL + PSYP))
    view = queries.finding(finding.id)
    assert view.points == view.maximum == 28
    assert [block.competence for block in view.blocks] == ["METH", "PSYP", "EVAL"]
    assert {block.percent for block in view.blocks} == {100.0}
    assert {block.level for block in view.blocks} == {"minimal"}
    assert {block.conclusion for block in view.blocks} == {Conclusion.SURELY_NONE}


def test_nothing_right_is_a_confirmed_deficit_marked_provisional_without_a_calibration(
    open_town: Town,
) -> None:
    finding = actions.score(open_town.sit(first_seat(open_town), ()))
    block = queries.finding(finding.id).scale("EVAL")
    assert block is not None
    assert (block.percent, block.level, block.conclusion) == (0.0, "high", Conclusion.CONFIRMED)
    assert block.provisional
    assert block.omitted == block.n_items == 8
    assert block.p_deficit is not None
    assert block.p_deficit > 0.99


def test_tasks_never_shown_count_apart_and_fewer_than_three_carry_no_level_and_no_conclusion(
    open_town: Town,
) -> None:
    sitting = open_town.sit(first_seat(open_town), ("P03", "P01"), never_shown=PSYP[1:2] + PSYP[3:])
    block = queries.finding(actions.score(sitting).id).scale("PSYP")
    assert block is not None
    assert (block.n_items, block.unreached, block.n_planned) == (2, 6, 8)
    assert block.level is None
    assert block.conclusion is Conclusion.NO_CONCLUSION
    assert block.p_deficit is None


def test_tasks_never_shown_do_not_lower_the_per_cent_of_the_shown_ones(open_town: Town) -> None:
    sitting = open_town.sit(first_seat(open_town), ("E01", "E04"), never_shown=("E02", "E03", "E07", "E08"))
    block = queries.finding(actions.score(sitting).id).scale("EVAL")
    assert block is not None
    assert (block.n_items, block.unreached) == (4, 4)
    assert block.percent == 100 * block.points / block.maximum
    assert block.level is not None


def test_sub_nodes_are_evidence_rows_without_a_verdict(open_town: Town) -> None:
    view = queries.finding(actions.score(open_town.sit(first_seat(open_town), METH)).id)
    below = [scale for scale in view.scales if not scale.is_block]
    assert {scale.competence for scale in below} >= {"METH.1", "METH.3", "EVAL.4"}
    assert {scale.conclusion for scale in below} == {Conclusion.NO_CONCLUSION}
    assert {scale.level for scale in below} == {None}


def test_scoring_again_gives_the_same_finding(open_town: Town) -> None:
    sitting = open_town.sit(first_seat(open_town), METH)
    assert actions.score(sitting).id == actions.score(sitting).id
    assert len(queries.history_of_seat(first_seat(open_town))) == 1


def test_an_open_sitting_is_not_scored(open_town: Town) -> None:
    started = sittings.start(seat_id=first_seat(open_town), token_id=None, person_id=None)
    with pytest.raises(NotReady) as refused:
        actions.score(started.sitting_id)
    assert refused.value.code == "sitting_not_submitted"


def test_changed_answers_make_a_new_finding_and_the_old_one_stays_readable(
    open_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = open_town.sit(first_seat(open_town), METH)
    first = actions.score(sitting)
    more = open_town.scoring_id
    standing = _standing_with(more, "E01", sitting)
    monkeypatch.setattr("diagnostics.findings.reading.sittings.standing_of", lambda _id: standing)
    second = actions.score(sitting, reason="late")
    assert second.id != first.id
    assert second.reason == "late"
    old = queries.finding(first.id)
    assert not old.is_current
    assert old.points + 1 == queries.finding(second.id).points
    current = queries.current_of_seat(first_seat(open_town))
    assert current is not None
    assert current.id == second.id
    logged = audit.lines(about=first.id)
    assert [(line.action, line.note) for line in logged] == [("finding.supersede", "late")]


def _standing_with(scoring_id: str, item: str, sitting_id: str) -> object:
    """What the events would say had one late answer been accepted."""
    import dataclasses

    from diagnostics.sittings import queries as sitting_queries
    from tests.support.sitting import right

    standing = sitting_queries.standing_of(sitting_id)
    return dataclasses.replace(standing, answers={**standing.answers, item: right(scoring_id, item)})


def test_a_colleague_who_submits_changes_nobody_elses_finding(town: Town) -> None:
    seats = town.invite(40)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    mine = queries.finding(actions.score(town.sit(seats[0], METH[:5])).id)
    for seat in seats[1:]:
        actions.score(town.sit(seat, METH + EVAL + PSYP))
    assert queries.finding(mine.id) == mine


def test_evidence_names_tasks_and_holds_nothing_of_the_key(open_town: Town) -> None:
    view = queries.finding(actions.score(open_town.sit(first_seat(open_town), METH)).id)
    found = queries.evidence(view)
    assert len(found) == 24
    assert [one.code for one in found if one.block == "METH"] == [
        "M04", "M01", "M05", "M06", "M02", "M07", "M03", "M08",
    ]  # fmt: skip
    assert found[0].title["ru"] == "Задачи без образца"
    assert not any(one.lost for one in found if one.block == "METH")
    assert all(one.lost for one in found if one.block == "EVAL")


def test_a_wave_reads_as_a_matrix_of_persons_and_tasks(town: Town) -> None:
    seats = town.invite(2)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    actions.score(town.sit(seats[0], METH, never_shown=("P08",)))
    actions.score(town.sit(seats[1], EVAL))
    found = queries.matrix(town.wave_id)
    assert found.points.shape == (2, 24)
    assert set(found.forms) == {"A"}
    row = found.seat_ids.index(seats[0])
    column = dict(zip(found.items, found.points[row], strict=True))
    assert column["M01"] == 1
    assert column["E01"] == 0
    assert column["P08"] != column["P08"]  # NaN: never reached
    assert found.omitted[row, found.items.index("E01")]
    assert found.maxima.sum() == 28


def test_of_wave_lists_current_findings_only(open_town: Town) -> None:
    sitting = open_town.sit(first_seat(open_town), METH)
    actions.score(sitting)
    assert [view.sitting_id for view in queries.of_wave(open_town.wave_id)] == [sitting]
    row = session.get(Sitting, sitting)
    assert row is not None
    assert row.state is SittingState.SUBMITTED
    assert session.query(Finding).count() == 1
