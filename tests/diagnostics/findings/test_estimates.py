"""The estimate of a block belongs to the stored interval, and needs nothing that the finding does not pin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.findings import actions as findings
from diagnostics.findings import queries
from diagnostics.findings.queries import FindingView, estimates
from diagnostics.measurement.method import METHOD
from tests.support.diagnosis import TODAY
from tests.support.planted import Planted, planted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def found(in_app: Flask) -> Iterator[Planted]:
    with clock.frozen(TODAY):
        yield planted(40, wrong_key=False)


def all_inside(view: FindingView) -> bool:
    likely = estimates(view)
    return set(likely) == {block.competence for block in view.blocks} and all(
        (block.low80 or 0) < likely[block.competence] < (block.high80 or 0) for block in view.blocks
    )


def test_without_a_calibration_the_estimate_is_that_of_the_weak_prior(found: Planted) -> None:
    for view in queries.of_wave(found.wave_id):
        assert all_inside(view)
        block = view.blocks[0]
        share = block.points / block.maximum
        low, high = sorted((100 * share, 100 * METHOD.weak_alpha / (METHOD.weak_alpha + METHOD.weak_beta)))
        assert low - 1e-9 <= estimates(view)[block.competence] <= high + 1e-9


def test_with_a_calibration_no_estimate_leaves_its_own_interval(found: Planted) -> None:
    campaigns.close_wave(found.wave_id, found.trainer_id)
    findings.calibrate(found.wave_id)
    findings.again(found.wave_id)
    views = queries.of_wave(found.wave_id)
    assert all(view.calibration_id for view in views)
    assert all(all_inside(view) for view in views)


def test_an_older_finding_keeps_the_estimate_of_its_own_versions(found: Planted) -> None:
    first = queries.of_wave(found.wave_id)[0]
    before = estimates(first)
    campaigns.close_wave(found.wave_id, found.trainer_id)
    findings.calibrate(found.wave_id)
    findings.again(found.wave_id)
    assert estimates(queries.finding(first.id)) == before
