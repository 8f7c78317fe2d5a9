from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.measurement.ability import abilities
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.fit.persons import person_fit
from diagnostics.measurement.latent.items import Curve, LatentItem, of_calibrated
from diagnostics.measurement.naive import fit as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers, step_answers

Case = Callable[[str], dict[str, Any]]
NAN = float("nan")


def rasch_items(difficulty: FloatArray) -> tuple[LatentItem, ...]:
    return tuple(LatentItem(str(place), 1.0, (float(value),)) for place, value in enumerate(difficulty))


@pytest.mark.parametrize("estimate", ["ml", "wle", "map"])
def test_the_corrected_index_is_that_of_the_paper_whichever_estimate_is_used(
    estimate: str, case: Case
) -> None:
    """Abilities are those of the reference; r₀ is written out as in Snijders 2001."""
    truth = case("scoring_a")
    items = tuple(
        LatentItem(str(place), a, (b,))
        for place, (a, b) in enumerate(zip(truth["a"], truth["b"], strict=True))
    )
    people = truth["cases"][2:]

    found = person_fit([one["pattern"] for one in people], items, [one[estimate] for one in people])

    for one, fit in zip(people, found, strict=True):
        theta = one[estimate]
        r0 = {"ml": 0.0, "wle": naive.warm_correction(items, theta), "map": -theta}[estimate]
        assert fit.lz_star == pytest.approx(naive.snijders(one["pattern"], items, theta, r0), abs=1e-5)


@pytest.mark.parametrize("length", [10, 20, 40])
def test_the_corrected_index_is_standard_normal_and_the_plain_one_is_not(length: int) -> None:
    rng = np.random.default_rng(length)
    difficulty = np.linspace(-2, 2, length)
    scores = rasch_answers(rng.normal(size=4000), difficulty, rng)
    items = rasch_items(difficulty)
    calibrated = calibrate(scores).items

    found = person_fit(scores, items, abilities(scores, calibrated).theta)

    judged = [(one.lz, one.lz_star, one.p) for one in found if one.reason is None]
    plain, corrected, p = np.array(judged, dtype=float).T
    assert corrected.std() == pytest.approx(1, abs=0.05)
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.015)
    assert plain.std() < 0.95


def test_steps_keep_the_false_alarms_at_their_level() -> None:
    rng = np.random.default_rng(6)
    steps = [(value - 0.7, value + 0.7) for value in np.linspace(-1.5, 1.5, 15)]
    scores = step_answers(rng.normal(size=3000), steps, rng)
    items = [LatentItem(str(place), 1.0, one) for place, one in enumerate(steps)]
    calibration = calibrate(scores)

    found = person_fit(scores, items, abilities(scores, calibration.items).theta)

    corrected = np.array([one.lz_star for one in found if one.lz_star is not None])
    assert corrected.std() == pytest.approx(1, abs=0.05)
    assert (corrected < -1.645).mean() == pytest.approx(0.05, abs=0.02)


def test_someone_who_fails_the_easy_and_solves_the_hard_is_noticed() -> None:
    items = rasch_items(np.linspace(-2.5, 2.5, 20))
    odd, usual = np.r_[np.zeros(10), np.ones(10)], np.r_[np.ones(10), np.zeros(10)]

    strange, smooth = person_fit([odd, usual], items, [0.0, 0.0])

    assert strange.p is not None
    assert smooth.lz_star is not None
    assert strange.p < 1e-6
    assert smooth.lz_star > 0


def test_half_of_a_group_that_answers_at_random_is_found_far_oftener_than_chance() -> None:
    rng = np.random.default_rng(7)
    difficulty = np.linspace(-2, 2, 30)
    scores = rasch_answers(rng.normal(size=400), difficulty, rng)
    scores[:40] = rng.integers(0, 2, (40, 30))
    calibration = calibrate(scores)
    theta = abilities(scores, calibration.items).theta

    p = np.array([one.p for one in person_fit(scores, of_calibrated(calibration.items), theta)], dtype=float)

    assert np.nanmean(p[:40] < 0.05) > 0.6
    assert np.nanmean(p[40:] < 0.05) < 0.06


def test_items_that_were_not_presented_do_not_count() -> None:
    items = rasch_items(np.linspace(-2, 2, 12))
    pattern = [1.0, 0, 1, 1, 0, 1, 0, 0, 1, 0]

    whole, part = (
        person_fit([pattern], items[:10], [0.1])[0],
        person_fit([[*pattern, NAN, NAN]], items, [0.1])[0],
    )

    assert part == whole


def test_the_reason_is_said_where_nothing_can_be_judged() -> None:
    items = rasch_items(np.linspace(-1, 1, 10))
    rows = [np.ones(10), np.zeros(10), np.full(10, NAN), np.r_[1.0, 0.0, np.full(8, NAN)], np.arange(10) % 2]

    found = person_fit(rows, items, [3.0, -3.0, NAN, 0.0, NAN])

    assert [one.reason for one in found] == [
        "extreme",
        "extreme",
        "no_answers",
        "too_few_answers",
        "no_ability",
    ]
    assert {(one.lz, one.lz_star, one.p) for one in found} == {(None, None, None)}


def test_equally_hard_items_leave_no_pattern_to_judge() -> None:
    found = person_fit([np.arange(10) % 2], rasch_items(np.zeros(10)), [0.3])

    assert found[0].reason == "no_spread"


def test_certain_answers_leave_no_pattern_to_judge() -> None:
    found = person_fit([np.arange(10) % 2], rasch_items(np.linspace(-1, 1, 10)), [300.0])

    assert found[0].reason == "no_spread"


def test_another_number_of_abilities_is_refused() -> None:
    with pytest.raises(BadInputError):
        person_fit(np.ones((2, 3)), rasch_items(np.zeros(3)), [0.0])


MIXED = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("credit", 0.8, (-0.5, 0.9)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
    *(LatentItem(f"more{place}", 2.5, (place / 2,)) for place in range(-4, 5)),
)


@settings(max_examples=40, deadline=None)
@given(
    arrays(float, (8, len(MIXED)), elements=st.sampled_from([0.0, 1.0, 2.0, NAN])),
    arrays(float, 8, elements=st.one_of(st.floats(-900, 900), st.just(NAN))),
)
def test_whatever_comes_gives_numbers_or_reasons(scores: FloatArray, theta: FloatArray) -> None:
    for one in person_fit(scores, MIXED, theta):
        figures = (one.lz, one.lz_star, one.p)
        assert (figures == (None, None, None)) == (one.reason is not None)
        assert one.reason is not None or np.isfinite(np.array(figures, dtype=float)).all()
