"""People of many schools, people chosen by low results, and figures in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from flask import Flask

from diagnostics.campaigns.models import Campaign, WaveKind
from diagnostics.cohorts import queries
from diagnostics.cohorts.figures import Growth
from diagnostics.cohorts.upward import upward
from diagnostics.findings import queries as findings
from diagnostics.measurement.change import kelley
from diagnostics.measurement.factor import omega_total
from diagnostics.people.models import Role
from diagnostics.releases import coarse
from diagnostics.reporting.entry_exit_language import in_language
from diagnostics.reporting.language import words_of
from tests.support import make, results

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def campaign(in_app: Flask) -> Campaign:
    region = make.region()
    place = make.institute(region)
    return results.diagnosis(make.staff(Role.TRAINER, place), place)


def taught(schools: int, each: int) -> list[str]:
    municipality = make.municipality(make.region())
    return [
        person
        for number in range(schools)
        for person in make.people(each, make.school(municipality, f"Школа № {number + 1}"))
    ]


def abilities(people: Sequence[str]) -> dict[str, float]:
    return dict(zip(people, np.random.default_rng(3).normal(0, 1, len(people)).tolist(), strict=True))


def asked(campaign: Campaign, kind: WaveKind, people: Sequence[str], able: Mapping[str, float]) -> None:
    wave = results.seat(campaign, kind, list(people))
    results.simulate(wave, {person: able[person] for person in people}, 5 if kind is WaveKind.EXIT else 4)


def figures(campaign: Campaign) -> Growth:
    found = queries.growth(campaign.id)
    assert found is not None
    return found


def diagnosed(campaign: Campaign, people: Sequence[str]) -> Growth:
    able = abilities(people)
    asked(campaign, WaveKind.ENTRY, people, able)
    asked(campaign, WaveKind.EXIT, people, {person: able[person] + 0.5 for person in people})
    return figures(campaign)


@pytest.mark.parametrize(("schools", "kind"), [(6, "clusters"), (4, "t")])
def test_the_interval_says_whether_schools_or_people_were_drawn(
    campaign: Campaign, schools: int, kind: str
) -> None:
    snapshot = diagnosed(campaign, taught(schools, 60 // schools)).snapshot
    assert snapshot.whole is not None
    assert {snapshot.whole.interval_kind, *(one.interval_kind for one in snapshot.blocks)} == {kind}


def test_omega_stands_beside_alpha_where_one_factor_was_found(campaign: Campaign) -> None:
    found = diagnosed(campaign, taught(2, 40))
    entry = findings.matrix(campaign_wave(campaign))
    assert found.snapshot.reliability[0].omega == omega_total(entry.points).value


def campaign_wave(campaign: Campaign) -> str:
    wave = queries.gathered(campaign.id).entry
    assert wave is not None
    return wave.wave.id


def lowest(campaign: Campaign, people: Sequence[str]) -> list[str]:
    """The third with the lowest results of the entry."""
    entry = queries.gathered(campaign.id).entry
    assert entry is not None
    return sorted(people, key=lambda person: entry.results[person].percent or 0)[: len(people) // 3]


def test_a_group_chosen_by_low_results_stands_beside_what_it_would_gain_anyway(campaign: Campaign) -> None:
    people = taught(2, 45)
    able = abilities(people)
    asked(campaign, WaveKind.ENTRY, people, able)
    chosen = lowest(campaign, people)
    asked(campaign, WaveKind.EXIT, chosen, able)
    snapshot = figures(campaign).snapshot
    found, whole, alpha = snapshot.returned, snapshot.whole, snapshot.reliability[0].alpha
    assert found is not None
    assert whole is not None
    assert alpha is not None
    entry = queries.gathered(campaign.id).entry
    assert entry is not None
    tested = float(np.mean([view.percent for view in entry.results.values()]))
    assert (found.n_asked, found.n_tested) == (30, 90)
    assert found.expected == pytest.approx(kelley(whole.entry, tested, alpha) - whole.entry)
    assert found.expected > 0
    assert found.observed == pytest.approx(whole.change)


def test_everybody_asked_again_was_chosen_by_nothing(campaign: Campaign) -> None:
    assert diagnosed(campaign, taught(2, 20)).snapshot.returned is None


def test_a_part_that_began_no_lower_was_not_chosen_by_low_results(campaign: Campaign) -> None:
    people = taught(2, 45)
    able = abilities(people)
    asked(campaign, WaveKind.ENTRY, people, able)
    others = sorted(set(people) - set(lowest(campaign, people)))
    asked(campaign, WaveKind.EXIT, others, able)
    assert figures(campaign).snapshot.returned is None


def test_the_copy_upward_rounds_the_expectation_and_hides_it_beside_a_few(campaign: Campaign) -> None:
    people = taught(2, 45)
    able = abilities(people)
    asked(campaign, WaveKind.ENTRY, people, able)
    asked(campaign, WaveKind.EXIT, lowest(campaign, people), able)
    exact = figures(campaign)
    copy = upward(exact, 5).returned
    assert exact.snapshot.returned is not None
    assert copy is not None
    assert copy.expected == coarse.mean(exact.snapshot.returned.expected, 30)
    assert upward(exact, 61).returned is None


def test_an_english_reader_reads_frozen_figures_in_english(campaign: Campaign) -> None:
    snapshot = diagnosed(campaign, taught(2, 20)).snapshot
    said = in_language(snapshot, campaign.id, "en", words_of("en"))
    assert [level.short for level in said.scale.levels] == ["high", "medium", "minimal"]
    assert said.transitions is not None
    assert said.transitions.levels == ("high", "medium", "minimal")
    assert not any("компетенции" in block.title for block in said.blocks)
    assert said.sources.instrument.title.startswith("Teaching-methods test")
    assert [block.change for block in said.blocks] == [block.change for block in snapshot.blocks]
    assert [level.lower for level in said.scale.levels] == [level.lower for level in snapshot.scale.levels]


def test_a_russian_reader_reads_a_release_as_it_was_frozen(campaign: Campaign) -> None:
    snapshot = diagnosed(campaign, taught(2, 20)).snapshot
    assert in_language(snapshot, campaign.id, "ru", words_of("ru")) is snapshot
