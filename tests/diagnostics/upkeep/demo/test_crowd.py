"""Simulated people: the same every time, and every answer is one that a person can give."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.upkeep.demo.course import simulated
from diagnostics.upkeep.demo.crowd import Crowd, answers
from diagnostics.upkeep.demo.opinions import OPT_OUT, opinion, straight, views
from instruments.bundled import bundled
from instruments.items import read

INSTRUMENT = bundled("instrument")["test.method"]
SCORING = bundled("scoring")["test.method"]
SCHOOL, SCHOOL_SCORING = bundled("instrument")["self.school"], bundled("scoring")["self.school"]


def test_the_same_seed_gives_the_same_crowd_and_another_seed_another() -> None:
    first, again, other = (Crowd.drawn(5, INSTRUMENT, SCORING, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.entry, again.entry)
    assert first.difficulties == again.difficulties
    assert not np.array_equal(first.entry, other.entry)


def test_every_simulated_answer_is_one_that_the_player_takes() -> None:
    crowd = Crowd.drawn(40, INSTRUMENT, SCORING, seed=3)
    for form in ("A", "B"):
        for person in answers(crowd, crowd.entry, INSTRUMENT, SCORING, form):
            refused = [code for code, given in person.items() if read(INSTRUMENT.item(code), given).problems]
            assert refused == []
            assert set(person) == set(INSTRUMENT.form(form).item_codes)


def test_only_those_who_came_stay_and_mostly_the_weak_leave() -> None:
    course = simulated(100, INSTRUMENT, SCORING, seed=4)
    assert len(course.came) == 93
    assert len(course.stayed) == 80
    means = course.crowd.entry.mean(axis=1)
    left, stayed = list(course.came - course.stayed), list(course.stayed)
    assert means[left].mean() < means[stayed].mean() - 0.3
    assert max(means[left]) > min(means[stayed]), "not by the result alone"


def test_a_leaked_question_becomes_easier_at_the_exit() -> None:
    right = SCORING.items["E02"].key
    shares = [
        np.mean(
            [
                one.get("E02") == right
                for one in simulated(400, INSTRUMENT, SCORING, seed=5, leaked=leaked).exit
            ]
        )
        for leaked in ({}, {"E02": 2.5})
    ]
    assert shares[1] > shares[0] + 0.04


@pytest.mark.parametrize("form", ["sheet", "teacher", "pupil", "parent"])
def test_every_simulated_opinion_is_one_that_the_player_takes(form: str) -> None:
    given = opinion(SCHOOL, SCHOOL_SCORING, form, views({}, 60), np.random.default_rng(1))
    assert [code for code, value in given.items() if read(SCHOOL.item(code), value).problems] == []
    asked = {code for code in SCHOOL.form(form).item_codes if SCHOOL.item(code).type == "likert"}
    assert set(given) == asked


def test_a_group_that_thinks_more_of_a_thing_says_so() -> None:
    rng = np.random.default_rng(2)
    view = views({"Z2.1": 90.0, "Z1": 20.0}, 55)
    people = [opinion(SCHOOL, SCHOOL_SCORING, "teacher", view, rng) for _ in range(30)]

    def mean(code: str) -> float:
        return float(np.mean([person[code] for person in people if person[code] != OPT_OUT]))

    low, middle, high = mean("Q101"), mean("Q301"), mean("Q201")
    assert low + 0.5 < middle < high - 0.5


def test_who_does_not_read_chooses_the_same_everywhere() -> None:
    assert set(straight(SCHOOL, "teacher", 2).values()) == {3}
