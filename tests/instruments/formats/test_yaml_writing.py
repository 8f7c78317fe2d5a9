"""What is written as YAML reads back equal, by our reader and by another one."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from instruments.formats.yaml import plain_document, write_plain

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False).map(
    lambda one: round(one, 6)
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
@example(
    {"а": "да: нет", "б": "# не примечание", "в": "- не список", "г": "'", "д": '"', "е": "\\", "ё": "a #b"}
)
@example(
    {
        "a": "12",
        "b": "1e5",
        "c": "null",
        "d": "Yes",
        "e": "",
        "f": " x",
        "g": "x ",
        "h": "x:",
        "i": "0x1F",
        "j": "~",
    }
)
@example(
    {
        "a": "раз\n\nдва\nтри",
        "b": "раз\n",
        "c": "\nраз",
        "d": " раз\nдва",
        "e": "раз \nдва",
        "f": "\n",
        "g": "a\r\nb",
    }
)
@example({"x" * 2000: {"y" * 2000: ["z"]}, "a": [[], {}, [[1, [2]]], [{"b": {"c": []}}], ["раз\nдва"]]})
@example(
    {
        "a": "\x85",
        "b": "\u2028x",
        "c": "\ufeff",
        "d": "\x7f",
        "e": "\uffff",
        "f": "😀",
        "g": "\t",
        "h": "a\tb",
        "\n": 1,
        "": 2,
    }
)
@example({"a": 1e20, "b": 1.5e-7, "c": -0.0, "d": 1e16})
def test_plain_data_reads_back(data: dict[str, Any]) -> None:
    written = write_plain(data)
    assert plain_document(written.encode()) == data
    assert YAML(typ="safe", pure=True).load(written) == data


def test_a_text_of_several_paragraphs_stands_as_it_is_read() -> None:
    assert (
        write_plain({"text": {"ru": "Раз.\n\nДва: три."}}) == "text:\n  ru: |-\n    Раз.\n\n    Два: три.\n"
    )


@pytest.mark.parametrize("data", [{1: "x"}, {"x": {1, 2}}, {"x": object()}])
def test_what_is_no_plain_data_is_a_programming_error(data: Any) -> None:
    with pytest.raises(TypeError):
        write_plain(data)


def test_three_thousand_nodes_are_written_at_once() -> None:
    nodes = [
        {"code": f"N{n}", "title": {"ru": f"Узел {n}"}, "description": {"ru": "Что умеет: да"}}
        for n in range(3000)
    ]
    started = time.process_time()
    write_plain({"nodes": nodes})
    assert time.process_time() - started < 0.3
