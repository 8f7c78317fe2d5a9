"""Answers that wait for an expert: told apart from gaps, and kept out of every figure until they are marked."""

from __future__ import annotations

from flask import Flask

from diagnostics.findings import actions, queries
from diagnostics.sittings import actions as sittings
from instruments.items import Status
from tests.support.answering import LIMITS, begin, event, fresh, save, world

AGREED = {"agreed": True}


def test_an_answer_that_waits_is_evidence_without_points_and_no_column(in_app: Flask) -> None:
    place = world(every_type=True)
    teacher = begin(place)
    save(teacher, event(1, "AGREE", AGREED), event(2, "W1", "Своими словами"), event(3, "S1", "b"))
    sittings.submit(fresh(teacher), without_answers=True, limits=LIMITS)
    actions.score(teacher.sitting_id)
    (view,) = queries.of_wave(place.wave_id)
    waiting = [one for one in queries.evidence(view) if one.code == "W1"]
    assert [(one.status, one.points, one.lost) for one in waiting] == [(Status.AWAITING, None, False)]
    found = queries.matrix(place.wave_id)
    assert "W1" not in found.items
    assert "S1" in found.items


def test_an_answer_that_waits_counts_neither_as_shown_work_nor_as_a_gap(in_app: Flask) -> None:
    place = world(every_type=True)
    teacher = begin(place)
    save(teacher, event(1, "AGREE", AGREED), event(2, "W1", "Своими словами"), event(3, "N1", 12.5))
    save(teacher, event(4, "T1", kind="shown"))
    sittings.submit(fresh(teacher), without_answers=True, limits=LIMITS)
    actions.score(teacher.sitting_id)
    (view,) = queries.of_wave(place.wave_id)
    block = next(one for one in view.scales if one.competence == "METH.2")
    assert (block.points, block.maximum, block.omitted, block.n_items) == (1, 2, 1, 2)
