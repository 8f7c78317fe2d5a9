from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.adaptive.bank import Bank, bank
from diagnostics.measurement.adaptive.plan import FixedForm, Plan, plan, prepare
from diagnostics.measurement.adaptive.rules import Quota, Rules
from diagnostics.measurement.errors import BadInputError, EmptyDataError, TooFewPersonsError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.latent.persons import Population

ITEMS = [LatentItem(f"i{number}", 1.0, (0.1 * number,)) for number in range(12)]
STEEP = [LatentItem("steep", 1.4, (0.0,)), *ITEMS]
CONTENTS = ["a", "b"] * 6


@pytest.mark.parametrize(("items", "n", "needed"), [(ITEMS, 299, 300), (STEEP, 499, 500)])
def test_a_calibration_of_too_few_persons_steers_nothing(
    items: list[LatentItem], n: int, needed: int
) -> None:
    with pytest.raises(TooFewPersonsError) as refusal:
        bank(items, ["a"] * len(items), persons=n)
    assert refusal.value.params == {"n": n, "needed": needed}
    assert bank(items, ["a"] * len(items), persons=needed).items == tuple(items)


@pytest.mark.parametrize(
    ("persons", "rules", "reason"),
    [
        (120, {}, "too_few_persons"),
        (300, {"quotas": (Quota("a", 7, 8),)}, "quotas"),
        (300, {"quotas": (Quota("unknown", 0, 1),)}, "quotas"),
        (300, {"most": 30, "least": 13}, "quotas"),
    ],
)
def test_what_cannot_be_adaptive_falls_back_on_the_fixed_form_and_says_why(
    persons: int, rules: dict[str, Any], reason: str
) -> None:
    facts: dict[str, Any] = {"most": 10, "form": ("i1", "i2")} | rules
    wanted = Rules(**facts)

    found = prepare(ITEMS, CONTENTS, wanted, persons=persons)

    assert isinstance(found, FixedForm)
    assert (found.items, found.reason) == (("i1", "i2"), reason)
    if reason == "too_few_persons":
        assert found.facts == (("n", 120), ("needed", 300))


def test_without_a_fixed_form_there_is_nothing_to_fall_back_on() -> None:
    with pytest.raises(BadInputError) as refusal:
        prepare(ITEMS, CONTENTS, Rules(most=10), persons=20)
    assert refusal.value.params == {"reason": "too_few_persons"}


def test_a_bank_without_items_falls_back_and_items_that_do_not_fit_are_refused() -> None:
    rules = Rules(most=5, form=("i1",))
    empty = prepare([], [], rules, persons=300)
    assert isinstance(empty, FixedForm)
    assert empty.reason == "empty"
    with pytest.raises(BadInputError):
        prepare(ITEMS, ["a"], rules, persons=300)


def test_what_can_be_adaptive_is() -> None:
    found = prepare(
        ITEMS, CONTENTS, Rules(most=5, form=("i1",)), persons=300, population=Population(0.4, 1.3)
    )
    assert isinstance(found, Plan)
    assert found.bank.prior @ found.bank.nodes == pytest.approx(0.4)
    assert found.bank.prior @ (found.bank.nodes - 0.4) ** 2 == pytest.approx(1.69, rel=1e-3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"most": 0},
        {"least": 9},
        {"least": 0},
        {"choose_from": 0},
        {"quotas": (Quota("a", 3, 2),)},
        {"quotas": (Quota("a", -1, 2),)},
        {"quotas": (Quota("a", 0, 2), Quota("a", 0, 3))},
        {"quotas": (Quota("a", 3, 3), Quota("b", 3, 3))},
        {"error": 0.0},
        {"error": float("nan")},
        {"cut": float("inf")},
        {"sure": 0.5},
        {"sure": 1.0},
        {"form": ("i1", "i1")},
    ],
)
def test_rules_that_contradict_themselves_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInputError):
        Rules(**({"most": 5} | wrong))


@pytest.mark.parametrize("items", [ITEMS[:2] * 2, ITEMS[:3]])
def test_a_bank_has_items_of_different_names_and_a_content_each(items: list[LatentItem]) -> None:
    with pytest.raises(BadInputError):
        bank(items, ["a"] * 4, persons=300)


def test_a_bank_without_items_is_refused() -> None:
    with pytest.raises(EmptyDataError):
        bank([], [], persons=300)


@pytest.mark.parametrize(("mean", "sd"), [(float("nan"), 1.0), (0.0, 0.0), (0.0, float("inf"))])
def test_a_population_has_a_mean_and_a_spread(mean: float, sd: float) -> None:
    with pytest.raises(BadInputError):
        Population(mean, sd)


def test_a_form_of_unknown_items_is_refused(rasch_bank: Bank) -> None:
    with pytest.raises(BadInputError):
        plan(rasch_bank, Rules(most=5, form=("unknown",)))


def test_the_ranking_begins_with_the_most_informative_item(mixed_bank: Bank) -> None:
    from diagnostics.measurement.latent.items import curves

    for ability in (-2.0, 0.0, 1.3):
        told = curves(mixed_bank.items, [ability]).information()[0]
        first = mixed_bank.ranking[mixed_bank.cells(np.array([ability]))[0], 0]
        assert told[first] == pytest.approx(told.max(), rel=0.02)
