"""An order of its own for each sitting: same for one seed, fair over many, harmless to what belongs together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from instruments.document import Instrument, SingleItem
from instruments.formats.yaml import read_document
from instruments.path import asked
from instruments.versions import Change, change_between

EVERY: dict[str, Any] = {"LEADS": "yes", "HOURS": 36, "C1": "a"}


@pytest.fixture(scope="module")
def branching(samples: Path) -> Instrument:
    document = read_document(samples / "branching.yaml")
    assert isinstance(document, Instrument)
    return document


def codes(instrument: Instrument, seed: int | None) -> list[str]:
    return [step.item.code for step in asked(instrument, "A", EVERY, seed)]


def test_without_a_seed_everything_stands_as_the_document_has_it(branching: Instrument) -> None:
    assert tuple(codes(branching, None)) == branching.form("A").item_codes
    assert [step.item for step in asked(branching, "A", EVERY)] == list(branching.form_items("A"))


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31 - 1])
def test_one_seed_gives_one_order(branching: Instrument, seed: int) -> None:
    assert asked(branching, "A", EVERY, seed) == asked(branching, "A", EVERY, seed)
    assert sorted(codes(branching, seed)) == sorted(branching.form("A").item_codes)


def test_the_order_of_a_seed_outlives_the_release(branching: Instrument) -> None:
    assert codes(branching, 2026)[4:9] == ["C1", "C5", "C4", "C2", "C3"]


@pytest.mark.parametrize("seed", range(40))
def test_what_belongs_together_stays_together(branching: Instrument, seed: int) -> None:
    found = codes(branching, seed)
    place = {code: number for number, code in enumerate(found)}
    assert place["C3"] == place["C2"] + 1  # of one case
    assert place["C5"] == place["C1"] + 1  # asked because of the other
    assert found[3] == "READ"  # words to read stand before what they speak of
    assert found[:3] == ["LEADS", "HOURS", "WHY"]  # a section that is not shuffled
    assert found[9:] == ["K1", "K2", "K3", "K4", "MOOD"]


def test_hiding_an_item_moves_no_other(branching: Instrument) -> None:
    for seed in range(20):
        fewer: dict[str, Any] = {"LEADS": "yes", "HOURS": 36}
        without = [step.item.code for step in asked(branching, "A", fewer, seed)]
        assert without == [code for code in codes(branching, seed) if code != "C5"]


def test_every_order_is_about_as_likely(branching: Instrument) -> None:
    seen = Counter("".join(codes(branching, seed)[4:9]) for seed in range(1200))
    assert len(seen) == 6  # three units
    assert min(seen.values()) > 150


def test_options_move_but_scales_and_the_way_out_do_not(branching: Instrument) -> None:
    orders: set[str] = set()
    for seed in range(60):
        items = {step.item.code: step.item for step in asked(branching, "A", EVERY, seed)}
        one = items["K1"]
        assert isinstance(one, SingleItem)
        assert one.opt_out is True  # a row of its own, drawn last
        orders.add("".join(option.code for option in one.options))
        assert items["MOOD"] == branching.item("MOOD")
    assert len(orders) > 15


def test_two_items_of_one_sitting_are_shuffled_apart(branching: Instrument) -> None:
    same = 0
    for seed in range(40):
        items = {step.item.code: step.item for step in asked(branching, "A", EVERY, seed)}
        first, second = (tuple(one.code for one in items[code].options) for code in ("K1", "K2"))  # type: ignore[union-attr]
        same += first == second
    assert same < 10


def test_another_shuffle_keeps_versions_equivalent(branching: Instrument) -> None:
    other = branching.model_copy(update={"shuffle": "none"})
    assert change_between(branching, other) is Change.EQUIVALENT
    assert change_between(branching, branching.model_copy(update={"time_limit": 45})) is Change.BREAKING
