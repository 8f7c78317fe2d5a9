"""`orientir analyse calibrate`: published calibrations, simulated truth, and what the data forbid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diagnostics.cli import analyse_estimates
from diagnostics.measurement.simulate import rasch_answers, step_answers

from .conftest import RunFiles


def csv(rows: Any, names: list[str] | None = None, mark: str = ",") -> str:
    head = names or [f"q{place + 1}" for place in range(len(rows[0]))]
    lines = [["NA" if np.isnan(cell) else f"{cell:g}" for cell in row] for row in np.asarray(rows, float)]
    return "\n".join(mark.join(line) for line in [head, *lines]) + "\n"


def slopes_answers(n: int, a: list[float], b: list[float], seed: int) -> Any:
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=(n, 1))
    chance = 1 / (1 + np.exp(-np.array(a) * (theta - np.array(b))))
    return (rng.random(chance.shape) < chance).astype(float)


@pytest.fixture
def lsat6(shared: Path) -> tuple[str, dict[str, Any]]:
    """The 1,000 answers of 32 published patterns, and their truth."""
    truth = json.loads((shared / "reference" / "lsat6.json").read_text("utf-8"))["data"]
    rows = [",".join(pattern) for pattern, n in truth["pattern_frequency"].items() for _ in range(n)]
    return "\n".join(rows) + "\n", truth


def test_rasch_items_of_a_published_test(run_files: RunFiles, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "rasch_raschdat1.json").read_text("utf-8"))["data"]
    table = (shared / "reference" / "rasch_raschdat1.csv").read_bytes()

    code, answer, _ = run_files("calibrate", {"a.csv": table}, "--no-header", "--model", "rasch")

    assert (code, answer["n"], answer["converged"], answer["model"]) == (0, 100, True, "rasch")
    assert answer["method"] == "conditional_likelihood"
    assert answer["identification"] == "thresholds_sum_zero"
    assert [item["b"] for item in answer["items"]] == pytest.approx(truth["beta_difficulty"], abs=1e-4)
    assert {item["a"] for item in answer["items"]} == {1.0}
    assert all(item["thresholds"] == [item["b"]] for item in answer["items"])


def test_partial_credit_of_a_published_test_up_to_its_zero(run_files: RunFiles, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "pcm_pcmdat2.json").read_text("utf-8"))["data"]
    table = (shared / "reference" / "pcm_pcmdat2.csv").read_bytes()

    _, answer, _ = run_files("calibrate", {"a.csv": table}, "--no-header", "--model", "pcm")

    found = np.array([item["thresholds"] for item in answer["items"]])
    wanted = np.array(truth["thresholds"])
    assert found.mean() == pytest.approx(0, abs=1e-9)
    assert found == pytest.approx(wanted - wanted.mean(), abs=1e-3)
    assert answer["loglik"] == pytest.approx(truth["cml_loglik"], abs=1e-4)


def test_two_parameters_of_lsat6(run_files: RunFiles, lsat6: tuple[str, dict[str, Any]]) -> None:
    table, truth = lsat6

    code, answer, _ = run_files("calibrate", {"a.csv": table}, "--no-header", "--model", "2pl")

    wanted = truth["two_pl"]
    assert (code, answer["n"], answer["method"]) == (0, 1000, "marginal_likelihood")
    assert answer["loglik"] == pytest.approx(wanted["loglik"], abs=2e-3)
    assert [item["a"] for item in answer["items"]] == pytest.approx(wanted["a"], abs=2e-3)
    assert [item["b"] for item in answer["items"]] == pytest.approx(wanted["b"], abs=4e-3)
    assert [item["se_a"] for item in answer["items"]] == pytest.approx(wanted["se_a"], abs=3e-3)


def test_marginal_rasch_of_lsat6(run_files: RunFiles, lsat6: tuple[str, dict[str, Any]]) -> None:
    table, truth = lsat6

    _, answer, _ = run_files("calibrate", {"a.csv": table}, "--no-header", "--way", "marginal")

    wanted = truth["rasch_slope_1_N01"]
    assert answer["identification"] == "population_standard_normal"
    assert answer["loglik"] == pytest.approx(wanted["loglik"], abs=2e-3)
    assert [item["b"] for item in answer["items"]] == pytest.approx(wanted["b"], abs=4e-3)
    assert [item["se_b"] for item in answer["items"]] == pytest.approx(wanted["se_b"], abs=3e-3)


def test_graded_answers_counted_from_one(run_files: RunFiles, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "grm_bfi_A.json").read_text("utf-8"))["data"]
    table = (shared / "reference" / truth["csv"]).read_bytes()

    _, answer, _ = run_files("calibrate", {"a.csv": table}, "--no-header", "--model", "grm")

    assert [item["a"] for item in answer["items"]] == pytest.approx(truth["a"], abs=5e-3)
    assert np.array([item["thresholds"] for item in answer["items"]]) == pytest.approx(
        np.array(truth["b"]), abs=1e-2
    )
    assert answer["items"][0]["scores"] == [1, 2, 3, 4, 5, 6]
    assert answer["collapsed"] == []


@pytest.mark.parametrize("model", ["pcm", "rsm", "gpcm", "grm"])
def test_steps_and_their_mean_have_errors_in_every_model(run_files: RunFiles, model: str) -> None:
    rng = np.random.default_rng(8)
    table = step_answers(rng.normal(size=600), [[-1.5, -0.3, 1.0 + place / 9] for place in range(6)], rng)

    _, answer, _ = run_files("calibrate", {"a.csv": csv(table)}, "--model", model)

    for item in answer["items"]:
        assert len(item["se_thresholds"]) == 3
        assert 0 < item["se_b"] < min(item["se_thresholds"])
        assert item["b_ci"] == pytest.approx(
            [item["b"] - 1.959964 * item["se_b"], item["b"] + 1.959964 * item["se_b"]]
        )


def test_what_the_model_does_not_explain_is_told_of_items_pairs_and_people(run_files: RunFiles) -> None:
    rng = np.random.default_rng(12)
    table = rasch_answers(rng.normal(size=600), np.linspace(-2, 2, 20), rng)
    table[:, 7] = table[:, 6]  # one task twice
    table[:, 10] = rng.random(600) < 0.5  # answered by chance
    table[0] = 1 - (np.arange(20) < 10)  # the hard ones right, the easy ones wrong
    rows = "\n".join([f"p{number},{line}" for number, line in enumerate(csv(table).splitlines())])
    rows = rows.replace("p0,", "person,", 1)

    _, answer, _ = run_files("calibrate", {"a.csv": rows}, "--model", "rasch")

    chances = {item["item"]: item["s_x2_p"] for item in answer["items"]}
    assert min(chances, key=lambda name: chances[name]) == "q11"
    pair = answer["dependence"]["pairs"][0]
    assert (pair["first"], pair["second"]) == ("q7", "q8")
    assert answer["dependence"]["q3_expected"] == pytest.approx(-1 / 19)
    odd = answer["person_fit"]["unlikely"]
    assert odd[0] | {"lz_star": 0, "p": 0} == {"row": 2, "person": "p1", "n": 20, "lz_star": 0, "p": 0}
    assert [one["p"] for one in odd] == sorted(one["p"] for one in odd)


def test_an_item_with_an_unseen_category_leaves_the_fit_of_the_others(run_files: RunFiles) -> None:
    rng = np.random.default_rng(9)
    table = step_answers(rng.normal(size=500), [[-1, 0, 1]] * 5, rng)
    table[:, 0] = np.where(table[:, 0] == 1, 2, table[:, 0])

    _, answer, _ = run_files("calibrate", {"a.csv": csv(table)}, "--model", "pcm")

    first, *others = answer["items"]
    assert (first["infit"], first["s_x2"], first["s_x2_reason"]) == (None, None, "unseen_category")
    assert all(item["infit"] and item["s_x2_p"] is not None for item in others)


def test_a_weak_item_is_told_with_its_large_error(run_files: RunFiles) -> None:
    answers = slopes_answers(1500, [1.2, 0.9, 1.5, 0.15, 1.1, 1.0], [-1, -0.5, 0, 1, 0.5, 1], seed=4)

    _, answer, _ = run_files("calibrate", {"a.csv": csv(answers)}, "--model", "2pl")

    assert [item["item"] for item in answer["items"] if "weak" in item["flags"]] == ["q4"]
    assert answer["items"][3]["se_b"] > 5 * answer["items"][2]["se_b"]


@pytest.mark.parametrize(
    ("asked", "given", "centre"),
    [
        (["--model", "rasch"], "total", 1.0),
        (["--model", "rasch", "--way", "marginal"], "total", 1.0),
        (["--model", "1pl"], "total", 1.0),
        (["--model", "2pl"], "ability", 0.9),
    ],
)
def test_few_good_items_fit_about_one_where_the_total_says_all(
    run_files: RunFiles, asked: list[str], given: str, centre: float
) -> None:
    rng = np.random.default_rng(4)
    answers = rasch_answers(rng.normal(size=1500), np.linspace(-1.5, 1.5, 6), rng)

    _, answer, _ = run_files("calibrate", {"a.csv": csv(answers)}, *asked)

    assert answer["fit_given"] == given
    assert np.mean([item["infit"] for item in answer["items"]]) == pytest.approx(centre, abs=0.03)


def test_very_many_sets_of_shown_items_are_judged_at_the_abilities(
    run_files: RunFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(6)
    answers = rasch_answers(rng.normal(size=200), np.linspace(-1, 1, 6), rng)
    answers[rng.random(answers.shape) < 0.2] = np.nan
    asked = ("calibrate", {"a.csv": csv(answers)}, "--way", "marginal")

    few = run_files(*asked)[1]
    monkeypatch.setattr(analyse_estimates, "MOST_WORK", 20)
    many = run_files(*asked)[1]

    assert (few["fit_given"], many["fit_given"]) == ("total", "ability")


def test_an_item_with_a_wrong_key_is_left_out_by_name(run_files: RunFiles) -> None:
    answers = slopes_answers(800, [1.2, 0.9, 1.5, 1.1, 1.0], [-1, -0.5, 0, 0.5, 1], seed=5)
    answers[:, 1] = 1 - answers[:, 1]

    _, answer, _ = run_files("calibrate", {"a.csv": csv(answers)}, "--model", "2pl")

    assert answer["excluded"] == [{"item": "q2", "reason": "not_rising"}]


def test_constant_items_are_named_and_carry_no_number(run_files: RunFiles) -> None:
    rng = np.random.default_rng(1)
    answers = rasch_answers(rng.normal(size=60), np.linspace(-1, 1, 6), rng)
    answers[:, 0], answers[:, 5] = 1, 0

    _, answer, _ = run_files("calibrate", {"a.csv": csv(answers)})

    assert answer["excluded"] == [
        {"item": "q1", "reason": "all_highest"},
        {"item": "q6", "reason": "all_lowest"},
    ]
    assert [item["item"] for item in answer["items"]] == ["q2", "q3", "q4", "q5"]
    assert answer["provisional"]


def test_items_missing_by_design_meet_on_one_scale(run_files: RunFiles) -> None:
    rng = np.random.default_rng(2)
    truth = np.linspace(-1.5, 1.5, 12)
    answers = rasch_answers(rng.normal(size=900), truth, rng)
    answers[:450, 8:] = np.nan
    answers[450:, :4] = np.nan

    _, answer, _ = run_files("calibrate", {"a.csv": csv(answers)})

    miss = np.array([item["b"] for item in answer["items"]]) - (truth - truth.mean())
    errors = np.array([item["se_b"] for item in answer["items"]])
    assert (np.abs(miss) < 3.5 * errors).all()


def test_a_category_nobody_reached_leaves_its_thresholds_out(run_files: RunFiles) -> None:
    rng = np.random.default_rng(3)
    answers = step_answers(rng.normal(size=300), [[-1, 0, 1]] * 4, rng)
    answers[answers[:, 0] == 1, 0] = 2

    _, answer, _ = run_files("calibrate", {"a.csv": csv(answers)}, "--model", "pcm", "--cut", "60")

    first = answer["items"][0]
    assert (first["thresholds"][:2], first["flags"]) == ([None, None], ["unseen_category"])
    assert answer["information"] is None
    assert answer["cuts"] == [
        {"percent": 60.0, "theta": None, "information": None, "se": None, "se_percent": None}
    ]


def test_the_error_at_a_cut_is_that_of_the_information_there(run_files: RunFiles) -> None:
    rng = np.random.default_rng(6)
    table = csv(rasch_answers(rng.normal(size=300), np.zeros(20), rng))

    _, answer, _ = run_files("calibrate", {"a.csv": table}, "--cut", "50")

    cut = answer["cuts"][0]
    assert cut["se"] == pytest.approx(cut["information"] ** -0.5)
    assert cut["information"] == pytest.approx(20 / 4, rel=0.05)
    # Twenty equal items: the error of the sum is √(20/4) points, in per cent of 20.
    assert cut["se_percent"] == pytest.approx(100 * (20 / 4) ** 0.5 / 20, rel=0.05)


@pytest.mark.parametrize(
    ("model", "n", "sentence"),
    [
        ("2pl", 100, "2pl needs 150 answers to every item and one has 100; take --model rasch"),
        ("grm", 149, "grm needs 150 answers to every item and one has 149; take --model pcm"),
    ],
)
def test_a_model_that_n_forbids_is_refused_with_the_n_it_needs(
    run_files: RunFiles, model: str, n: int, sentence: str
) -> None:
    rng = np.random.default_rng(7)
    table = csv(rasch_answers(rng.normal(size=n), np.linspace(-1, 1, 6), rng))

    code, answer, told = run_files("calibrate", {"a.csv": table}, "--model", model)

    assert (code, answer["error"]) == (1, sentence)
    assert told.count("\n") == 1


@pytest.mark.parametrize(("n", "method"), [(150, "map"), (499, "map"), (500, "marginal_likelihood")])
def test_priors_hold_the_slopes_below_five_hundred_people(run_files: RunFiles, n: int, method: str) -> None:
    answers = slopes_answers(n, [1.0] * 6, [-1, -0.6, -0.2, 0.2, 0.6, 1], seed=8)

    assert run_files("calibrate", {"a.csv": csv(answers)}, "--model", "2pl")[1]["method"] == method


def test_likelihood_alone_is_refused_where_priors_would_do(run_files: RunFiles) -> None:
    answers = slopes_answers(200, [1.0] * 6, [-1, -0.6, -0.2, 0.2, 0.6, 1], seed=8)

    code, answer, _ = run_files("calibrate", {"a.csv": csv(answers)}, "--model", "2pl", "--way", "marginal")

    assert code == 1
    assert "with priors (--way map) from 150" in answer["error"]


@pytest.mark.parametrize(
    ("options", "content", "place", "sentence"),
    [
        ((), "a,b\n0,1\n1,0\n1,2\n", (4, "b"), "2 is a third answer and rasch knows two: take --model pcm"),
        (("--model", "pcm"), "a,b\n0,1\n1,0.5\n", (3, "b"), "0.5 is no whole category"),
        (("--model", "pcm"), "a,b\n0,1\n1,-1\n", (3, "b"), "-1 is negative"),
        (("--model", "pcm"), "a,b\n0,1\n1,77\n", (3, "b"), "more than 20 categories above the lowest"),
        (("--cut", "0"), "a,b\n0,1\n1,0\n", (None, None), "a cut lies between 0 and 100 per cent"),
        (("--way", "map"), "a,b\n0,1\n1,0\n", (None, None), "rasch is not estimated in this way"),
    ],
)
def test_answers_that_are_none_of_the_model_are_refused_with_their_place(
    run_files: RunFiles,
    options: tuple[str, ...],
    content: str,
    place: tuple[int | None, str | None],
    sentence: str,
) -> None:
    code, answer, _ = run_files("calibrate", {"a.csv": content}, *options)

    assert code == 1
    assert sentence in answer["error"]
    assert (answer["where"]["row"], answer["where"]["column"]) == place


def test_parts_without_a_common_person_are_named(run_files: RunFiles) -> None:
    rng = np.random.default_rng(9)
    answers = np.full((80, 6), np.nan)
    answers[:40, :3] = rasch_answers(rng.normal(size=40), np.zeros(3), rng)
    answers[40:, 3:] = rasch_answers(rng.normal(size=40), np.zeros(3), rng)

    code, answer, _ = run_files("calibrate", {"a.csv": csv(answers)})

    assert code == 1
    assert "joins q4, q5, q6 with the others" in answer["error"]


def test_too_many_sets_of_shown_items_are_refused_with_the_way_out(
    run_files: RunFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyse_estimates, "MOST_WORK", 100)
    rng = np.random.default_rng(10)
    answers = rasch_answers(rng.normal(size=80), np.zeros(6), rng)
    answers[rng.random(answers.shape) < 0.2] = np.nan

    code, answer, _ = run_files("calibrate", {"a.csv": csv(answers)})
    marginal, _, _ = run_files("calibrate", {"a.csv": csv(answers)}, "--way", "marginal")

    assert (code, marginal) == (1, 0)
    assert "take --way marginal" in answer["error"]


def test_semicolons_a_person_and_an_ignored_column_change_nothing(run_files: RunFiles) -> None:
    rng = np.random.default_rng(11)
    answers = rasch_answers(rng.normal(size=50), np.linspace(-1, 1, 5), rng)
    rows = [[f"p{n}", "Школа №1", *(f"{cell:g},0" for cell in row)] for n, row in enumerate(answers)]
    other = "\n".join(";".join(row) for row in [["Person", "школа", *"abcde"], *rows])

    _, plain, _ = run_files("calibrate", {"a.csv": csv(answers, list("abcde"))})
    _, found, _ = run_files("calibrate", {"b.csv": other}, "--ignore", "школа")

    assert found == plain


def test_a_rating_scale_shares_its_steps(run_files: RunFiles, shared: Path) -> None:
    truth = json.loads((shared / "reference" / "pcm_pcmdat2.json").read_text("utf-8"))["data"]
    table = (shared / "reference" / "pcm_pcmdat2.csv").read_bytes()

    _, answer, _ = run_files("calibrate", {"a.csv": table}, "--no-header", "--model", "rsm")

    gaps = [item["thresholds"][1] - item["thresholds"][0] for item in answer["items"]]
    assert answer["loglik"] == pytest.approx(truth["rsm_loglik"], abs=1e-4)
    assert gaps == pytest.approx([gaps[0]] * 4)


@pytest.mark.parametrize(
    ("model", "content", "sentence"),
    [
        ("rsm", "a,b,c\n" + "1,0,1\n0,1,0\n1,1,0\n0,0,1\n" * 20, "no steps to share: take --model rasch"),
        ("2pl", "a,b\n" + "1,0\n0,1\n1,1\n0,0\n" * 60, "2 items tell people apart and 3 are needed"),
        ("rsm", "a,b\n" + "0,3\n3,0\n1,0\n0,1\n" * 20, "nobody reached a category between others: 2"),
    ],
)
def test_a_model_that_the_items_forbid_is_refused_with_the_reason(
    run_files: RunFiles, model: str, content: str, sentence: str
) -> None:
    code, answer, _ = run_files("calibrate", {"a.csv": content}, "--model", model)

    assert code == 1
    assert sentence in answer["error"]
