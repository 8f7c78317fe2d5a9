from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.cognitive.counted import counted
from diagnostics.measurement.cognitive.em import Estimate, estimate, posterior
from diagnostics.measurement.cognitive.information import standard_errors
from diagnostics.measurement.cognitive.q_matrix import Gate, able, q_matrix
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate_skills import correlated_profiles, skill_answers

Q = q_matrix([[1, 0], [0, 1]] * 3 + [[1, 1]])


@pytest.mark.parametrize("missing", [False, True])
def test_errors_are_those_of_numeric_second_derivatives(missing: bool) -> None:
    rng = np.random.default_rng(3)
    mastered = correlated_profiles(400, 2, 0.3, rng)
    scores = skill_answers(mastered, Q, Gate.ALL, [0.2] * 7, [0.15] * 7, rng)
    if missing:
        scores[rng.random(scores.shape) < 0.2] = np.nan
        scores = scores[~np.isnan(scores).all(axis=1)]
    data, sufficient = counted(scores), able(Q, Gate.ALL)
    fitted = estimate(data, sufficient)

    def value(free: FloatArray) -> float:
        at = Estimate(free[:7], free[7:14], np.append(free[14:], 1 - free[14:].sum()))
        return posterior(data, sufficient, at)[1]

    start = np.concatenate((fitted.at.guess, fitted.at.right, fitted.at.shares[:-1]))
    errors = np.concatenate(standard_errors(data, sufficient, fitted))
    assert errors == pytest.approx(np.sqrt(np.diag(np.linalg.inv(hessian(value, start))))[:14], rel=2e-3)


def hessian(value: object, at: FloatArray, step: float = 1e-4) -> FloatArray:
    """Minus the second derivatives by central differences."""
    assert callable(value)
    size, moves = at.size, step * np.eye(at.size)
    found = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            ahead = value(at + moves[i] + moves[j]) + value(at - moves[i] - moves[j])
            aside = value(at + moves[i] - moves[j]) + value(at - moves[i] + moves[j])
            found[i, j] = -(ahead - aside) / (4 * step**2)
    return found


def test_plain_steps_never_lose_and_the_end_is_their_fixed_point() -> None:
    rng = np.random.default_rng(7)
    mastered = correlated_profiles(300, 2, 0.3, rng)
    data = counted(skill_answers(mastered, Q, Gate.ANY, [0.2] * 7, [0.15] * 7, rng))
    sufficient = able(Q, Gate.ANY)

    fitted = estimate(data, sufficient)

    near = posterior(data, sufficient, Estimate(fitted.at.guess + 0.01, fitted.at.right, fitted.at.shares))[1]
    assert fitted.loglik > near
    weights = fitted.posterior * data.weight
    assert weights.sum(axis=1) / weights.sum() == pytest.approx(fitted.at.shares, abs=1e-5)
