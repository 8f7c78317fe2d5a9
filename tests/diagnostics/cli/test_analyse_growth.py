"""`orientir analyse growth`: the verdict first, published pairs, simulated truth, and what cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.simulate import rasch_answers

from .conftest import RunFiles

LENGTH = 20
NAMES = [f"q{place + 1}" for place in range(LENGTH)]


def csv(people: list[str], answers: Any, names: list[str], more: dict[str, list[str]] | None = None) -> str:
    extra = more or {}
    lines = [",".join(["person", *extra, *names])]
    for row, (who, cells) in enumerate(zip(people, answers, strict=True)):
        texts = ["" if np.isnan(cell) else f"{cell:g}" for cell in cells]
        lines.append(",".join([who, *(column[row] for column in extra.values()), *texts]))
    return "\n".join(lines) + "\n"


def waves(gain: float, *, n: int = 240, harder: float = 0.0, seed: int = 1) -> tuple[Any, Any]:
    """Answers of the same people; the second half of the exit's items is `harder` by so many logits."""
    rng = np.random.default_rng(seed)
    ability, items = rng.normal(size=n), np.linspace(-1.5, 1.5, LENGTH)
    later = items + np.where(np.arange(LENGTH) < LENGTH // 2, 0.0, harder)
    return rasch_answers(ability, items, rng), rasch_answers(ability + gain, later, rng)


def people(n: int) -> list[str]:
    return [f"p{place:03d}" for place in range(n)]


def test_published_pairs_give_the_published_effect(run_files: RunFiles, shared: Path) -> None:
    """Student's sleep data as one total of 100: a shift and a unit change neither d nor Wilcoxon's p."""
    truth = json.loads((shared / "reference" / "paired_sleep.json").read_text("utf-8"))["data"]
    files = {
        name: csv(people(10), [[10 * (value + 2)] for value in truth[side]], ["total"])
        for name, side in (("entry.csv", "pre"), ("exit.csv", "post"))
    }

    code, answer, _ = run_files("growth", files, "--max", "100")

    assert (code, answer["n_matched"], answer["change_ci_kind"]) == (0, 10, "bootstrap")
    assert answer["mean_change"] == pytest.approx(10 * truth["mean_diff"])
    assert answer["d_z"] == pytest.approx(truth["d_z"], abs=1e-7)
    assert answer["d_z_ci"] == pytest.approx(truth["d_z_ci95_noncentral_t"], abs=1e-4)
    assert answer["hedges_g"] == pytest.approx(truth["d_av"] * truth["hedges_J_exact"], abs=1e-7)
    assert answer["wilcoxon"]["positive"] == truth["wilcoxon_V"]
    assert answer["wilcoxon"]["p"] == pytest.approx(truth["wilcoxon_p_normal_cc"], abs=1e-7)
    assert (answer["improved"], answer["same"], answer["worse"]) == (9, 1, 0)
    assert answer["reliably_improved"] is None  # one item has no alpha


def test_means_and_interval_are_those_of_the_matched_people(run_files: RunFiles) -> None:
    entry, leave = waves(0.6)
    files = {"a.csv": csv(people(240), entry, NAMES), "b.csv": csv(people(240)[40:], leave[40:], NAMES)}

    _, answer, _ = run_files("growth", files)

    before, after = entry[40:].mean(axis=1) * 100, leave[40:].mean(axis=1) * 100
    change = after - before
    half = 1.9719565442517553 * change.std(ddof=1) / np.sqrt(200)  # t of 199 degrees of freedom
    assert (answer["n_entry"], answer["n_exit"], answer["n_matched"]) == (240, 200, 200)
    assert (answer["mean_entry"], answer["mean_exit"]) == pytest.approx((before.mean(), after.mean()))
    assert answer["change_ci"] == pytest.approx([change.mean() - half, change.mean() + half])
    assert answer["attrition"]["n_left"] == 40
    assert answer["attrition"]["mean_left"] == pytest.approx(entry[:40].mean() * 100)
    assert answer["improved"] + answer["same"] + answer["worse"] == 200
    assert answer["comparability"]["verdict"] == "same_version"


def test_a_reliable_change_exceeds_the_error_of_both_alphas(run_files: RunFiles) -> None:
    entry, leave = waves(0.8)
    files = {"a.csv": csv(people(240), entry, NAMES), "b.csv": csv(people(240), leave, NAMES)}

    _, answer, _ = run_files("growth", files)

    sems = []
    for answers in (entry, leave):
        k, total = LENGTH, answers.sum(axis=1)
        alpha = k / (k - 1) * (1 - answers.var(axis=0, ddof=1).sum() / total.var(ddof=1))
        sems.append(100 / k * total.std(ddof=1) * np.sqrt(1 - alpha))
    needed = 1.96 * np.hypot(*sems)
    change = (leave.mean(axis=1) - entry.mean(axis=1)) * 100
    assert answer["error"]["kind"] == "alpha"
    assert answer["error"]["smallest_reliable_change"] == pytest.approx(needed)
    assert answer["reliably_improved"] == (change >= needed).sum()
    assert answer["reliably_worse"] == (change <= -needed).sum()


def test_rows_in_another_order_and_items_too_are_the_same_people(run_files: RunFiles) -> None:
    entry, leave = waves(0.5, n=60)
    plain = {"a.csv": csv(people(60), entry, NAMES), "b.csv": csv(people(60), leave, NAMES)}
    mixed = plain | {"b.csv": csv(people(60)[::-1], leave[::-1, ::-1], NAMES[::-1])}

    found, wanted = run_files("growth", mixed)[1], run_files("growth", plain)[1]

    assert found["items"] == wanted["items"]
    assert found["change_ci"] == pytest.approx(wanted["change_ci"])
    assert found["reliably_improved"] == wanted["reliably_improved"]


def test_forms_of_other_difficulty_are_corrected_by_their_anchors(run_files: RunFiles) -> None:
    entry, leave = waves(0.0, n=1200, harder=0.8)
    other = NAMES[:10] + [f"r{place}" for place in range(10)]
    files = {"a.csv": csv(people(1200), entry, NAMES), "b.csv": csv(people(1200), leave, other)}

    _, answer, _ = run_files("growth", files, "--anchors", ",".join(NAMES[:10]))

    found = answer["comparability"]
    assert (found["verdict"], found["anchors_common"]) == ("linked", 10)
    assert found["anchors_kept"] >= 8
    assert found["correction"] > 5
    assert abs(answer["mean_change"]) < 3 * found["correction_error"]
    assert answer["change_ci"][0] < 0 < answer["change_ci"][1]
    assert answer["error"]["kind"] == "weighted_likelihood"
    assert {item["item"] for item in answer["items"]} == set(NAMES[:10])


def test_a_task_that_nobody_was_shown_is_no_part_of_its_form(run_files: RunFiles) -> None:
    entry, leave = waves(0.0, n=600, harder=0.8)
    other = NAMES[:10] + [f"r{place}" for place in range(10)]
    empty = np.column_stack((leave, np.full(600, np.nan)))
    plain = {"a.csv": csv(people(600), entry, NAMES), "b.csv": csv(people(600), leave, other)}
    more = plain | {"b.csv": csv(people(600), empty, [*other, "never"])}

    wanted, found = (
        run_files("growth", files, "--anchors", ",".join(NAMES[:10]))[1] for files in (plain, more)
    )

    assert found["comparability"]["correction"] == pytest.approx(wanted["comparability"]["correction"])
    assert found["mean_change"] == pytest.approx(wanted["mean_change"])


def test_an_anchor_that_moved_is_dropped_by_name(run_files: RunFiles) -> None:
    entry, leave = waves(0.3, n=1200)
    rng = np.random.default_rng(3)
    leave[:, 2] = rng.random(1200) < 0.05
    other = NAMES[:10] + [f"r{place}" for place in range(10)]
    files = {"a.csv": csv(people(1200), entry, NAMES), "b.csv": csv(people(1200), leave, other)}

    _, answer, _ = run_files("growth", files, "--anchors", ",".join(NAMES[:10]))

    assert [one["item"] for one in answer["comparability"]["dropped"]] == ["q3"]
    assert [item["item"] for item in answer["items"] if not item["kept"]] == ["q3"]


def test_clusters_widen_the_interval_of_people_who_changed_together(run_files: RunFiles) -> None:
    rng = np.random.default_rng(4)
    school = np.repeat(np.arange(12), 20)
    entry, leave = (
        rasch_answers(rng.normal(size=240) + gain, np.linspace(-1.5, 1.5, LENGTH), rng)
        for gain in (0.0, rng.normal(0.5, 1.0, 12)[school])
    )
    schools = {"school": [f"s{place}" for place in school]}
    files = {
        "a.csv": csv(people(240), entry, NAMES, schools),
        "b.csv": csv(people(240), leave, NAMES, schools),
    }

    _, plain, _ = run_files("growth", files, "--ignore", "school")
    _, clustered, _ = run_files("growth", files, "--cluster", "school")

    assert clustered["clusters"] == {"column": "school", "n": 12}
    assert clustered["change_ci_kind"] == "cluster_bootstrap"
    assert np.ptp(clustered["change_ci"]) > 1.5 * np.ptp(plain["change_ci"])
    assert clustered["mean_change"] == pytest.approx(plain["mean_change"])


def test_the_interval_covers_the_true_mean_change(run_files: RunFiles) -> None:
    hits = 0
    for seed in range(20):
        entry, leave = waves(0.5, n=100, seed=seed)
        files = {"a.csv": csv(people(100), entry, NAMES), "b.csv": csv(people(100), leave, NAMES)}
        low, high = run_files("growth", files)[1]["change_ci"]
        grid = np.linspace(-5, 5, 401)
        density = np.exp(-(grid**2) / 2) / np.exp(-(grid**2) / 2).sum()
        items = np.linspace(-1.5, 1.5, LENGTH)
        shares = [
            density @ (1 / (1 + np.exp(items - grid[:, None] - gain))).mean(axis=1) for gain in (0, 0.5)
        ]
        hits += low <= 100 * (shares[1] - shares[0]) <= high
    assert hits >= 16


def test_people_with_too_few_answers_have_no_result(run_files: RunFiles) -> None:
    entry, leave = waves(0.5, n=60)
    leave[0, :8] = np.nan
    leave[1, :6] = np.nan
    files = {"a.csv": csv(people(60), entry, NAMES), "b.csv": csv(people(60), leave, NAMES)}

    _, answer, _ = run_files("growth", files)

    assert (answer["n_exit"], answer["n_matched"], answer["n_too_few_answers"]) == (60, 59, 1)
    assert (answer["n_incomplete"], answer["n_with_error"]) == (2, 58)


TWO = "person,a,b\np1,1,0\np2,0,1\n"
REFUSED = [
    ("a,b\n1,0\n", TWO, (), "entry.csv", "there is no column person"),
    (TWO, "a,b\n1,0\n", (), "exit.csv", "there is no column person"),
    (TWO, "person,a,b\nx,1,0\n", (), "entry.csv", "nobody stands in both files"),
    (TWO, "person,a,b\n,1,0\n", (), "exit.csv", "row 2, column person: nobody is named"),
    (TWO, "person,a,b\np1,1,0\np1,1,0\n", (), "exit.csv", "p1 stands already in row 2"),
    (TWO, "person,a,b\np1,1,-1\n", (), "exit.csv", "row 2, column b: -1 is negative"),
    (TWO, "person,a,b\np1,1,2\n", ("--max", "1"), "exit.csv", "row 2, column b: 2 is above the maximum"),
    (TWO, "person,c,d\np1,1,0\n", (), "entry.csv", "no item name in common"),
    (TWO, "person,a,d\np1,1,0\n", (), "entry.csv", "the common names are --anchors a:"),
    (TWO, "person,a,d\np1,1,0\n", ("--anchors", "d"), "entry.csv", "d is not an item of both files"),
    (TWO, "person,a,d\np1,1,0\n", ("--anchors", "a"), "entry.csv", "cannot be compared"),
    (TWO, TWO, ("--cluster", "school"), "entry.csv", "there is no column school"),
    (TWO, "", (), "exit.csv", "the file is empty"),
    ("person,a\np1,\n", "person,a\np1,1\n", (), "entry.csv", "answered enough"),
]


@pytest.mark.parametrize(("entry", "leave", "options", "file", "sentence"), REFUSED)
def test_what_cannot_be_compared_is_refused_with_its_file_and_place(
    run_files: RunFiles, entry: str, leave: str, options: tuple[str, ...], file: str, sentence: str
) -> None:
    code, answer, told = run_files("growth", {"entry.csv": entry, "exit.csv": leave}, *options)

    assert code == 1
    assert sentence in answer["error"]
    assert answer["where"]["file"] == file
    assert told.count("\n") == 1


def test_a_group_needs_eight_anchors(run_files: RunFiles) -> None:
    entry, leave = waves(0.3, n=300)
    other = NAMES[:6] + [f"r{place}" for place in range(14)]
    files = {"a.csv": csv(people(300), entry, NAMES), "b.csv": csv(people(300), leave, other)}

    code, answer, _ = run_files("growth", files, "--anchors", ",".join(NAMES[:6]))

    assert code == 1
    assert "6 anchors are too few for a statement about a group: 8 are needed" in answer["error"]


def test_a_person_without_a_cluster_is_named_by_row(run_files: RunFiles) -> None:
    files = {"a.csv": "person,s,a\np1,x,1\np2,NA,0\n", "b.csv": "person,a\np1,1\np2,1\n"}

    _, answer, _ = run_files("growth", files, "--cluster", "s")

    assert "row 3, column s: no cluster is named" in answer["error"]


def test_three_pairs_give_a_mean_without_an_interval(run_files: RunFiles) -> None:
    files = {
        "a.csv": "person,a,b\np1,1,0\np2,0,0\np3,1,1\n",
        "b.csv": "person,a,b\np1,1,1\np2,0,0\np3,1,1\n",
    }

    code, answer, _ = run_files("growth", files)

    assert (code, answer["change_ci"], answer["change_ci_reason"]) == (0, None, "too_few_pairs")
    assert answer["mean_change"] == pytest.approx(100 / 6)
    assert answer["hedges_g"] is None
