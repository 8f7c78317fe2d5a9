"""Ids of options that one sitting alone knows: opaque, stable, and turned back in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.items import read
from instruments.masking import LENGTH, Mask, OptionUnknownError, masked
from instruments.shuffling import LOOSE

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def document(name: str, shuffle: str = "options") -> Instrument:
    found = read_document((SAMPLES / name).read_bytes())
    assert isinstance(found, Instrument)
    return found.model_copy(update={"shuffle": shuffle})


EVERY = document("every-type.yaml")
SHUFFLED = [item for item in EVERY.form_items("A") if item.type in LOOSE]
# Item type → answers as they are stored, made of the codes of its options.
STORED: dict[str, Any] = {
    "single": lambda codes: codes[0],
    "multiple": lambda codes: codes[:2],
    "ordering": lambda codes: codes[::-1],
    "matching": lambda codes: {"p": codes[0], "q": codes[-1]},
}


def codes(item: Any) -> list[str]:
    return [one.code for one in item.options]


def mask(item: Any, seed: int = 5) -> Mask:
    return masked(EVERY, "A", item, seed)


def test_the_sample_has_every_type_whose_options_move() -> None:
    assert {item.type for item in SHUFFLED} == set(LOOSE) == set(STORED)


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.type)
@pytest.mark.parametrize("seed", [0, 5, 2**31 - 1])
def test_no_code_of_the_document_is_left(item: Any, seed: int) -> None:
    own = mask(item, seed)
    assert set(own.ids) == set(codes(item))
    assert not set(own.ids.values()) & set(codes(item))
    assert sorted(codes(own.item)) == sorted(own.ids.values())
    assert all(len(one) >= LENGTH for one in own.ids.values())


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.type)
def test_ids_are_the_same_after_a_break_and_other_ones_for_a_neighbour(item: Any) -> None:
    assert mask(item) == mask(item)
    assert not set(mask(item, 5).ids.values()) & set(mask(item, 6).ids.values())


def test_one_code_has_another_id_in_each_question() -> None:
    ids = [one for item in SHUFFLED for one in mask(item).ids.values()]
    assert len(set(ids)) == len(ids)


def test_ids_outlive_the_release() -> None:
    item = next(one for one in SHUFFLED if one.type == "single")
    assert mask(item, 2026).ids[codes(item)[0]] == "abmuxr"


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.type)
def test_an_answer_comes_back_as_it_is_stored(item: Any) -> None:
    own, stored = mask(item), STORED[item.type](codes(item))
    hidden = own.hide(stored)
    assert hidden != stored
    assert own.reveal(hidden) == stored


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.type)
def test_a_code_of_the_document_is_refused(item: Any) -> None:
    with pytest.raises(OptionUnknownError):
        mask(item).reveal(STORED[item.type](codes(item)))


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.type)
def test_an_id_of_a_neighbour_is_refused(item: Any) -> None:
    with pytest.raises(OptionUnknownError):
        mask(item, 5).reveal(mask(item, 6).hide(STORED[item.type](codes(item))))


def test_places_of_a_form_without_script_are_given_to_ids() -> None:
    item = next(one for one in SHUFFLED if one.type == "ordering")
    own = mask(item)
    posted = {own.ids[code]: str(place) for place, code in enumerate(codes(item), 1)}
    assert read(item, own.reveal(posted)).answer == codes(item)


def test_a_prompt_without_an_option_stays_so() -> None:
    item = next(one for one in SHUFFLED if one.type == "matching")
    assert mask(item).reveal({"p": ""}) == {"p": ""}


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.type)
@pytest.mark.parametrize("empty", [None, [], {}], ids=repr)
def test_what_names_no_option_passes(item: Any, empty: Any) -> None:
    assert mask(item).reveal(empty) == empty


def test_opting_out_passes() -> None:
    item = next(one for one in SHUFFLED if one.type == "single")
    assert mask(item).reveal({"opt_out": True}) == {"opt_out": True}


WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(raw=WILD, kind=st.sampled_from(range(len(SHUFFLED))))
def test_whatever_a_page_sends_is_read_or_refused(raw: Any, kind: int) -> None:
    item = SHUFFLED[kind]
    try:
        found = mask(item).reveal(raw)
    except OptionUnknownError:
        return
    read(item, found)


def test_where_options_keep_their_places_codes_stay() -> None:
    straight = document("every-type.yaml", "none")
    for item in straight.form_items("A"):
        own = masked(straight, "A", item, 5)
        assert (own.item, dict(own.ids)) == (item, {})
        assert own.reveal("a") == own.hide("a") == "a"


def test_a_scale_keeps_its_values() -> None:
    for item in EVERY.form_items("A"):
        if item.type not in LOOSE:
            assert not mask(item).ids
