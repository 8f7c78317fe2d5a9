"""Calibrations of a version: what stands on each, and what differs between two of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.catalogue import actions as storing
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts import piloting
from diagnostics.cohorts.calibrations import Line, calibrations_of, line
from diagnostics.cohorts.recalibrated import compare, effect_of
from diagnostics.database import Json
from diagnostics.errors import Missing
from diagnostics.findings import actions as findings
from diagnostics.findings import queries as results
from diagnostics.findings.actions import order_calibration
from diagnostics.findings.errors import NotReady
from tests.support.diagnosis import TODAY
from tests.support.kept import begun
from tests.support.planted import PEOPLE, Planted, planted

HARDER = "M01"
BY = 2.0  # logits


@pytest.fixture
def closed(app: Flask) -> Iterator[tuple[Planted, str]]:
    """A closed and calibrated entry, and the version that it asks."""

    def made() -> tuple[Planted, str]:
        found = planted(PEOPLE, wrong_key=False)
        campaigns.close_wave(found.wave_id, found.trainer_id)
        findings.calibrate(found.wave_id)
        findings.again(found.wave_id)
        return found, results.of_wave(found.wave_id)[0].instrument_id or ""

    with clock.frozen(TODAY), begun(app, "a closed and calibrated entry", made) as found:
        yield found


def changed(standing: Line, *, by: float = 0.0, prior: dict[str, float] | None = None) -> Line:
    """A calibration like `standing`, with one task harder by `by` and other priors."""
    body: Json = copy.deepcopy(catalogue.calibration(standing.version.id))
    part = body["scorings"][standing.scoring_id]
    for item in part["rasch"]["items"]:
        if item["name"] == HARDER:
            item["location"] += by
    for one in part["priors"].values():
        one.update(prior or {})
    body["persons"] += 1
    code = standing.version.code
    kept = storing.publish_calibration(
        code, body, scoring_id=standing.scoring_id, actor_id=None, reason="test"
    )
    return line(kept.id)[1]


def test_a_calibration_names_its_people_and_the_stage_that_pins_it(closed: tuple[Planted, str]) -> None:
    made, asked = closed
    (found,) = calibrations_of(asked)
    assert (found.persons, found.model, found.results) == (PEOPLE, "rasch", PEOPLE)
    assert [one.wave_id for one in found.users] == [made.wave_id]
    assert found.source is not None
    assert found.source.campaign_id == made.campaign_id
    assert line(found.version.id) == (asked, found)


def test_what_is_no_calibration_is_missing(closed: tuple[Planted, str]) -> None:
    with pytest.raises(Missing):
        line(closed[1])


def test_a_task_that_became_harder_drifts_and_no_other_does(closed: tuple[Planted, str]) -> None:
    (standing,) = calibrations_of(closed[1])
    found = compare(standing, changed(standing, by=BY))
    assert [one.item for one in found.drifted] == [HARDER]
    assert found.drifted[0].change == pytest.approx(BY)
    assert all(one.change == pytest.approx(0, abs=1e-9) for one in found.shifts if one.item != HARDER)
    assert found.is_firm


def test_the_same_priors_change_no_conclusion(closed: tuple[Planted, str]) -> None:
    (standing,) = calibrations_of(closed[1])
    found = effect_of(standing, changed(standing, by=BY))
    assert (found.results, found.changed, found.reason) == (PEOPLE, 0, None)


def test_a_strong_other_prior_changes_conclusions(closed: tuple[Planted, str]) -> None:
    (standing,) = calibrations_of(closed[1])
    found = effect_of(standing, changed(standing, prior={"alpha": 190.0, "beta": 10.0}))
    assert 0 < found.changed <= PEOPLE


def test_on_a_calibration_that_nobody_pins_nothing_would_change(closed: tuple[Planted, str]) -> None:
    (standing,) = calibrations_of(closed[1])
    assert effect_of(changed(standing), standing).reason == "nobody"


def test_a_stage_is_calibrated_by_hand_only_when_closed_and_only_once(
    in_app: Flask, closed: tuple[Planted, str]
) -> None:
    made, _asked = closed
    with pytest.raises(NotReady) as refused:
        order_calibration(made.wave_id, actor_id=made.methodologist_id)
    assert refused.value.code == "wave_already_calibrated"


def test_few_people_give_no_calibration(in_app: Flask) -> None:
    with clock.frozen(TODAY):
        made = planted(6, wrong_key=False)
        with pytest.raises(NotReady) as refused:
            order_calibration(made.wave_id, actor_id=made.methodologist_id)
        assert refused.value.code == "wave_not_closed"
        campaigns.close_wave(made.wave_id, made.trainer_id)
        with pytest.raises(NotReady) as refused:
            order_calibration(made.wave_id, actor_id=made.methodologist_id)
    assert refused.value.code == "calibration_too_few_persons"
    assert refused.value.parameters == {"n": 6, "least": 30}


def test_a_pilot_counts_works_by_form_at_the_places_of_its_scope(closed: tuple[Planted, str]) -> None:
    _made, asked = closed
    forms = [form.code for form in catalogue.instrument(asked).forms]
    found = piloting.pilot_of(asked, forms, ["/"], keyed=True)
    elsewhere = piloting.pilot_of(asked, forms, [], keyed=True)
    assert dict(elsewhere.got) == dict.fromkeys(forms, 0)
    assert elsewhere.stages == ()
    assert (found.got["A"], found.fewest, found.wanted) == (PEOPLE, 0, 100)
    assert [(one.expected, one.submitted) for one in found.stages] == [(PEOPLE, PEOPLE)]
