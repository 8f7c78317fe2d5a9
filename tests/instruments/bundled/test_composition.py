"""The shipped tests keep to their specification, and nothing but knowledge leads to the key."""

from __future__ import annotations

from collections import Counter

import pytest

from instruments.blueprint import Blueprint, blueprint
from instruments.bundled import bundled
from instruments.checking import check_instrument, check_scoring
from instruments.document import Instrument
from instruments.item_models import MatchingItem, MultipleItem, SingleItem
from instruments.scoring import Scoring

FRAMEWORK = bundled("framework")["dpo"]
CODES = ("test.math59", "test.flit", "test.leader", "test.comm")
GIVEN_AWAY = ("всё перечисленное", "все перечисленное", "все варианты", "ни один из", "нет верного")


def work(code: str) -> tuple[Instrument, Scoring]:
    return bundled("instrument")[code], bundled("scoring")[code]


def specification(code: str) -> Blueprint:
    return blueprint(*work(code), FRAMEWORK)


def singles(code: str, form: str) -> list[SingleItem]:
    return [item for item in work(code)[0].form_items(form) if isinstance(item, SingleItem)]


@pytest.mark.parametrize("code", CODES)
def test_there_is_nothing_to_remark(code: str) -> None:
    instrument, scoring = work(code)
    assert [*check_instrument(instrument), *check_scoring(instrument, scoring, FRAMEWORK)] == []


@pytest.mark.parametrize("code", CODES)
def test_both_forms_are_of_one_specification(code: str) -> None:
    assert specification(code).is_parallel
    assert None not in specification(code).levels


@pytest.mark.parametrize(
    ("code", "blocks", "points"),
    [
        ("test.math59", {"SUBJ": 9, "METH": 8, "EVPS": 8}, 100),
        ("test.flit", {"FLIT": 12}, 24),
        ("test.leader", {"MGMT": 12}, 24),
        ("test.comm", {"COMM": 12}, 24),
    ],
)
@pytest.mark.parametrize("form", ["A", "B"])
def test_blocks_hold_what_is_promised(code: str, form: str, blocks: dict[str, int], points: int) -> None:
    found = Counter[str]()
    for row in specification(code).rows:
        found[row.block] += row.total(form)
    assert found == blocks
    assert sum(row.points[form] for row in specification(code).rows) == points


def test_mathematics_is_asked_in_five_ways() -> None:
    for form in ("A", "B"):
        items = work("test.math59")[0].form_items(form)
        assert Counter(item.type for item in items) == {
            "single": 16,
            "multiple": 4,
            "matching": 2,
            "number": 3,
        }
        assert Counter(item.stimulus for item in items if item.stimulus) == {"LESSON": 2, "KIRILL": 2}


def test_five_common_tasks_tie_each_block_of_mathematics() -> None:
    instrument, scoring = work("test.math59")
    assert len(instrument.items) == 35
    pools = {block: set(FRAMEWORK.pool(block)) for block in scoring.blocks}
    common = Counter(
        block
        for code in scoring.anchors
        for block, pool in pools.items()
        if pool & set(scoring.items[code].competences)
    )
    assert common == {"SUBJ": 5, "METH": 5, "EVPS": 5}


def test_each_component_of_functional_literacy_has_two_tasks() -> None:
    for form in ("A", "B"):
        totals = {row.competence: row.total(form) for row in specification("test.flit").rows}
        assert totals == {f"FLIT.{number}": 2 for number in range(1, 7)}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", ["A", "B"])
def test_no_place_of_the_key_is_a_good_guess(code: str, form: str) -> None:
    keys = work(code)[1].items
    places = Counter(str(keys[item.code].key) for item in singles(code, form))
    assert set(places) == set("abcd")
    assert max(places.values()) - min(places.values()) <= 1
    row = [str(keys[item.code].key) for item in singles(code, form)]
    assert not any(len(set(row[at : at + 3])) == 1 for at in range(len(row) - 2))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", ["A", "B"])
def test_neither_the_longest_nor_the_shortest_option_is_a_good_guess(code: str, form: str) -> None:
    keys, asked = work(code)[1].items, singles(code, form)
    ranks = Counter[int]()
    for item in asked:
        lengths = {option.code: len(option.text["ru"]) for option in item.options}
        own = lengths.pop(str(keys[item.code].key))
        ranks[sum(length < own for length in lengths.values())] += 1
    assert ranks[3] == 0  # never the longest
    assert ranks[0] <= len(asked) / 2


@pytest.mark.parametrize("code", CODES)
def test_no_option_speaks_of_the_other_options(code: str) -> None:
    for item in work(code)[0].items:
        for option in getattr(item, "options", ()):
            assert not any(words in option.text["ru"].lower() for words in GIVEN_AWAY)


@pytest.mark.parametrize("code", CODES)
def test_every_wrong_option_is_a_named_mistake(code: str) -> None:
    instrument, scoring = work(code)
    for item in instrument.items:
        entry = scoring.items[item.code]
        if not isinstance(item, SingleItem | MultipleItem | MatchingItem):
            continue
        key = entry.key
        right = {key} if isinstance(key, str) else set(key.values() if isinstance(key, dict) else key or ())
        assert set(entry.mistakes) == {option.code for option in item.options} - right


@pytest.mark.parametrize("code", CODES)
def test_titles_are_said_in_english_too(code: str) -> None:
    instrument = work(code)[0]
    named = [
        instrument.title,
        *(form.title for form in instrument.forms),
        *(item.title for item in instrument.items),
    ]
    named += [section.title for form in instrument.forms for section in form.sections]
    assert all(title.get("en") for title in named)
    assert not {"items"} & {text for title in named for text in title.values()}
