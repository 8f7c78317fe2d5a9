"""The worked check of the field, to the digit: entry 40, 55, 70, 60; exit 60, 65, 70, 50."""

from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.campaigns.models import WaveKind
from diagnostics.cohorts import queries
from diagnostics.cohorts.figures import Growth, from_body, to_body
from diagnostics.measurement.growth import normalised_gain
from diagnostics.people.models import Role
from reports.contents.common import Change
from reports.contents.entry_exit import Caution, Comparison, Deficits
from tests.support import make, results

ENTRY, EXIT = (40, 55, 70, 60), (60, 65, 70, 50)


@pytest.fixture
def campaign_id(in_app: Flask) -> str:
    region = make.region()
    place, school = make.institute(region), make.school(make.municipality(region))
    campaign = results.diagnosis(make.staff(Role.TRAINER, place), place)
    results.outside(campaign)
    people = make.people(4, school)
    for kind, points in ((WaveKind.ENTRY, ENTRY), (WaveKind.EXIT, EXIT)):
        wave = results.seat(campaign, kind, people)
        results.block_points(
            wave, {one: {"METH": (got, 100)} for one, got in zip(people, points, strict=True)}
        )
    return campaign.id


@pytest.fixture
def growth(campaign_id: str) -> Growth:
    found = queries.growth(campaign_id)
    assert found is not None
    return found


def test_the_means_and_the_change_are_those_of_the_check(growth: Growth) -> None:
    (block,) = growth.snapshot.blocks
    assert (block.n, block.entry, block.exit, block.change) == (4, 56.25, 61.25, 5.0)


def test_two_improved_one_stayed_and_one_fell(growth: Growth) -> None:
    (block,) = growth.snapshot.blocks
    assert (block.improved, block.same, block.worse) == (2, 1, 1)


def test_two_deficits_closed_none_remained_one_is_new(growth: Growth) -> None:
    """60 itself is no deficit."""
    (block,) = growth.snapshot.blocks
    assert block.deficits == Deficits(entry=2, closed=2, remaining=0, new=1, exit=1)


def test_personal_gains_are_those_of_the_check(growth: Growth) -> None:
    gains = [normalised_gain(line.entry, line.exit) for line in growth.people]
    assert sorted(round(gain, 2) for gain in gains if gain is not None) == [-0.25, 0, 0.22, 0.33]


def test_four_pairs_carry_no_interval_and_no_verdict(growth: Growth) -> None:
    (block,) = growth.snapshot.blocks
    assert (block.interval, block.effect, block.verdict) == (None, None, Change.UNKNOWN)


def test_the_error_of_an_outside_test_is_unknown_for_every_person(growth: Growth) -> None:
    (block,) = growth.snapshot.blocks
    assert block.reliably_improved is None
    assert {line.verdict for line in growth.people} == {Change.UNKNOWN}
    assert Caution.EXTERNAL_RELIABILITY_UNKNOWN in {note.code for note in growth.snapshot.cautions}


def test_people_of_whom_only_block_points_are_known_are_not_called_free_of_needs(campaign_id: str) -> None:
    found = queries.needs(campaign_id)
    assert found is not None
    assert (len(found.untold), len(found.free)) == (4, 0)


def test_the_same_maxima_count_as_the_same_work(growth: Growth) -> None:
    assert growth.snapshot.comparability.verdict is Comparison.SAME_VERSION


def test_one_work_taken_twice_needs_no_correction(growth: Growth) -> None:
    said = growth.snapshot.comparability
    assert (said.correction, said.linking_error, said.exit_form) == (None, None, "")


def test_levels_move_as_the_preset_says(growth: Growth) -> None:
    moves = growth.snapshot.transitions
    assert moves is not None
    assert moves.levels == ("высокий", "средний", "минимальный")
    assert moves.counts == ((0, 2, 0), (1, 1, 0), (0, 0, 0))


def test_a_snapshot_is_the_same_after_it_was_stored(growth: Growth) -> None:
    assert from_body(to_body(growth.snapshot)) == growth.snapshot


def test_a_release_of_before_reads_without_what_it_did_not_keep(growth: Growth) -> None:
    body = to_body(growth.snapshot)
    del body["returned"], body["effort"]
    for block in (body["whole"], *body["blocks"]):
        del block["interval_kind"]
    old = from_body(body)
    assert (old.returned, old.blocks[0].interval_kind) == (None, None)
    assert old.blocks[0].change == growth.snapshot.blocks[0].change
