"""The rule of the product's own path: what it draws, when it stops, and how often its verdicts are wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from diagnostics.findings.clarifying.rule import BlockCase, measured, next_item, unclear
from diagnostics.findings.clarifying.scale import BlockScale
from diagnostics.measurement.adaptive.clarifying import Clarified
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.latent.persons import Population
from diagnostics.measurement.method import METHOD

CUT = -0.5
PLACES = (-1.6, -1.2, -0.9, -0.6, -0.4, -0.2, 0.0, 0.3, 0.7, 1.1)


def tasks(name: str) -> tuple[LatentItem, ...]:
    return tuple(LatentItem(f"{name}{number}", 1.0, (place,)) for number, place in enumerate(PLACES))


FORM, SPARE = tasks("a"), tasks("b")


def scale(code: str = "METH") -> BlockScale:
    reference = tuple((item, 1.0) for item in FORM)
    return BlockScale(
        code, CUT, Population(0.0, 1.0), {item.name: item for item in (*FORM, *SPARE)}, reference
    )


def case(right: int, *, code: str = "METH", free: tuple[LatentItem, ...] = SPARE) -> BlockCase:
    fixed = tuple((item, int(place < right)) for place, item in enumerate(FORM))
    return BlockCase(scale(code), fixed, (), free)


def ask(*cases: BlockCase, most: int = 6, seed: int = 1, worn: frozenset[str] = frozenset()) -> object:
    return next_item(cases, most=most, seed=seed, worn=worn, method=METHOD)


def test_a_clear_block_is_left_alone() -> None:
    assert ask(case(10)) == ask(case(0))
    found = next_item([case(10)], most=6, seed=1, worn=(), method=METHOD)
    assert (found.item, found.state) == (None, Clarified.CLEAR)


def test_a_doubtful_block_is_asked_on_with_one_of_the_most_telling_tasks() -> None:
    found = {next_item([case(5)], most=6, seed=seed, worn=(), method=METHOD).item for seed in range(60)}
    nearest = sorted(SPARE, key=lambda item: abs(item.thresholds[0] - CUT))[: METHOD.choose_from]
    assert found == {item.name for item in nearest}


def test_one_sitting_draws_the_same_task_however_often_it_asks() -> None:
    assert ask(case(5), seed=7) == ask(case(5), seed=7)


def test_what_was_shown_to_too_many_is_not_drawn() -> None:
    worn = frozenset(item.name for item in SPARE[:9])
    assert next_item([case(5)], most=6, seed=3, worn=worn, method=METHOD).item == SPARE[9].name
    all_worn = frozenset(item.name for item in SPARE)
    assert next_item([case(5)], most=6, seed=3, worn=all_worn, method=METHOD).state is Clarified.NO_ITEMS


def test_the_limit_is_of_all_blocks_together() -> None:
    begun = replace(case(5), further=tuple((item, 1) for item in SPARE[:2]), free=SPARE[2:])
    other = case(5, code="EVAL", free=tasks("c"))
    assert next_item([begun, other], most=2, seed=1, worn=(), method=METHOD).state is Clarified.LIMIT
    assert next_item([begun, other], most=3, seed=1, worn=(), method=METHOD).state is Clarified.ASK


def test_likely_deficits_are_cleared_up_first_and_a_begun_block_before_them() -> None:
    likely, unlikely = case(4, code="LIKELY"), case(5, code="UNLIKELY")
    assert [_below(likely), _below(unlikely)] == [
        pytest.approx(0.57, abs=0.06),
        pytest.approx(0.29, abs=0.06),
    ]
    assert next_item([unlikely, likely], most=6, seed=1, worn=(), method=METHOD).block == "LIKELY"
    begun = replace(unlikely, further=((SPARE[0], 0),), free=SPARE[1:])
    assert unclear(begun, METHOD)
    assert next_item([begun, likely], most=6, seed=1, worn=(), method=METHOD).block == "UNLIKELY"


def test_the_figures_of_a_block_are_per_cents_of_the_reference_form() -> None:
    found = measured(case(5), METHOD)
    assert found.low80 < found.percent < found.high80
    assert 40 < found.percent < 60
    assert (found.n_items, found.asked, found.before) == (10, 0, found.below)
    more = measured(replace(case(5), further=tuple((item, 1) for item in SPARE)), METHOD)
    assert more.before == found.below
    assert more.below is not None
    assert found.below is not None
    assert more.below < found.below
    assert more.high80 - more.low80 < found.high80 - found.low80


def _below(one: BlockCase) -> float:
    found = measured(one, METHOD).below
    assert found is not None
    return found


def walk(ability: float, seed: int) -> tuple[BlockCase, BlockCase, list[str]]:
    """One simulated person through the form and the clarifying tasks, as the pages would lead."""
    rng = np.random.default_rng([11, seed])

    def answer(item: LatentItem) -> tuple[LatentItem, int]:
        return item, int(rng.random() < 1 / (1 + np.exp(item.thresholds[0] - ability)))

    start = one = BlockCase(scale(), tuple(map(answer, FORM)), (), SPARE)
    drawn = []
    while (found := next_item([one], most=6, seed=seed, worn=(), method=METHOD)).item is not None:
        item = one.scale.items[found.item]
        drawn.append(item.name)
        one = replace(
            one,
            further=(*one.further, answer(item)),
            free=tuple(left for left in one.free if left.name != item.name),
        )
    return start, one, drawn


def rates(persons: int) -> dict[str, float]:
    truth = np.random.default_rng(2026).normal(0.0, 1.0, persons)
    counts: Counter[str] = Counter()
    for number, ability in enumerate(truth):
        start, end, drawn = walk(float(ability), number)
        assert len(drawn) == len(set(drawn)) <= 6
        for name, one in (("before", start), ("after", end)):
            said = measured(one, METHOD).conclusion
            counts[f"{name} decided"] += said in (Conclusion.CONFIRMED, Conclusion.SURELY_NONE)
            counts[f"{name} wrong"] += (said is Conclusion.CONFIRMED and ability >= CUT) or (
                said is Conclusion.SURELY_NONE and ability < CUT
            )
            counts[f"{name} named"] += said is Conclusion.CONFIRMED
            counts[f"{name} false"] += said is Conclusion.CONFIRMED and ability >= CUT
        counts["asked"] += bool(drawn)
        counts["tasks"] += len(drawn)
    return {name: value / persons for name, value in counts.items()}


def check(found: dict[str, float], slack: float) -> None:
    assert found["after decided"] > found["before decided"] + 0.12
    assert found["before wrong"] < found["before decided"] * (0.09 + slack)
    assert found["after wrong"] < found["after decided"] * (0.11 + slack)
    assert found["after false"] < found["after named"] * (0.17 + slack)
    assert 0.2 < found["asked"] < 0.6
    assert 2 < found["tasks"] / found["asked"] <= 6


def test_its_verdicts_are_as_often_right_as_the_methodology_says() -> None:
    check(rates(150), slack=0.06)


@pytest.mark.slow
def test_its_verdicts_among_many() -> None:
    found = rates(3000)
    check(found, slack=0.0)
