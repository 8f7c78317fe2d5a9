"""Everything shipped passes the same checks as an author's document."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from instruments.bundled import bundled, bundled_files
from instruments.checking import Severity, check_framework, check_instrument, check_scoring
from instruments.document import Item, LevelItem, LikertItem
from instruments.formats.yaml import Document, read_document
from instruments.framework import Framework
from instruments.items import Answer
from instruments.keys import ItemKey, NumberKey
from instruments.problems import Problem
from instruments.scoring import Scoring, compile_scorer

FILES = bundled_files()


def problems_of(document: Document) -> list[Problem]:
    if isinstance(document, Framework):
        return check_framework(document)
    if isinstance(document, Scoring):
        instrument = bundled("instrument")[document.instrument]
        return check_scoring(instrument, document, bundled("framework")[document.framework])
    return check_instrument(document)


def test_the_library_is_not_empty() -> None:
    assert all(bundled(kind) for kind in ("instrument", "scoring", "framework"))
    assert len(FILES) == sum(len(bundled(kind)) for kind in ("instrument", "scoring", "framework"))


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_shipped_document_has_no_mistake(file) -> None:  # noqa: ANN001  a Traversable of any kind
    problems = problems_of(read_document(file.read_bytes()))
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


def best_answer(item: Item, key: ItemKey) -> Answer:
    if isinstance(item, LikertItem):
        return max(point.value for point in item.scale)
    if isinstance(item, LevelItem):
        return item.levels[-1].code
    if isinstance(key.key, NumberKey):
        return key.key.value
    if isinstance(key.key, tuple):
        return list(key.key)
    if isinstance(key.key, Mapping):
        return dict(key.key)
    assert key.key is None or isinstance(key.key, str)
    return key.key


@pytest.mark.parametrize("code", bundled("scoring"))
def test_the_keys_of_a_shipped_scoring_give_full_points(code: str) -> None:
    scoring = bundled("scoring")[code]
    instrument, framework = bundled("instrument")[scoring.instrument], bundled("framework")[scoring.framework]
    for form in instrument.forms:
        answers = {item: best_answer(instrument.item(item), key) for item, key in scoring.items.items()}
        scorer = compile_scorer(instrument, scoring, form.code, framework=framework)
        result = scorer.score(answers, form.item_codes)
        assert {scale.percent for scale in result.scales.values()} == {100}
        assert instrument.forms_purpose == "audience" or set(scoring.blocks) <= set(result.scales)


def test_every_crosswalk_between_shipped_frameworks_leads_somewhere() -> None:
    shelf = bundled("framework")
    ties = [tie for framework in shelf.values() for tie in framework.crosswalks if tie.to_framework in shelf]
    assert ties
    lost = [tie.to for tie in ties if tie.to not in {node.code for node in shelf[tie.to_framework].nodes}]
    assert lost == []
