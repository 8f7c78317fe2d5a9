"""Invented people and places beside those that the file names."""

from __future__ import annotations

from collections import Counter

import pytest

from diagnostics.upkeep.demo.cast import Cast, Size
from diagnostics.upkeep.demo.drawing import cast

SIZES = [(Size.SMALL, 1, 3, 30), (Size.REGION, 3, 24, 180), (Size.LARGE, 27, 350, 2500)]


@pytest.mark.parametrize(("size", "districts", "schools", "teachers"), SIZES)
def test_each_size_has_its_places_and_people(size: Size, districts: int, schools: int, teachers: int) -> None:
    found = cast(size)
    assert (len(found.municipalities), len(found.schools), len(found.people)) == (
        districts,
        schools,
        teachers,
    )


@pytest.mark.parametrize("size", list(Size))
def test_codes_are_unique_and_everybody_works_in_a_school_that_stands(size: Size) -> None:
    found = cast(size)
    for codes in ([one.code for one in (*found.staff, *found.people)], [one.code for one in found.schools]):
        assert len(codes) == len(set(codes))
    assert {one.school for one in found.people} <= {one.code for one in found.schools}


def test_only_the_namesakes_share_a_full_name() -> None:
    assert list(shared(cast(Size.LARGE)).values()) == [2]
    (name,) = shared(cast(Size.REGION))
    assert len({one.school for one in cast(Size.REGION).people if full(one) == name}) == 2


def test_the_draw_is_the_same_every_time() -> None:
    assert cast(Size.REGION) == cast(Size.REGION)


def shared(found: Cast) -> dict[str, int]:
    return {name: n for name, n in Counter(map(full, (*found.staff, *found.people))).items() if n > 1}


def full(one: object) -> str:
    return " ".join(str(getattr(one, part)) for part in ("surname", "given", "patronymic"))
