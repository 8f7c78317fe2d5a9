"""What marks come to: one is itself, two are averaged or differ, three give the middle."""

from __future__ import annotations

import pytest

from diagnostics.marking import settling
from diagnostics.marking.models import TextState
from instruments.keys import Criterion, RubricKey, RubricLevel

RUBRIC = RubricKey(
    criteria=(
        Criterion(
            code="a",
            title={"ru": "А"},
            levels=tuple(RubricLevel(points=points, text={"ru": str(points)}) for points in (0, 1, 2, 4)),
        ),
        Criterion(
            code="b",
            title={"ru": "Б"},
            levels=tuple(RubricLevel(points=points, text={"ru": str(points)}) for points in (0, 1)),
        ),
    )
)


def levels(a: int, b: int = 0) -> dict[str, int]:
    return {"a": a, "b": b}


@pytest.mark.parametrize(
    ("marks", "experts", "state", "points"),
    [
        ([], 1, TextState.WAITING, None),
        ([levels(3, 1)], 1, TextState.SETTLED, 5),
        ([levels(3, 1)], 2, TextState.WAITING, None),
        ([levels(2, 1), levels(3, 1)], 2, TextState.SETTLED, 4),
        ([levels(2, 1), levels(2, 0)], 2, TextState.SETTLED, 2.5),
        ([levels(1), levels(3)], 2, TextState.DIFFERING, None),
        ([levels(1), levels(3)], 1, TextState.DIFFERING, None),
        ([levels(1), levels(3), levels(3)], 2, TextState.SETTLED, 4),
        ([levels(0), levels(3), levels(2)], 2, TextState.SETTLED, 2),
        ([levels(0, 1), levels(2, 0), levels(1, 1)], 2, TextState.SETTLED, 2),
        ([levels(0), levels(0), levels(3)], 2, TextState.SETTLED, 0),
    ],
)
def test_marks_come_to_points(
    marks: list[dict[str, int]], experts: int, state: TextState, points: float | None
) -> None:
    found = settling.settle(RUBRIC, marks, experts)
    assert (found.state, found.points) == (state, points)


def test_levels_are_compared_and_not_their_points() -> None:
    """The last step of a criterion may weigh two points: neighbours stay neighbours."""
    assert not settling.differ(levels(2), levels(3))


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (levels(0, 0), ()),
        ({"a": 1}, ("b",)),
        ({}, ("a", "b")),
        (levels(4, 0), ("a",)),
        (levels(-1, 0), ("a",)),
        ({"a": "1", "b": 0}, ("a",)),
    ],
)
def test_every_criterion_needs_a_level_of_its_own(chosen: dict[str, object], left: tuple[str, ...]) -> None:
    assert settling.missing(RUBRIC, chosen) == left


def test_other_words_or_another_rubric_are_another_text_and_a_translation_is_not() -> None:
    translated = RUBRIC.model_copy(
        update={
            "criteria": tuple(
                one.model_copy(update={"title": {**one.title, "en": "A"}}) for one in RUBRIC.criteria
            )
        }
    )
    shorter = RUBRIC.model_copy(update={"criteria": RUBRIC.criteria[:1]})
    assert settling.stamp(RUBRIC, "слова") == settling.stamp(translated, "слова")
    assert (
        len(
            {
                settling.stamp(RUBRIC, "слова"),
                settling.stamp(RUBRIC, "Слова"),
                settling.stamp(shorter, "слова"),
            }
        )
        == 3
    )
