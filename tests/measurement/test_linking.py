from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.linking import Anchor, common_anchors, link
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers

Case = Callable[[str], dict[str, Any]]


def anchors(differences: list[float], se: float | None = None) -> tuple[Anchor, ...]:
    return tuple(Anchor(f"a{place}", value, 0.0, se, se) for place, value in enumerate(differences))


STEADY = [0.30, 0.25, 0.35, 0.28, 0.32, 0.22, 0.38, 0.30]


def test_the_shift_agrees_with_the_published_one(case: Case) -> None:
    truth = case("linking_a")
    rows = zip(truth["base_b"], truth["new_b"], strict=True)

    found = link(
        tuple(Anchor(str(place), base, new) for place, (base, new) in enumerate(rows)),
        replace(METHOD, drift_logit=10.0, drift_robust_z=100.0),
    )

    assert found.shift == pytest.approx(truth["rasch_mean_shift"], abs=1e-9)
    assert found.n_kept == 8


def test_steady_anchors_all_stay() -> None:
    found = link(anchors(STEADY))

    assert found.n_kept == found.n_common == 8
    assert found.shift == pytest.approx(np.mean(STEADY))
    assert found.error == pytest.approx(np.std(STEADY, ddof=1) / np.sqrt(8))


@pytest.mark.parametrize(("odd", "reason"), [(1.5, "logit"), (-1.0, "logit"), (0.65, "robust_z")])
def test_an_anchor_that_drifted_falls_and_is_named(odd: float, reason: str) -> None:
    found = link(anchors([*STEADY, odd]))

    fallen = [one for one in found.anchors if not one.kept]
    assert [(one.name, one.reason) for one in fallen] == [("a8", reason)]
    assert found.shift == pytest.approx(np.mean(STEADY))
    assert len(found.anchors) == found.n_common == 9


def test_one_far_anchor_does_not_take_good_ones_with_it() -> None:
    """The far one shifts the mean by more than half a logit; only after its fall are the others judged."""
    found = link(anchors([*STEADY, 8.0]))

    assert [one.name for one in found.anchors if not one.kept] == ["a8"]


def test_a_common_shift_of_the_scale_moves_the_link_and_nothing_else() -> None:
    straight, moved = link(anchors(STEADY)), link(anchors([value + 2 for value in STEADY]))

    assert moved.shift == pytest.approx(straight.shift + 2)  # type: ignore[operator]
    assert moved.error == pytest.approx(straight.error)


def test_equal_differences_link_without_error() -> None:
    found = link(anchors([0.1 + 0.2, 0.3, 0.3, 0.3, 0.3]))

    assert found.n_kept == 5
    assert found.error == pytest.approx(0, abs=1e-12)
    assert found.anchors[0].robust_z is None


@pytest.mark.parametrize("differences", [[], [0.2], [3.0, -3.0]])
def test_fewer_than_two_anchors_carry_no_link(differences: list[float]) -> None:
    found = link(anchors(differences))

    assert (found.shift, found.error) == (None, None)
    assert len(found.anchors) == len(differences)


def test_a_drift_must_exceed_its_own_noise_unless_the_method_says_otherwise() -> None:
    strict = replace(METHOD, drift_errors=0.0)

    assert link(anchors([*STEADY, 1.0], se=0.4), strict).n_kept == 8
    assert link(anchors([*STEADY, 1.0], se=0.4)).n_kept == 9
    assert link(anchors([*STEADY, 3.0], se=0.4)).n_kept == 8


def test_an_anchor_twice_or_without_difficulty_is_refused() -> None:
    for wrong in ((*anchors([0.1]), *anchors([0.2])), anchors([float("nan"), 0.1])):
        with pytest.raises(BadInputError):
            link(wrong)


def test_a_known_shift_between_two_calibrations_is_covered_by_its_error() -> None:
    """Each scale is centred on its own items, so the true shift is the difference of the two item means."""
    rng = np.random.default_rng(7)
    common = np.linspace(-1.5, 1.5, 8)
    base, new = np.r_[common, np.linspace(-0.5, 1.5, 8)], np.r_[common, np.linspace(-1.7, 0.5, 8)]
    anchor_names = tuple(f"c{place}" for place in range(8))
    names = (*anchor_names, *(f"o{place}" for place in range(8)))
    covered = []
    for _ in range(100):
        first = calibrate(rasch_answers(rng.normal(size=400), base, rng), names)
        second = calibrate(rasch_answers(rng.normal(0.7, 1, 400), new, rng), names)
        found = link(common_anchors(first, second, anchor_names))
        assert found.shift is not None
        assert found.error is not None
        covered.append(abs(found.shift - (new.mean() - base.mean())) < 1.96 * found.error)

    # The normal quantile on seven degrees of freedom covers about 0.91, a little less after trimming.
    assert np.mean(covered) > 0.85


def test_an_anchor_without_estimate_is_no_anchor() -> None:
    rng = np.random.default_rng(1)
    scores = rasch_answers(rng.normal(size=50), [0, 0.5, 1], rng)
    whole, without = calibrate(scores, ("a", "b", "c")), calibrate(scores, ("a", "b", "d"))

    assert [one.name for one in common_anchors(whole, without, ("a", "b", "c"))] == ["a", "b"]


def grown(block: str) -> tuple[Anchor, ...]:
    """Eight anchors of four blocks with one size of error; both of METH look 0.9 logit easier at the exit."""
    moved = {"METH": 0.9}
    return tuple(
        Anchor(f"{name}{number}", 0.0, -moved.get(name, 0.0), 0.12, 0.12, name if block else "")
        for name in ("EVAL", "METH", "PSYP", "SUBJ")
        for number in (1, 2)
    )


def test_anchors_of_a_block_that_grew_move_together_and_stay() -> None:
    assert link(grown("told")).n_kept == 8


def test_without_blocks_the_same_growth_would_be_taken_for_drift() -> None:
    assert link(grown("")).n_kept < 8


def test_an_anchor_that_leaves_its_own_block_still_falls() -> None:
    anchors = list(grown("told"))
    anchors[0] = Anchor("EVAL1", 0.0, -1.2, 0.12, 0.12, "EVAL")
    dropped = [one.name for one in link(tuple(anchors)).anchors if not one.kept]
    assert dropped == ["EVAL1"]
