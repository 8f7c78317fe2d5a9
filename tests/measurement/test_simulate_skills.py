from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.cognitive.q_matrix import Gate, q_matrix
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.simulate_skills import correlated_profiles, skill_answers

Q = q_matrix([[1, 1], [1, 0], [0, 1]])


@pytest.mark.parametrize(("gate", "shares"), [(Gate.ALL, (0.1, 0.8)), (Gate.ANY, (0.8, 0.8))])
def test_answers_follow_the_gate(gate: Gate, shares: tuple[float, float]) -> None:
    """Masters of the first skill only, asked for both skills and for the first one."""
    mastered = np.tile([True, False], (4000, 1))
    found = skill_answers(mastered, Q, gate, [0.1] * 3, [0.2] * 3, np.random.default_rng(1))
    assert found.mean(axis=0)[:2] == pytest.approx(shares, abs=0.03)


def test_mastered_skills_go_together_as_asked() -> None:
    found = correlated_profiles(20_000, 2, 0.6, np.random.default_rng(1))
    both = 0.25 + np.arcsin(0.6) / (2 * np.pi)
    assert found.all(axis=1).mean() == pytest.approx(both, abs=0.01)


def test_the_same_seed_gives_the_same_people() -> None:
    first, second = (correlated_profiles(50, 3, 0.5, np.random.default_rng(9)) for _ in range(2))
    assert (first == second).all()


def test_what_cannot_be_simulated_is_refused() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(BadInputError):
        correlated_profiles(5, 2, 1.2, rng)
    with pytest.raises(BadInputError):
        skill_answers(np.ones((2, 2), dtype=bool), Q, Gate.ALL, [0.1], [0.1], rng)
