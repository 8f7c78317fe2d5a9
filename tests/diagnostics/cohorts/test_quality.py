"""How surely a work decides: reliability by form, borders by block, information of a calibrated one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts import calibrated, items, trials
from diagnostics.findings import actions as findings
from diagnostics.findings import queries as results
from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement.decisions import decisions, livingston_lewis
from diagnostics.measurement.method import METHOD
from reports.contents.quality import FormQuality, Information
from tests.support.diagnosis import TODAY
from tests.support.kept import begun
from tests.support.planted import PEOPLE, Planted, planted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def found(app: Flask) -> Iterator[Planted]:
    with clock.frozen(TODAY), begun(app, "right keys", lambda: planted(PEOPLE, wrong_key=False)) as made:
        yield made


def form_of(wave_id: str) -> FormQuality:
    (form,) = items.of_wave(wave_id).forms
    return form


def close(found: Planted) -> None:
    campaigns.close_wave(found.wave_id, found.trainer_id)
    findings.calibrate(found.wave_id)
    findings.again(found.wave_id)


def complete(matrix: WaveMatrix) -> np.ndarray:
    return matrix.points[~np.isnan(matrix.points).any(axis=1)]


def test_the_error_of_a_result_follows_from_alpha_and_the_spread(found: Planted) -> None:
    form, matrix = form_of(found.wave_id), results.matrix(found.wave_id)
    assert form.alpha is not None
    sd = complete(matrix).sum(axis=1).std(ddof=1)
    expected = 100 * sd * (1 - form.alpha) ** 0.5 / matrix.maxima.sum()
    assert form.sem == pytest.approx(expected)


def test_omega_stands_beside_alpha_or_says_why_it_does_not(found: Planted) -> None:
    form = form_of(found.wave_id)
    assert (form.omega is None) == (form.omega_reason is not None)
    assert (form.omega_interval is None) or form.omega_interval.low < form.omega < form.omega_interval.high  # type: ignore[operator]


def test_the_whole_work_stands_first_and_every_block_has_every_border(found: Planted) -> None:
    blocks = form_of(found.wave_id).blocks
    assert blocks[0].title == ""
    assert len(blocks) == 4
    assert {tuple(cut.lower for cut in one.cuts) for one in blocks} <= {(60.0, 80.0), ()}
    assert blocks[0].cuts


def test_a_border_of_the_whole_work_is_judged_by_livingston_and_lewis(found: Planted) -> None:
    whole, matrix = form_of(found.wave_id).blocks[0], results.matrix(found.wave_id)
    assert whole.alpha is not None
    true = livingston_lewis(complete(matrix).sum(axis=1), whole.alpha, float(matrix.maxima.sum()))
    for cut in whole.cuts:
        expected = decisions(true, [cut.lower / 100])
        assert (cut.accuracy, cut.consistency) == pytest.approx((expected.accuracy, expected.consistency))
        assert cut.accuracy == pytest.approx(1 - cut.false_low - cut.false_high)


def test_few_people_leave_every_border_without_a_verdict(in_app: Flask) -> None:
    with clock.frozen(TODAY):
        form = form_of(planted(12, wrong_key=False).wave_id)
    assert {(one.cuts, one.reason) for one in form.blocks} == {((), "too_few_persons")}


def test_an_open_stage_has_no_curve_and_says_so(found: Planted) -> None:
    form = form_of(found.wave_id)
    assert (form.information, form.information_reason) == (None, "not_calibrated")


def test_a_closed_stage_shows_where_it_measures_best(found: Planted) -> None:
    close(found)
    information = form_of(found.wave_id).information
    assert information is not None
    assert information.persons == PEOPLE
    assert information.provisional
    rising = [one.theta for one in information.points]
    assert rising == sorted(rising)
    assert [one.percent for one in information.cuts] == [60.0, 80.0]
    assert all(one.se == pytest.approx(one.information**-0.5) for one in information.points)
    assert information.peak.information == max(one.information for one in information.points)


def test_at_a_border_the_expected_result_is_the_border(found: Planted) -> None:
    close(found)
    information = form_of(found.wave_id).information
    assert information is not None
    for cut in information.cuts:
        percent, sem = by_hand(found, information, cut.theta)
        assert percent == pytest.approx(cut.percent, abs=0.2)
        assert sem == pytest.approx(cut.sem, rel=0.02)


def by_hand(found: Planted, information: Information, theta: float) -> tuple[float, float]:
    """Per cent and its error from the difficulties, step by step."""
    view = results.of_wave(found.wave_id)[0]
    part = catalogue.calibration(view.calibration_id or "")["scorings"][view.scoring_id]
    matrix = results.matrix(found.wave_id)
    known = {one["name"]: one for one in part["rasch"]["items"]}
    points = variance = 0.0
    for column, name in enumerate(matrix.items):
        if name not in known:
            points += float(np.nanmean(matrix.points[:, column]))
            continue
        weights = [0.0]
        for step in known[name]["thresholds"]:
            weights.append(weights[-1] + theta - step)
        chances = np.exp(weights) / np.exp(weights).sum()
        worth = matrix.maxima[column] / part["steps"][name]
        mean = sum(place * chance for place, chance in enumerate(chances))
        points += worth * (known[name]["lowest"] + mean)
        variance += worth**2 * sum((place - mean) ** 2 * chance for place, chance in enumerate(chances))
    assert len(known) == information.n_items
    whole = float(matrix.maxima.sum())
    return 100 * points / whole, 100 * variance**0.5 / whole


def test_a_version_is_judged_by_its_closed_stages_only(found: Planted) -> None:
    version = results.of_wave(found.wave_id)[0].instrument_id or ""
    open_yet = trials.trials_of(version, ["/"])
    assert (open_yet.forms, open_yet.waiting) == ((), PEOPLE)
    close(found)
    closed = trials.trials_of(version, ["/"])
    assert closed.waiting == 0
    assert [(one.campaign_id, one.form.form, one.form.n) for one in closed.forms] == [
        (found.campaign_id, "A", PEOPLE)
    ]
    assert closed.forms[0].form == form_of(found.wave_id)


def test_stages_of_other_places_say_nothing_to_a_methodologist(found: Planted) -> None:
    version = results.of_wave(found.wave_id)[0].instrument_id or ""
    close(found)
    for scope in ([], ["/elsewhere/"]):
        assert (trials.trials_of(version, scope).forms, trials.trials_of(version, scope).waiting) == ((), 0)


def test_an_open_stage_has_no_fit_and_a_closed_one_shows_it_for_every_estimated_task(found: Planted) -> None:
    assert not items.of_wave(found.wave_id).fitted
    close(found)
    analysis = items.of_wave(found.wave_id)
    assert analysis.fitted
    known = [one for one in analysis.items if one.infit is not None and one.outfit is not None]
    assert len(known) >= 20
    assert 0.95 < float(np.mean([one.infit for one in known])) < 1.05


def test_answers_drawn_at_random_fit_worse_than_those_of_the_able(found: Planted) -> None:
    close(found)
    matrix, view = results.matrix(found.wave_id), results.of_wave(found.wave_id)[0]
    fits = calibrated.fits_of(matrix, view, METHOD)
    name = next(one for one in fits if matrix.maxima[matrix.items.index(one)] == 1)
    column = matrix.items.index(name)
    noise = np.random.default_rng(2).integers(0, 2, len(matrix.seat_ids)).astype(float)
    matrix.points[:, column] = noise
    worse = calibrated.fits_of(matrix, view, METHOD)[name].infit
    better = fits[name].infit
    assert worse is not None
    assert better is not None
    assert worse.value > better.value
