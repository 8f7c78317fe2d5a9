from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError, NotConnectedError, TooFewItemsError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.linkage.criteria import link_by_curves
from diagnostics.measurement.linkage.resampled import (
    Form,
    conditional_items,
    mean_shift,
    resampled_link,
)
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import rasch_answers, step_answers

COMMON = tuple(f"c{place}" for place in range(6))
DIFFICULTY = np.linspace(-1.2, 1.2, 6)


def forms(rng: np.random.Generator, persons: int) -> tuple[Form, Form]:
    """Two forms of eleven items with six in common; the second group is stronger."""
    first, second = np.linspace(-1, 1, 5), np.linspace(-0.5, 1.5, 5)
    return (
        Form(
            rasch_answers(rng.normal(size=persons), np.r_[DIFFICULTY, first], rng),
            (*COMMON, *(f"f{place}" for place in range(5))),
        ),
        Form(
            rasch_answers(rng.normal(0.5, 1, persons), np.r_[DIFFICULTY, second], rng),
            (*COMMON, *(f"s{place}" for place in range(5))),
        ),
    )


def error(found: Scale) -> float:
    value = found.error_at([0.0])
    assert value is not None
    return float(value[0])


def test_the_error_is_the_spread_of_lines_of_other_groups() -> None:
    rng = np.random.default_rng(1)
    truth = 0.5 * 5 / 11  # the zero of each form is the mean of its own items
    found = [resampled_link(*forms(rng, 150), COMMON, rng, draws=15).scale for _ in range(20)]

    shifts = np.array([one.shift for one in found])
    assert shifts.mean() == pytest.approx(truth, abs=0.07)
    assert np.mean([error(one) for one in found]) == pytest.approx(shifts.std(ddof=1), rel=0.4)


@pytest.mark.slow
def test_intervals_of_the_shift_cover_the_truth() -> None:
    rng = np.random.default_rng(2)
    found = [resampled_link(*forms(rng, 200), COMMON, rng, draws=40).scale for _ in range(80)]

    hits = [abs(one.shift - 0.5 * 5 / 11) <= 1.96 * error(one) for one in found]
    assert 0.88 < np.mean(hits) < 0.99


def test_the_same_generator_gives_the_same_error() -> None:
    first, second = (
        resampled_link(*forms(np.random.default_rng(3), 80), COMMON, np.random.default_rng(9), draws=10)
        for _ in range(2)
    )

    assert first == second


def test_more_persons_give_a_smaller_error() -> None:
    rng = np.random.default_rng(4)
    small, large = (error(resampled_link(*forms(rng, n), COMMON, rng, draws=40).scale) for n in (60, 540))

    assert small / large == pytest.approx(3, rel=0.4)


def test_items_that_some_draws_lose_do_not_move_the_zero() -> None:
    """One own item of the base was solved by a single person: a third of the draws cannot estimate it."""
    rng = np.random.default_rng(5)
    base, new = forms(rng, 150)
    scores = np.array(base.scores)
    scores[:, 8] = 0
    scores[7, 8] = 1
    scores[7, 0] = 0

    found = resampled_link(Form(scores, base.names), new, COMMON, rng, draws=60)

    plain = resampled_link(base, new, COMMON, rng, draws=60)
    assert found.failed == 0
    assert error(found.scale) < 2.5 * error(plain.scale)


def test_steps_are_linked_as_well() -> None:
    rng = np.random.default_rng(6)
    steps = [(-1.0, 0.2), (-0.2, 0.8), (0.3, 1.0), (-0.7, -0.1)]
    names = ("a", "b", "c", "d")
    sides = [Form(step_answers(rng.normal(size=200), steps, rng), names) for _ in range(2)]

    found = resampled_link(sides[0], sides[1], names, rng, draws=15)

    assert found.reason is None
    assert abs(found.scale.shift) < 1e-9


def proportions(scores: FloatArray, names: tuple[str, ...]) -> tuple[LatentItem, ...]:
    """A cheap estimate on the scale of the persons: cumulants of each column, slopes by correlation."""
    share = scores.mean(axis=0).clip(0.02, 0.98)
    total = scores.sum(axis=1)
    return tuple(
        LatentItem(name, 0.5 + 2 * float(np.corrcoef(column, total)[0, 1]), (float(np.log((1 - p) / p)),))
        for name, column, p in zip(names, scores.T, share, strict=True)
    )


def test_items_with_slopes_bring_their_own_estimate_and_line() -> None:
    rng = np.random.default_rng(7)
    base, new = forms(rng, 300)

    def line(first: Sequence[LatentItem], second: Sequence[LatentItem]) -> Scale:
        return link_by_curves(first, second)

    found = resampled_link(base, new, COMMON, rng, proportions, line, draws=20, zero_by_items=False)

    assert found.scale.slope == pytest.approx(1, abs=0.4)
    assert found.scale.covariance is not None
    assert found.scale.covariance[0][0] > 0


def test_many_draws_without_an_estimate_leave_no_error() -> None:
    """Two items, told apart by two persons: most draws miss one of them."""
    scores = np.array([[1.0, 0], [0, 1]] + [[1, 1]] * 20)
    form = Form(scores, ("a", "b"))

    found = resampled_link(form, form, ("a", "b"), np.random.default_rng(8), draws=20)

    assert found.reason == "too_many_failed"
    assert found.failed > 2
    assert found.scale.covariance is None


def test_forms_without_common_items_are_refused() -> None:
    rng = np.random.default_rng(9)
    base, new = forms(rng, 60)

    with pytest.raises(TooFewItemsError):
        resampled_link(base, new, ("absent",), rng, draws=5)
    with pytest.raises(TooFewItemsError):
        mean_shift((), ())


def test_a_form_without_a_scale_is_refused() -> None:
    nan = float("nan")
    apart = np.array([[1, 0, nan, nan], [0, 1, nan, nan], [nan, nan, 1, 0], [nan, nan, 0, 1]])
    names = ("a", "b", "c", "d")

    with pytest.raises(NotConnectedError):
        conditional_items(apart, names)
    with pytest.raises(NotConnectedError):
        resampled_link(Form(apart, names), Form(apart, names), names, np.random.default_rng(1))


def test_one_draw_is_no_bootstrap() -> None:
    rng = np.random.default_rng(10)

    with pytest.raises(BadInputError):
        resampled_link(*forms(rng, 60), COMMON, rng, draws=1)
