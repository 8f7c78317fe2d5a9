"""A critical task holds a result down, in the stored finding and in the words of the profile; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from diagnostics.findings import queries
from diagnostics.findings.actions.score import score
from diagnostics.reporting.language import words_of
from diagnostics.reporting.person import person_report
from reports.wording.person import left_out
from tests.support.answering import World, world
from tests.support.sitting import sit

KEYED = ("C1", "C2", "C3", "C4", "C5", "K1", "K2", "K3", "K4")


@pytest.fixture
def place(in_app: Flask) -> World:
    return world(branching=True)


def finding_of(place: World, *wrong: str) -> queries.FindingView:
    answers: dict[str, Any] = {"LEADS": "yes", "HOURS": 12, **dict.fromkeys(KEYED, "b")}
    sitting_id = sit(place.seats[0], answers | dict.fromkeys(wrong, "a"), never_shown=("WHY", "READ", "MOOD"))
    view = queries.finding(score(sitting_id).id)
    assert view is not None
    return view


def block(view: queries.FindingView) -> queries.ScaleView:
    return next(one for one in view.scales if one.competence == "METH")


def test_all_right_is_the_best_level(place: World) -> None:
    view = finding_of(place)
    assert (block(view).percent, block(view).level) == (100.0, "minimal")
    assert queries.limits(view) == ()


def test_a_level_is_held_down_by_the_task_that_was_not_done(place: World) -> None:
    view = finding_of(place, "K1")
    assert block(view).percent == pytest.approx(800 / 9)
    assert block(view).level == "medium"
    assert [(one.block, one.title["ru"], one.level) for one in queries.limits(view)] == [
        ("METH", "Задание K1", "medium")
    ]


def test_a_level_that_is_low_by_itself_is_not_said_to_be_held_down(place: World) -> None:
    view = finding_of(place, "K1", "C1", "C2", "C3", "C4", "C5")
    assert block(view).level == "high"
    assert queries.limits(view) == ()


def test_a_zero_falls_on_the_named_node(place: World) -> None:
    view = finding_of(place, "K2")
    zeroed = next(one for one in view.scales if one.competence == "METH.2")
    assert (zeroed.points, zeroed.maximum, zeroed.percent) == (0.0, 2.0, 0.0)
    assert block(view).points == 8.0


def test_the_profile_says_why(place: World) -> None:
    view = finding_of(place, "K1")
    said = left_out(person_report(view, words_of("ru")), words_of("ru"))
    assert said[0].startswith("Уровень ограничен: задание „Задание K1“ обязательное.")
    assert "средний уровень дефицитов" in said[0]
