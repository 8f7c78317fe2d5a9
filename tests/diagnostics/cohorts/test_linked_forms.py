"""Two forms of one work: linked by their common items, refused where the link does not hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flask import Flask

from diagnostics.campaigns.models import Campaign, WaveKind
from diagnostics.cohorts import queries
from diagnostics.cohorts.figures import Growth
from diagnostics.cohorts.linking import find_link
from diagnostics.cohorts.upward import upward
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.measurement.method import METHOD
from diagnostics.people.models import Role
from reports.contents.common import Change
from reports.contents.entry_exit import Caution, Comparison
from tests.support import make, results
from tests.support.kept import kept

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
GAIN = 0.9  # logits


@pytest.fixture
def campaign(in_app: Flask) -> Campaign:
    made = kept(in_app, "linked forms", grown_by_a_known_gain)
    session.add(made)
    return made


def grown_by_a_known_gain() -> Campaign:
    region = make.region()
    place, school = make.institute(region), make.school(make.municipality(region))
    made = results.diagnosis(make.staff(Role.TRAINER, place), place)
    people = make.people(120, school)
    drawn = np.random.default_rng(11)
    able = dict(zip(people, drawn.normal(0, 0.9, len(people)).tolist(), strict=True))
    results.simulate(results.seat(made, WaveKind.ENTRY, people), able, 1)
    stayed = people[:-12]
    grown = {person: able[person] + GAIN for person in stayed}
    results.simulate(results.seat(made, WaveKind.EXIT, stayed), grown, 2)
    return made


@pytest.fixture
def growth(campaign: Campaign) -> Growth:
    found = queries.growth(campaign.id)
    assert found is not None
    return found


def test_the_known_gain_lies_within_the_error_of_the_link(growth: Growth) -> None:
    logits = growth.snapshot.logits
    assert logits is not None
    assert growth.snapshot.comparability.verdict is Comparison.LINKED
    assert logits.exit - logits.entry == pytest.approx(GAIN, abs=3 * logits.link_error + 0.1)


def test_the_linking_error_stands_in_the_report_and_widens_every_interval(growth: Growth) -> None:
    error = growth.snapshot.comparability.linking_error
    assert error is not None
    assert Caution.LINKING_ERROR in {note.code for note in growth.snapshot.cautions}
    for block in growth.snapshot.blocks:
        assert block.interval is not None
        assert (block.interval.high - block.interval.low) / 2 >= 1.96 * error


def test_the_change_of_the_whole_is_the_mean_of_the_blocks_by_their_points(
    growth: Growth, campaign: Campaign
) -> None:
    view = queries.gathered(campaign.id)
    assert view.exit is not None
    sample = view.exit.sample
    assert sample is not None
    weights = {line.competence: line.maximum for line in sample.blocks}
    snapshot = growth.snapshot
    assert snapshot.whole is not None
    by_points = sum(weights[block.code] * block.change for block in snapshot.blocks) / sum(weights.values())
    assert snapshot.whole.change == pytest.approx(by_points, abs=1e-9)


def test_every_block_carries_the_same_correction(growth: Growth, campaign: Campaign) -> None:
    """What was scored plus the correction is what is shown, in the whole as in each block."""
    view = queries.gathered(campaign.id)
    assert view.exit is not None
    correction = growth.snapshot.comparability.correction
    assert correction
    for block in growth.snapshot.blocks:
        lines = [view.exit.results[person].scale(block.code) for person in growth.members]
        scored = np.mean([line.percent for line in lines if line is not None])
        assert block.exit == pytest.approx(scored + correction, abs=1e-9)


def test_levels_stand_on_the_results_as_scored(growth: Growth, campaign: Campaign) -> None:
    view = queries.gathered(campaign.id)
    assert view.exit is not None
    for block in growth.snapshot.blocks:
        lines = [view.exit.results[person].scale(block.code) for person in growth.members]
        low = sum(line is not None and line.percent is not None and line.percent < 60 for line in lines)
        assert block.deficits.exit == low


def test_the_whole_work_grew(growth: Growth) -> None:
    assert growth.snapshot.whole is not None
    assert growth.snapshot.whole.verdict is Change.GREW


def test_leavers_are_counted_and_never_filled_in(growth: Growth) -> None:
    flow, gone = growth.snapshot.flow, growth.snapshot.attrition
    assert (flow.invited, flow.entry, flow.exit, flow.both) == (120, 120, 108, 108)
    assert (gone.n_left, gone.n_stayed) == (12, 108)
    assert len(growth.people) == 108


def test_a_drifting_common_item_is_named_and_does_not_carry_the_link(campaign: Campaign) -> None:
    view = queries.gathered(campaign.id)
    assert view.entry is not None
    assert view.exit is not None
    first, second = findings.matrix(view.entry.wave.id), findings.matrix(view.exit.wave.id)
    anchors = tuple(code for code in first.items if code in second.items)
    column = second.items.index(anchors[0])
    leaked = second.points.copy()
    leaked[:, column] = second.maxima[column]  # the answer went round the course
    leaked[::9, column] = 0
    found = find_link(first, replace(second, points=leaked), anchors, METHOD)
    assert found is not None
    dropped = {one.name for one in found.result.anchors if not one.kept}
    assert anchors[0] in dropped


def test_without_common_items_there_is_no_link(campaign: Campaign) -> None:
    view = queries.gathered(campaign.id)
    assert view.entry is not None
    assert view.exit is not None
    first, second = findings.matrix(view.entry.wave.id), findings.matrix(view.exit.wave.id)
    found = find_link(first, second, (), METHOD)
    assert found is not None
    assert found.result.error is None


def test_another_work_at_the_exit_is_refused_with_the_reason(campaign: Campaign) -> None:
    results.outside(campaign)  # its version is then told by its blocks
    view = queries.gathered(campaign.id)
    assert view.exit is not None
    wave = view.exit.wave.id
    results.block_points(wave, {person: {"METH": (20, 40)} for person in view.exit.results})
    found = queries.growth(campaign.id)
    assert found is not None
    assert found.snapshot.reason == "different_version"
    assert (found.snapshot.blocks, found.snapshot.whole, found.people) == ((), None, ())


def test_the_copy_that_goes_upward_holds_no_person_and_no_small_count(growth: Growth) -> None:
    copy = upward(growth, 5)
    assert copy.hidden_below == 5
    for block in copy.blocks:
        moves = block.deficits
        shown = (
            moves.entry,
            moves.closed,
            moves.remaining,
            moves.new,
            moves.exit,
            block.improved,
            block.worse,
        )
        assert all(count is None or count >= 5 for count in shown)
        assert block.paths == ()


def test_a_block_of_too_few_people_takes_the_whole_work_along(growth: Growth) -> None:
    few = replace(growth.snapshot.blocks[0], n=4)
    snapshot = replace(growth.snapshot, blocks=(few, *growth.snapshot.blocks[1:]))
    copy = upward(replace(growth, snapshot=snapshot), 5)
    assert copy.hidden_blocks == (few.title,)
    assert (copy.whole, copy.transitions) == (None, None)


def test_needs_count_people_and_estimate_the_share(campaign: Campaign) -> None:
    found = queries.needs(campaign.id)
    assert found is not None
    assert found.entry == 120
    for block in found.blocks:
        share = block.prevalence
        assert share.share is not None
        assert share.low is not None
        assert share.high is not None
        assert share.low <= share.share <= share.high
    named = sum(row.confirmed + row.probable for row in found.people)
    assert named == sum(block.people for block in found.blocks)
