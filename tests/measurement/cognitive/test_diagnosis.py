from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.cognitive.diagnosis import diagnose
from diagnostics.measurement.cognitive.q_matrix import Gate, QMatrix, q_matrix
from diagnostics.measurement.cognitive.results import Diagnosis
from diagnostics.measurement.errors import BadInputError, EmptyDataError, TooFewPersonsError
from diagnostics.measurement.naive.cognitive import log_likelihood
from diagnostics.measurement.numeric import BoolArray, FloatArray
from diagnostics.measurement.simulate_skills import correlated_profiles, skill_answers

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]

Q = q_matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 3 + [[1, 1, 0], [0, 1, 1], [1, 0, 1]])
GUESS, SLIP = np.linspace(0.1, 0.3, 12), np.linspace(0.25, 0.1, 12)


def wave(persons: int, gate: Gate = Gate.ALL, seed: int = 3) -> tuple[FloatArray, BoolArray]:
    rng = np.random.default_rng(seed)
    mastered = correlated_profiles(persons, 3, 0.5, rng)
    return skill_answers(mastered, Q, gate, GUESS, SLIP, rng), mastered


def guesses(found: Diagnosis) -> FloatArray:
    return np.array([item.guess for item in found.items])


def slips(found: Diagnosis) -> FloatArray:
    return np.array([item.slip for item in found.items])


def test_published_data_give_the_published_estimates(case: Case, answers: Answers) -> None:
    truth = case("dina_a")

    found = diagnose(answers("dina_a"), q_matrix(truth["q_matrix"]))

    assert found.loglik == pytest.approx(truth["loglik"], abs=1e-5)
    assert guesses(found) == pytest.approx(np.array(truth["guess"]), abs=1e-4)
    assert slips(found) == pytest.approx(np.array(truth["slip"]), abs=1e-4)
    assert found.profile_shares == pytest.approx(truth["class_prob"], abs=1e-4)
    assert found.mastery_shares == pytest.approx(truth["prop_master"], abs=1e-4)
    published = np.array(truth["marginal_mastery_prob_first20"])
    assert np.array(found.persons.chances[:20], dtype=float) == pytest.approx(published, abs=1e-3)
    assert found.aic == pytest.approx(2 * 31 - 2 * found.loglik)
    assert found.bic == pytest.approx(31 * np.log(600) - 2 * found.loglik)


@pytest.mark.parametrize("gate", Gate)
def test_the_log_likelihood_is_that_of_the_slow_twin(gate: Gate) -> None:
    scores, _ = wave(60, gate)
    scores[::4, 2] = scores[5:9, 7] = np.nan

    found = diagnose(scores, Q, gate, min_persons=10)

    shares = [share or 0.0 for share in found.profile_shares]
    needs = Q.needs.astype(int).tolist()
    slow = log_likelihood(scores, needs, guesses(found), slips(found), shares, all_needed=gate is Gate.ALL)  # type: ignore[arg-type]
    assert found.loglik == pytest.approx(slow, abs=1e-8)


@pytest.mark.parametrize("gate", Gate)
def test_known_chances_are_recovered_and_errors_have_their_size(gate: Gate) -> None:
    scores, _ = wave(4000, gate)

    found = diagnose(scores, Q, gate)

    away = [
        (one - true) / error
        for values, truth, errors in (
            (guesses(found), GUESS, [item.se_guess for item in found.items]),
            (slips(found), SLIP, [item.se_slip for item in found.items]),
        )
        for one, true, error in zip(values, truth, errors, strict=True)
        if error is not None
    ]
    assert len(away) == 24
    assert 0.6 < np.std(away) < 1.4
    assert np.abs(guesses(found) - GUESS).max() < 0.05


def test_standard_errors_are_the_spread_over_repeated_waves() -> None:
    found = [diagnose(wave(600, seed=seed)[0], Q) for seed in range(60)]

    spread = np.std([guesses(one) for one in found], axis=0)
    foretold = np.mean([[item.se_guess or 0.0 for item in one.items] for one in found], axis=0)
    assert (spread / foretold).mean() == pytest.approx(1.0, abs=0.12)


def test_mastery_is_called_right_as_often_as_foretold() -> None:
    scores, mastered = wave(3000)

    found = diagnose(scores, Q, errors=False)

    called = np.array(found.persons.chances, dtype=float) > 0.5
    assert np.array(found.accuracy, dtype=float) == pytest.approx((called == mastered).mean(axis=0), abs=0.02)
    whole = (np.array(found.persons.profiles) == mastered).all(axis=1).mean()
    assert found.profile_accuracy == pytest.approx(whole, abs=0.03)


def test_the_true_gate_has_the_smaller_criterion() -> None:
    scores, _ = wave(1500, Gate.ANY)

    both = {gate: diagnose(scores, Q, gate, errors=False).bic for gate in Gate}

    assert min(both, key=both.__getitem__) is Gate.ANY


def test_neither_the_order_of_persons_nor_their_doubling_moves_the_chances() -> None:
    scores, _ = wave(300)
    found, turned = diagnose(scores, Q), diagnose(scores[::-1], Q)
    twice = diagnose(np.concatenate((scores, scores)), Q)

    assert guesses(turned) == pytest.approx(guesses(found), abs=1e-6)
    assert turned.persons.profiles == found.persons.profiles[::-1]
    assert guesses(twice) == pytest.approx(guesses(found), abs=1e-5)
    assert twice.items[0].se_guess == pytest.approx((found.items[0].se_guess or 0) / np.sqrt(2), rel=1e-3)


def test_a_missing_answer_counts_for_nothing() -> None:
    scores, _ = wave(300)
    silent = np.concatenate((scores, np.full((4, 12), np.nan)))

    found, same = diagnose(silent, Q), diagnose(scores, Q)

    assert found.n == same.n == 300
    assert found.loglik == pytest.approx(same.loglik, abs=1e-6)
    assert found.persons.reason[-1] == "no_answers"
    assert found.persons.chances[-1] == found.persons.profiles[-1] == (None, None, None)
    assert found.persons.profile_chances[-1] is None


def test_items_that_everybody_solved_or_missed_are_put_aside_by_name() -> None:
    scores, _ = wave(300)
    scores[:, 9], scores[:, 10], scores[:, 11] = 1.0, 0.0, np.nan

    found = diagnose(scores, Q)

    assert [(one.name, one.reason) for one in found.excluded] == [
        ("i10", "all_highest"),
        ("i11", "all_lowest"),
        ("i12", "no_answers"),
    ]
    assert len(found.items) == 9


def test_a_skill_that_the_items_cannot_tell_is_not_called() -> None:
    rng = np.random.default_rng(2)
    q = q_matrix([[1, 0]] * 4 + [[1, 1]] * 4, skills=("one", "two"))
    mastered = correlated_profiles(400, 2, 0.4, rng)
    scores = skill_answers(mastered, q, Gate.ALL, [0.2] * 8, [0.2] * 8, rng)

    found = diagnose(scores, q)

    assert [one.code for one in found.weaknesses] == ["no_single_item"]
    assert found.mastery_shares[1] is found.accuracy[1] is found.profile_accuracy is None
    assert {row[1] for row in found.persons.chances} == {None}
    assert None not in {row[0] for row in found.persons.chances}
    assert [share is None for share in found.profile_shares] == [True, False, True, False]


def test_an_item_with_a_wrong_key_is_named_and_has_no_error() -> None:
    scores, _ = wave(1000)
    scores[:, 0] = 1 - scores[:, 0]

    found = diagnose(scores, Q)

    assert found.items[0].reason == "able_no_better"
    assert found.items[0].se_guess is None
    assert [item.reason for item in found.items[1:]] == [None] * 11
    assert all(item.discrimination > 0 for item in found.items)


def test_chances_that_too_few_items_cannot_determine_have_no_error() -> None:
    rng = np.random.default_rng(4)
    found = diagnose((rng.random((300, 1)) < 0.6).astype(float), q_matrix([[1]]))

    assert found.items[0].se_guess is found.items[0].se_slip is None
    assert found.persons.chances[0] == (None,)


def few(values: list[list[float]]) -> FloatArray:
    return np.array(values, dtype=float)


@pytest.mark.parametrize(
    ("scores", "q", "error"),
    [
        (np.zeros((300, 12)), Q, BadInputError),
        (np.ones((300, 12)), Q, BadInputError),
        (np.full((300, 12), np.nan), Q, EmptyDataError),
        (np.zeros((0, 12)), Q, EmptyDataError),
        (few([[1, 0] * 6]), Q, TooFewPersonsError),
        (np.zeros((300, 11)), Q, BadInputError),
        (np.full((300, 12), 0.5), Q, BadInputError),
        (np.full((300, 12), np.inf), Q, BadInputError),
        (np.zeros(300), Q, BadInputError),
    ],
)
def test_what_carries_no_diagnosis_is_refused(scores: FloatArray, q: QMatrix, error: type[Exception]) -> None:
    with pytest.raises(error):
        diagnose(scores, q)


def test_a_skill_left_without_items_is_named() -> None:
    scores, _ = wave(300)
    scores[:, [0, 3, 6, 9, 11]] = 1.0

    with pytest.raises(BadInputError) as refusal:
        diagnose(scores, Q)

    assert refusal.value.params["skills"] == ("s1",)


def test_too_few_persons_are_told_how_many_are_needed() -> None:
    with pytest.raises(TooFewPersonsError) as refusal:
        diagnose(wave(199)[0], Q)
    assert refusal.value.params == {"n": 199, "needed": 200}
