"""The item analysis of a wave names what was planted: a wrong key, an item that everybody solves, one answer for all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.cohorts import items, straight
from diagnostics.cohorts.items import KEY_DOUBTFUL, TOO_EASY, ItemAnalysis
from diagnostics.errors import Missing
from diagnostics.people.models import Role
from tests.support import make
from tests.support.diagnosis import ENTRY, TODAY
from tests.support.kept import begun
from tests.support.planted import EASY, PEOPLE, WRONG, planted
from tests.support.sitting import sit

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def at_noon() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def analysis(app: Flask, at_noon: None) -> Iterator[ItemAnalysis]:
    with begun(app, "a wrong key", lambda: planted(PEOPLE, wrong_key=True)) as made:
        yield items.of_wave(made.wave_id)


def verdicts(found: ItemAnalysis, code: str) -> tuple[str, ...]:
    return next(one.verdicts for one in found.items if one.code == code)


def test_a_wrong_key_stands_first_and_shows_the_option_that_draws_the_strong(analysis: ItemAnalysis) -> None:
    first = analysis.items[0]
    assert (first.code, first.verdicts[0]) == (WRONG, KEY_DOUBTFUL)
    (drawing,) = [one for one in first.options if one.draws_strong]
    assert not drawing.is_key
    assert drawing.chosen > PEOPLE / 2


def test_an_item_that_everybody_solves_is_called_too_easy(analysis: ItemAnalysis) -> None:
    assert verdicts(analysis, EASY) == (TOO_EASY,)


def test_keys_that_are_right_are_not_doubted(analysis: ItemAnalysis) -> None:
    assert [one.code for one in analysis.items if KEY_DOUBTFUL in one.verdicts] == [WRONG]


def test_shares_of_a_third_add_up_to_those_who_answered(analysis: ItemAnalysis) -> None:
    for one in (item for item in analysis.items if item.options):
        for third in range(3):
            assert sum(option.thirds[third] for option in one.options) <= 2 + 1e-9
        assert sum(option.chosen for option in one.options) >= one.n - one.omitted


def test_few_people_give_counts_only(in_app: Flask, at_noon: None) -> None:
    found = items.of_wave(planted(6, wrong_key=False).wave_id)
    assert {(one.p, one.verdicts, one.reason, one.options) for one in found.items} == {
        (None, (), "counts_only", ())
    }


def test_a_wave_without_results_has_no_items(in_app: Flask, at_noon: None) -> None:
    region = make.region()
    place = make.institute(region)
    trainer = make.staff(Role.TRAINER, place)
    made = make.campaign(trainer, place, entry=ENTRY)
    entry = campaigns.add_wave(made.id, WaveKind.EXIT, *(day.replace(year=2027) for day in ENTRY), trainer.id)
    assert (items.of_wave(entry.id).test, items.of_wave(entry.id).items) == (None, ())


def test_an_unknown_wave_is_missing(in_app: Flask) -> None:
    with pytest.raises(Missing):
        items.of_wave("nothing")


def test_a_work_with_keys_has_no_statements_to_answer_alike(in_app: Flask, at_noon: None) -> None:
    assert straight.of_wave(planted(2, wrong_key=False).wave_id) == ()


def test_one_answer_to_every_statement_is_noticed_and_a_varied_sheet_is_not(
    in_app: Flask, at_noon: None
) -> None:
    region = make.region()
    place, school = make.institute(region), make.school(make.municipality(region))
    trainer = make.staff(Role.TRAINER, place)
    made = make.campaign(trainer, place)
    asked = catalogue.latest_published(VersionKind.INSTRUMENT, "self.teacher")
    assert asked is not None
    scored = catalogue.scoring_of(asked.id)
    assert scored is not None
    found = campaigns.add_wave(made.id, WaveKind.ENTRY, *ENTRY, trainer.id)
    campaigns.assign(found.id, asked.id, scored.id, "A", actor_id=trainer.id)
    seats = list(campaigns.seat_people(found.id, make.people(2, school), trainer.id).seats.values())
    campaigns.open_wave(found.id, trainer.id)
    codes = [one.code for one in catalogue.instrument(asked.id).form_items("A") if hasattr(one, "scale")]
    drawn = np.random.default_rng(3)
    alike = sit(seats[0], dict.fromkeys(codes, 3))
    sit(seats[1], {code: int(drawn.integers(1, 5)) for code in codes})
    assert [(one.sitting_id, one.item_count, one.share) for one in straight.of_wave(found.id)] == [
        (alike, 36, 1.0)
    ]
