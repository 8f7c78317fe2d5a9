"""Agreement between first and second marks: figures of the core, and silence while answers are few."""

from __future__ import annotations

import pytest
from flask import Flask

from diagnostics.marking import queries
from diagnostics.measurement.raters.intraclass import intraclass
from diagnostics.measurement.raters.marks import mark_agreement
from tests.support.marking import Marking, marking

FIRST = (0, 1, 2, 2, 1, 0, 2, 1, 1, 0, 2, 1)
SECOND = (0, 1, 2, 1, 1, 0, 2, 2, 1, 1, 2, 0)


@pytest.fixture
def scene(in_app: Flask) -> Marking:
    return marking(more=len(FIRST) - 2)


def marked(scene: Marking, number: int) -> None:
    for seat in range(number):
        text = scene.text(scene.send(seat))
        for expert, steps in zip(scene.experts, (FIRST, SECOND), strict=True):
            scene.mark(text.id, expert, {"cause": 1, "step": steps[seat]})


def test_figures_are_those_of_the_core(scene: Marking) -> None:
    marked(scene, len(FIRST))
    cause, step = queries.agreement(scene.campaign_id)
    pair, icc = mark_agreement(FIRST, SECOND), intraclass(list(zip(FIRST, SECOND, strict=True)))
    assert icc.single is not None
    assert step.n == len(FIRST)
    assert step.kappa == pytest.approx(pair.quadratic.value)
    assert step.icc == pytest.approx(icc.single.value)
    assert step.exact == pytest.approx(8 / 12)
    assert step.adjacent == 1
    assert (cause.kappa, cause.reason, cause.exact) == (None, "no_variance", 1.0)
    assert step.is_few


def test_below_ten_answers_no_figure_is_told(scene: Marking) -> None:
    marked(scene, 9)
    _cause, step = queries.agreement(scene.campaign_id)
    assert (step.n, step.kappa, step.icc, step.reason) == (9, None, None, "too_few")


def test_one_mark_is_no_agreement(scene: Marking) -> None:
    text = scene.text(scene.send())
    scene.mark(text.id, scene.experts[0], {"cause": 1, "step": 1})
    assert queries.agreement(scene.campaign_id) == []
