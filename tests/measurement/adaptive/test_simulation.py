from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.adaptive.bank import Bank
from diagnostics.measurement.adaptive.live import Answer, Ask, Source, Stop, step
from diagnostics.measurement.adaptive.plan import plan
from diagnostics.measurement.adaptive.quality import exposures, quality
from diagnostics.measurement.adaptive.rules import Quota, Rules
from diagnostics.measurement.adaptive.simulation import REASONS, simulate
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import FloatArray

RULES = [
    Rules(most=9, choose_from=1),
    Rules(most=12, error=0.5, choose_from=3),
    Rules(most=12, least=4, cut=-0.5),
    Rules(most=9, quotas=(Quota("plan", 2, 3), Quota("teach", 0, 2), Quota("assess", 3, 9))),
    Rules(
        most=8,
        quotas=tuple(Quota(name, 0, 2) for name in ("plan", "teach", "assess")),
        form=("i3", "i4", "i5", "i6"),
    ),
]


class Drawn:
    """A generator that gives one known number."""

    def __init__(self, value: float) -> None:
        self.value = value

    def random(self) -> float:
        return self.value


def people(count: int, seed: int = 1) -> FloatArray:
    return np.random.default_rng(seed).normal(size=count)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("which", ["rasch_bank", "mixed_bank"])
def test_everybody_goes_the_way_of_the_live_steps(
    rules: Rules, which: str, request: pytest.FixtureRequest
) -> None:
    test = plan(request.getfixturevalue(which), rules)
    found = simulate(test, people(12), np.random.default_rng(8))
    draws = np.random.default_rng(8).random((2, rules.most, 12))[0]

    for person in range(12):
        answers: list[Answer] = []
        for number in range(found.lengths[person]):
            move = step(test, answers, Drawn(draws[number, person])).move  # type: ignore[arg-type]
            assert isinstance(move, Ask)
            assert test.bank.place(move.item) == found.items[person, number]
            assert (move.source is Source.BANK) == found.from_bank[person, number]
            item = test.bank.items[found.items[person, number]]
            answers.append(Answer(item.name, item.lowest + int(found.scores[person, number])))
        last = step(test, answers, Drawn(0.5))  # type: ignore[arg-type]
        assert last.move == Stop(REASONS[found.why[person]])
        assert last.ability == pytest.approx(found.ability[person], abs=1e-12)
        assert last.error == pytest.approx(found.error[person], abs=1e-9)


def test_answers_have_the_chances_of_their_items(mixed_bank: Bank) -> None:
    from diagnostics.measurement.latent.items import curves

    found = simulate(plan(mixed_bank, Rules(most=36)), np.full(3000, 0.4), np.random.default_rng(2))

    chances = curves(mixed_bank.items, [0.4]).chances[0]
    for place in range(36):
        got = found.scores[found.items == place]
        share = np.bincount(got, minlength=chances.shape[1]) / got.size
        assert share == pytest.approx(chances[place], abs=0.04)


def test_the_error_that_a_test_tells_is_the_error_it_has(mixed_bank: Bank) -> None:
    found = quality(*_tried(mixed_bank, Rules(most=15), 3000))

    assert found.overall.bias == pytest.approx(0.0, abs=0.03)
    assert found.overall.rmse == pytest.approx(found.overall.error, rel=0.06)
    assert found.bands[0].bias is not None
    assert found.bands[0].bias > 0.03  # an estimate that leans to the mean: for steering, never for change
    assert sum(band.n for band in found.bands) == 3000


def test_more_items_make_it_more_exact(rasch_bank: Bank) -> None:
    errors = [quality(*_tried(rasch_bank, Rules(most=most), 800)).overall.rmse or 0 for most in (5, 15, 40)]
    assert errors == sorted(errors, reverse=True)


def test_an_adaptive_test_beats_items_drawn_at_random(rasch_bank: Bank) -> None:
    best = quality(*_tried(rasch_bank, Rules(most=12, choose_from=1), 1500)).overall.rmse or 9
    worst = quality(*_tried(rasch_bank, Rules(most=12, choose_from=60), 1500)).overall.rmse or 0
    assert best < 0.97 * worst


def test_a_draw_among_more_items_wears_them_out_less(rasch_bank: Bank) -> None:
    few = quality(*_tried(rasch_bank, Rules(most=10, choose_from=1), 600))
    many = quality(*_tried(rasch_bank, Rules(most=10, choose_from=10), 600))

    assert few.most_asked == 1.0
    assert many.most_asked < 0.7
    assert many.overlap < few.overlap
    assert many.never_asked <= few.never_asked


def test_exposures_sum_to_the_mean_length(rasch_bank: Bank) -> None:
    test, found = _tried(rasch_bank, Rules(most=20, cut=-0.5), 400)
    table = exposures(test, found)

    assert sum(one.share for one in table) == pytest.approx(found.lengths.mean())
    assert [one.share for one in table] == sorted((one.share for one in table), reverse=True)
    assert {one.content for one in table} == {"plan", "teach", "assess"}


def test_verdicts_that_are_clear_are_seldom_wrong(rasch_bank: Bank) -> None:
    found = quality(*_tried(rasch_bank, Rules(most=30, least=5, cut=-0.5), 3000)).verdicts
    assert found is not None
    assert found.wrong is not None
    assert found.wrong < 0.17
    assert found.undecided < 0.12


def test_who_waits_until_surer_is_wrong_less_often_and_asks_more(rasch_bank: Bank) -> None:
    soon, late = (
        quality(*_tried(rasch_bank, Rules(most=40, least=5, cut=-0.5, sure=sure), 2000))
        for sure in (None, 0.9)
    )

    assert soon.verdicts is not None
    assert late.verdicts is not None
    assert (late.verdicts.false_names or 1) < 0.75 * (soon.verdicts.false_names or 0)
    assert (late.overall.length or 0) > (soon.overall.length or 0) + 2


def test_the_same_seed_gives_the_same_tests(rasch_bank: Bank) -> None:
    first, second = (_tried(rasch_bank, Rules(most=10), 50)[1] for _ in range(2))
    assert (first.items == second.items).all()
    assert (first.ability == second.ability).all()


def test_one_person_is_enough_and_nobody_is_refused(rasch_bank: Bank) -> None:
    assert _tried(rasch_bank, Rules(most=5), 1)[1].lengths.tolist() == [5]
    with pytest.raises(EmptyDataError):
        _tried(rasch_bank, Rules(most=5), 0)
    with pytest.raises(BadInputError):
        simulate(plan(rasch_bank, Rules(most=5)), [float("nan")], np.random.default_rng(1))


def test_people_beyond_all_items_leave_finite_numbers(mixed_bank: Bank) -> None:
    found = simulate(plan(mixed_bank, Rules(most=30, cut=0.0)), [-400.0, 400.0], np.random.default_rng(1))
    assert np.isfinite(found.ability).all()
    assert (found.error > 0).all()


def test_an_empty_band_has_no_figures(rasch_bank: Bank) -> None:
    test, found = _tried(rasch_bank, Rules(most=5), 20)
    assert quality(test, found, (50.0,)).bands[1].bias is None
    with pytest.raises(BadInputError):
        quality(test, found, (1.0, 0.0))


def _tried(on: Bank, rules: Rules, count: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    test = plan(on, rules)
    return test, simulate(test, people(count), np.random.default_rng(4))
