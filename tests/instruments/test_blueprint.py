"""The specification is counted from the documents."""

from __future__ import annotations

import pytest

from instruments.blueprint import blueprint, main_competence
from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.framework import Framework
from instruments.keys import ItemKey
from instruments.scoring import Scoring


def test_a_task_of_two_competences_stands_in_the_weightier_one() -> None:
    assert main_competence(ItemKey(competences={"METH.1": 0.3, "METH.2": 0.7})) == "METH.2"
    assert main_competence(ItemKey(competences={"METH.2": 0.5, "METH.1": 0.5})) == "METH.1"


@pytest.mark.parametrize("code", bundled("scoring"))
def test_every_scored_task_of_a_form_is_counted_once(code: str) -> None:
    scoring = bundled("scoring")[code]
    instrument, framework = bundled("instrument")[scoring.instrument], bundled("framework")[scoring.framework]
    found = blueprint(instrument, scoring, framework)
    for form in instrument.forms:
        scored = [entry for item in form.item_codes if (entry := scoring.items.get(item)) and entry.points]
        assert sum(row.total(form.code) for row in found.rows) == len(scored)
        assert sum(row.points[form.code] for row in found.rows) == sum(entry.points for entry in scored)


def test_rows_follow_the_reported_blocks() -> None:
    scoring = bundled("scoring")["test.method"]
    found = blueprint(bundled("instrument")["test.method"], scoring, bundled("framework")["dpo"])
    assert list(dict.fromkeys(row.block for row in found.rows)) == ["METH", "EVAL", "PSYP"]
    assert found.forms == ("A", "B")


def test_what_is_measured_and_not_reported_comes_last(
    workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework
) -> None:
    silent = workshop_scoring.model_copy(update={"blocks": ()})
    assert {row.block for row in blueprint(workshop, silent, workshop_framework).rows} == {""}


def test_forms_of_different_levels_are_not_called_parallel(
    workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework
) -> None:
    own = next(
        code
        for form in workshop.forms
        for code in form.item_codes
        if code in workshop_scoring.items and any(code not in one.item_codes for one in workshop.forms)
    )
    harder = workshop_scoring.items[own].model_copy(update={"cognitive": "reasoning"})
    changed = workshop_scoring.model_copy(update={"items": {**workshop_scoring.items, own: harder}})
    found = blueprint(workshop, changed, workshop_framework)
    assert found.levels == ("reasoning", None)
    assert not found.is_parallel
