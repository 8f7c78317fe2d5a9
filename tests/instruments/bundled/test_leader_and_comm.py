"""The works for leaders and about communication keep to their specification; what can be counted is counted."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from instruments.blueprint import blueprint
from instruments.bundled import bundled
from instruments.keys import NumberKey

FRAMEWORK = bundled("framework")["dpo"]
SPECIFIED = {
    "test.leader": {"MGMT.1": 2, "MGMT.2": 3, "MGMT.3": 3, "MGMT.4": 2, "MGMT.5": 2},
    "test.comm": {"COMM.1": 3, "COMM.2": 3, "COMM.3": 3, "COMM.4": 3},
}
TYPES = {
    "test.leader": {"single": 10, "multiple": 1, "number": 1},
    "test.comm": {"single": 10, "multiple": 1, "matching": 1},
}


@pytest.mark.parametrize("code", SPECIFIED)
@pytest.mark.parametrize("form", ["A", "B"])
def test_each_competence_has_its_share_in_each_form(code: str, form: str) -> None:
    instrument, scoring = bundled("instrument")[code], bundled("scoring")[code]
    plan = blueprint(instrument, scoring, FRAMEWORK)
    assert {row.competence: row.total(form) for row in plan.rows} == SPECIFIED[code]
    assert Counter(item.type for item in instrument.form_items(form)) == TYPES[code]


@pytest.mark.parametrize("code", SPECIFIED)
def test_eight_tasks_are_common_and_touch_every_competence(code: str) -> None:
    instrument, scoring = bundled("instrument")[code], bundled("scoring")[code]
    first, second = (set(form.item_codes) for form in instrument.forms)
    assert set(scoring.anchors) == first & second
    assert len(scoring.anchors) == 8
    assert {node for item in scoring.anchors for node in scoring.items[item].competences} == set(
        SPECIFIED[code]
    )


def test_the_deputys_week() -> None:
    spent = {"reports": 20, "cover": 6, "meetings": 6}
    before = Fraction(40 - sum(spent.values()))
    freed = Fraction(spent["reports"], 2) + Fraction(spent["cover"], 3)
    assert bundled("scoring")["test.leader"].items["L06"].key == NumberKey(value=float((before + freed) / 2))
    assert [int(hours) for hours in (freed / 2, before / 2, before + freed)] == [6, 4, 20]


def test_numbers_of_the_tasks_about_small_groups() -> None:
    means = (
        {round(total / 12, 1) for total in range(24, 61)},
        {round(total / 14, 1) for total in range(28, 71)},
    )
    assert 3.6 in means[0]
    assert 3.9 in means[1]
    assert round(4 / 12, 1) == 0.3
    assert (round(100 * 15 / 26), round(100 * 12 / 24), round(100 * 2 / 26)) == (58, 50, 8)
