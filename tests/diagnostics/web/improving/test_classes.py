from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import FieldRefused
from diagnostics.web.improving.classes import read_classes, written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\n", []),
        ("7А 25", [("7А", 25)]),
        ("7 А — 25", [("7А", 25)]),
        ("7а: 25 чел.", [("7а", 25)]),
        ("10Б;18 учеников", [("10Б", 18)]),
        ("7А\t25\n8Б\t30", [("7А", 25), ("8Б", 30)]),
        ("7А 25\n\n8Б 30", [("7А", 25), ("8Б", 30)]),
        ("7-А, 25", [("7-А", 25)]),
        ("7 класс 25", [("7 класс", 25)]),
        ("7А 0", [("7А", 0)]),
    ],
)
def test_classes_are_read_as_people_type_them(text: str, found: list[tuple[str, int]]) -> None:
    assert [(one.label, one.expected) for one in read_classes(text)] == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7А", "classes_unclear"),
        ("25", "classes_unclear"),
        ("7А двадцать", "classes_unclear"),
        ("7А 25\n7а 30", "circle_twice"),
        ("\n".join(f"{number}А 20" for number in range(1, 62)), "too_many_classes"),
    ],
)
def test_what_is_no_list_of_classes_is_refused_with_its_place(text: str, code: str) -> None:
    with pytest.raises(FieldRefused, match=code):
        read_classes(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(FieldRefused):
        assert all(one.expected >= 0 and one.label for one in read_classes(text))


def test_what_was_read_can_be_written_and_read_again() -> None:
    classes = [(one.label, one.expected) for one in read_classes("7А 25\n8Б 30")]
    assert [(one.label, one.expected) for one in read_classes(written(classes))] == classes
