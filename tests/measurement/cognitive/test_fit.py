from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.cognitive.diagnosis import diagnose
from diagnostics.measurement.cognitive.q_matrix import Gate, QMatrix, q_matrix
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import rasch_answers
from diagnostics.measurement.simulate_skills import correlated_profiles, skill_answers

SINGLES = np.eye(3, dtype=int).tolist()
Q = q_matrix([*SINGLES * 3, [1, 1, 0], [0, 1, 1], [1, 0, 1]])


def wave(persons: int, seed: int, q: QMatrix = Q) -> FloatArray:
    rng = np.random.default_rng(seed)
    mastered = correlated_profiles(persons, 3, 0.5, rng)
    return skill_answers(mastered, q, Gate.ALL, [0.2] * 12, [0.15] * 12, rng)


def test_skills_that_made_the_answers_explain_them() -> None:
    found = [diagnose(wave(500, seed), Q, errors=False).fit for seed in range(20)]
    assert sum(one.fits is False for one in found) <= 1
    assert {one.pairs for one in found} == {66}


def test_the_correlation_that_the_model_expects_is_the_one_that_comes() -> None:
    found = diagnose(wave(40_000, 3), Q, errors=False).fit
    assert abs(found.residual or 1) < 0.02


def test_one_ability_instead_of_skills_is_noticed() -> None:
    rng = np.random.default_rng(2)
    scores = rasch_answers(1.8 * rng.normal(size=1500), rng.normal(size=12), rng)

    found = diagnose(scores, Q, errors=False).fit

    assert found.fits is False
    assert found.p is not None
    assert found.p < 0.01


def test_a_wrong_row_of_the_matrix_is_noticed_by_its_pair() -> None:
    needs = Q.needs.astype(int)
    needs[0] = [0, 0, 1]
    found = diagnose(wave(2000, 5), q_matrix(needs), errors=False).fit
    assert found.fits is False
    assert found.worst is not None
    assert "i1" in found.worst


def test_items_that_nobody_was_shown_together_are_not_compared() -> None:
    scores = wave(600, 1)
    scores[:300, :3] = np.nan
    scores[300:, 9:] = np.nan

    found = diagnose(scores, Q, errors=False).fit

    assert found.pairs == 66 - 9
    alone = diagnose(scores[:, :1], q_matrix([[1]]), errors=False).fit
    assert (alone.pairs, alone.worst, alone.residual, alone.p, alone.fits) == (0, None, None, None, None)


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in numbers(part)]
    if isinstance(value, tuple | list):
        return [one for part in value for one in numbers(part)]
    return [value] if isinstance(value, float) else []


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    items=st.integers(1, 7),
    skills=st.integers(1, 3),
    persons=st.integers(1, 30),
    missing=st.sampled_from([0.0, 0.3, 0.9]),
    gate=st.sampled_from(Gate),
)
def test_whatever_comes_in_a_diagnosis_is_of_finite_numbers_or_a_refusal(
    seed: int, items: int, skills: int, persons: int, missing: float, gate: Gate
) -> None:
    rng = np.random.default_rng(seed)
    needs = rng.integers(0, 2, (items, skills))
    scores = rng.integers(0, 2, (persons, items)).astype(float)
    scores[rng.random(scores.shape) < missing] = np.nan
    try:
        found = diagnose(scores, q_matrix(needs), gate, min_persons=1)
    except EstimationError:
        return
    said = numbers(asdict(found))
    assert said
    assert all(math.isfinite(one) for one in said)
    assert all(0 < item.guess < 1 - item.slip < 1 for item in found.items)
    for chances in (*found.persons.chances, found.accuracy, found.mastery_shares):
        assert all(chance is None or 0 <= chance <= 1 for chance in chances)


@pytest.mark.parametrize("gate", Gate)
def test_two_gates_are_one_where_every_item_needs_one_skill(gate: Gate) -> None:
    q = q_matrix(SINGLES * 4)
    scores = wave(300, 2, q)
    assert diagnose(scores, q, gate, errors=False).loglik == pytest.approx(
        diagnose(scores, q, Gate.ALL, errors=False).loglik
    )
