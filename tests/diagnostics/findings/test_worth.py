"""Tasks of unequal difficulty: the prior of a block may not pass the spread of people for chance."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.findings.calibrations import part_of, prior_for
from diagnostics.findings.scales import Scale, Scored
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.posterior import posteriors
from diagnostics.measurement.prior import Prior, prior_of_wave
from instruments.items import ItemScore, Status

ITEMS = 8
POOLS = {"A": {"METH": tuple((f"M{place}", 1.0) for place in range(ITEMS))}}


def solved(spread: float, people: int = 200, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Answers persons × items and the true shares; `spread` of the difficulties in logits."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(0.7, 1, (people, 1))
    chance = 1 / (1 + np.exp(np.linspace(-spread, spread, ITEMS) - ability))
    return (rng.random(chance.shape) < chance).astype(float), chance.mean(axis=1)


def results(answers: np.ndarray) -> list[tuple[str, Scored]]:
    return [("A", _scored(row)) for row in answers]


def _scored(row: np.ndarray) -> Scored:
    items = {
        f"M{place}": ItemScore(float(got), 1.0, Status.RIGHT if got else Status.WRONG)
        for place, got in enumerate(row)
    }
    points = float(row.sum())
    scale = Scale(
        competence="METH", is_block=True, n_items=ITEMS, omitted=0, unreached=0, points=points,
        maximum=ITEMS, percent=100 * points / ITEMS, level=None, effective=float(ITEMS),
    )  # fmt: skip
    return Scored(items, (scale,), points, float(ITEMS))


def prior(answers: np.ndarray, *, pools: bool = True) -> Prior:
    part = part_of(results(answers), METHOD, POOLS if pools else None)
    found = prior_for({"scorings": {"s": part}}, "s", "METH")
    assert found is not None
    return found


def coverage(answers: np.ndarray, true: np.ndarray, used: Prior) -> float:
    share, many = answers.mean(axis=1), np.full(len(answers), float(ITEMS))
    found = posteriors(share, np.ones(len(answers)), many, used)
    return float(((found.low80 <= true) & (true <= found.high80)).mean())


def test_equally_hard_tasks_are_worth_one_trial_each() -> None:
    answers, _ = solved(0.0)
    assert prior(answers).worth == pytest.approx(1.0, abs=0.12)


def test_unequally_hard_tasks_are_worth_more_and_the_prior_is_weaker() -> None:
    answers, _ = solved(2.5)
    plain, worthy = prior(answers, pools=False), prior(answers)
    assert plain.worth == 1.0
    assert worthy.worth > 1.2
    assert worthy.alpha + worthy.beta < plain.alpha + plain.beta


def test_the_interval_of_a_person_covers_the_truth_as_often_as_it_says() -> None:
    plain, worthy = [], []
    for seed in range(12):
        answers, true = solved(2.5, seed=seed)
        plain.append(coverage(answers, true, prior(answers, pools=False)))
        worthy.append(coverage(answers, true, prior(answers)))
    assert np.mean(plain) < 0.75
    assert 0.76 < np.mean(worthy) < 0.86


def test_who_solved_nothing_is_not_called_able_because_the_others_are() -> None:
    answers, _ = solved(2.5)
    nothing = posteriors([0.0], [1.0], [float(ITEMS)], prior(answers))
    assert float(nothing.p_below(0.6)[0]) > METHOD.confirmed_from


def test_a_calibration_of_before_counts_a_task_as_one_trial() -> None:
    old = {"alpha": 3.0, "beta": 2.0, "kind": "empirical", "persons": 40, "reason": None}
    found = prior_for({"scorings": {"s": {"priors": {"METH": old}}}}, "s", "METH")
    assert found == Prior(3.0, 2.0, "empirical", 40)
    assert prior_of_wave([0.5], [8.0]).worth == 1.0


def test_few_people_or_unconnected_tasks_leave_it_at_one() -> None:
    answers, _ = solved(2.5, people=20)
    assert prior(answers).worth == 1.0
    noise = np.random.default_rng(3).integers(0, 2, (60, ITEMS)).astype(float)
    noise[:, 1] = 1 - noise[:, 0]
    assert prior(noise).worth >= 1.0
