"""How often a task was before people: shown, answered, drawn, in how many diagnoses."""

from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.findings.clarifying.case import worn_out
from diagnostics.findings.pins import Pins, of_seat
from diagnostics.measurement.method import METHOD
from diagnostics.sittings.actions.drawing import draw, locked
from diagnostics.sittings.queries.drawn import drawn_in_wave
from diagnostics.sittings.queries.exposure import Exposure, exposure_of
from tests.support.answering import World, begin, event, save, world
from tests.support.kept import kept


@pytest.fixture
def place(in_app: Flask) -> World:
    return kept(in_app, "exposed tasks", lambda: world(shipped=True))


def test_who_saw_and_who_answered_are_counted_apart(place: World) -> None:
    save(begin(place), event(1, "M01", "b"), event(2, "M02", kind="shown"))
    save(begin(place, seat=1), event(1, "M01", kind="shown"), event(2, "M01", kind="flag"))
    assert exposure_of("test.method", "M01") == Exposure(2, 1, 0, 1, None)
    assert exposure_of("test.method", "M02") == Exposure(1, 0, 0, 1, None)
    assert exposure_of("test.method", "E05") == Exposure(0, 0, 0, 0, None)
    assert exposure_of("no.such.work", "M01").shown == 0


def test_the_share_of_a_drawn_task_is_of_those_who_took_the_diagnosis(place: World) -> None:
    first, second = begin(place), begin(place, seat=1)
    draw(locked(first.sitting_id), "M09", 1)
    found = exposure_of("test.method", "M09")
    assert (found.shown, found.drawn, found.drawn_share) == (1, 1, 0.5)
    assert drawn_in_wave(place.wave_id) == (2, {"M09": 1})
    assert second.sitting_id != first.sitting_id


def test_a_task_that_too_many_got_is_not_drawn_any_more(in_app: Flask) -> None:
    place = world(shipped=True, more=METHOD.exposed_from)
    pins = of_seat(place.seats[0])
    for number in range(METHOD.exposed_from):
        assert worn(pins) == frozenset()
        draw(locked(begin(place, seat=number).sitting_id), "M09", 1)
    assert worn(pins) == {"M09"}


def worn(pins: Pins) -> frozenset[str]:
    return worn_out(pins, METHOD)
