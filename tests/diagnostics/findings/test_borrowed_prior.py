"""An exit of fewer than thirty people uses the calibration of its entry where both may be compared."""

from __future__ import annotations

import numpy as np
import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.campaigns.models import Assignment, Campaign, Wave, WaveKind, WaveState
from diagnostics.catalogue import actions as catalogue_actions
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings import actions, queries
from diagnostics.people.models import Role
from tests.support import make, results

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def campaign(in_app: Flask) -> Campaign:
    region = make.region()
    return results.diagnosis(make.staff(Role.TRAINER, make.institute(region)), make.institute(region))


def took(campaign: Campaign, kind: WaveKind, people: list[str], seed: int) -> str:
    """So many people took a stage, which is over; returns its wave."""
    able = np.random.default_rng(3).normal(0, 0.9, len(people))
    wave_id = results.seat(campaign, kind, people)
    results.simulate(wave_id, dict(zip(people, able.tolist(), strict=True)), seed)
    session.get_one(Wave, wave_id).state = WaveState.CLOSED
    session.flush()
    return wave_id


def both(campaign: Campaign, entry: int, leave: int) -> tuple[str, str]:
    school = make.school(make.municipality(make.region()))
    people = make.people(entry, school)
    return took(campaign, WaveKind.ENTRY, people, 1), took(campaign, WaveKind.EXIT, people[:leave], 2)


def test_a_small_exit_of_linked_forms_takes_the_calibration_of_the_entry(campaign: Campaign) -> None:
    entry, leave = both(campaign, 60, 28)
    first, second = actions.calibrate(entry), actions.calibrate(leave)
    assert (second.version_id, second.persons, second.reason) == (first.version_id, 28, "borrowed")
    actions.again(leave)
    blocks = [block for view in queries.of_wave(leave) for block in view.blocks]
    assert blocks
    assert not any(block.provisional for block in blocks)


def test_nothing_is_borrowed_from_an_entry_without_a_calibration(campaign: Campaign) -> None:
    _, leave = both(campaign, 29, 28)
    assert actions.calibrate(leave).reason == "too_few_persons"


def test_another_scoring_makes_the_stages_incomparable(campaign: Campaign) -> None:
    entry, leave = both(campaign, 40, 28)
    actions.calibrate(entry)
    assigned = session.scalars(sa.select(Assignment).where(Assignment.wave_id == leave)).one()
    old = assigned.scoring_id
    assert old is not None
    body = catalogue.scoring(old).model_dump(mode="json", by_alias=True, exclude_none=True)
    body["items"]["M01"]["points"] = 2
    made = catalogue_actions.store(
        kind=catalogue.one(old).kind,  # type: ignore[union-attr]
        code=body["code"],
        body=body,
        about_id=assigned.instrument_id,
    )
    assigned.scoring_id = made.id
    session.flush()
    assert actions.calibrate(leave).version_id is None


def test_thirty_people_make_a_calibration_of_their_own(campaign: Campaign) -> None:
    entry, leave = both(campaign, 40, 30)
    first, second = actions.calibrate(entry), actions.calibrate(leave)
    assert second.reason is None
    assert second.version_id != first.version_id
