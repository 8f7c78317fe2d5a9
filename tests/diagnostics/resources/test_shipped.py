"""What the shipped catalogue promises: enough of each kind in each block, spread over the year, said twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask
from pydantic import ValidationError

from diagnostics.resources import actions, queries
from diagnostics.resources.document import ResourceDocument, shipped
from instruments.bundled import bundled as documents

TODAY = date(2026, 11, 22)
SHIPPED = shipped()
FRAMEWORK = documents("framework")["dpo"]
TESTED = ("METH", "EVAL", "PSYP")
SELF_ASSESSED = ("SUBJ", "COMM", "ICT", "FLIT", "NORM")
BLOCKS = TESTED + SELF_ASSESSED
#: Further training counts as a programme from 16 hours on.
LEAST_PROGRAMME, LONGEST_PROGRAMME = 16, 36


def main_node(one: ResourceDocument) -> str:
    return max(one.competences, key=lambda code: one.competences[code])


def of_block(block: str) -> list[ResourceDocument]:
    nodes = set(FRAMEWORK.pool(block))
    return [one for one in SHIPPED if main_node(one) in nodes]


def programmes(found: list[ResourceDocument]) -> list[ResourceDocument]:
    return [
        one
        for one in found
        if one.format == "cpd_programme" and LEAST_PROGRAMME <= one.hours <= LONGEST_PROGRAMME
    ]


def test_the_catalogue_is_large_and_every_resource_belongs_to_a_block() -> None:
    assert len(SHIPPED) >= 125
    assert sum(len(of_block(block)) for block in BLOCKS) == len(SHIPPED)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_offers_enough_of_each_kind(block: str) -> None:
    found = of_block(block)
    forms = Counter(one.format for one in found)
    short = [
        one for one in found if one.format == "self_study" and one.hours <= 4 and one.starts_in_days is None
    ]
    assert len(found) >= 12
    assert len(forms) >= 4
    assert len(short) >= 3
    assert forms["placement"] + forms["mentoring"] >= 2
    assert len(programmes(found)) >= (2 if block in TESTED else 1)


@pytest.mark.parametrize("level", ["high", "medium"])
@pytest.mark.parametrize("block", BLOCKS)
def test_every_competence_of_a_block_has_help_at_any_time(block: str, level: str) -> None:
    """Nobody waits for a date: what can be begun at once covers most of each sub-node."""
    anytime = [one for one in of_block(block) if one.starts_in_days is None and level in one.levels]
    for node in FRAMEWORK.pool(block):
        if node == block:
            continue
        assert max((one.competences.get(node, 0.0) for one in anytime), default=0.0) >= 0.6, node


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_two_titles_or_summaries_are_equal(language: str) -> None:
    for texts in ([one.title for one in SHIPPED], [one.summary for one in SHIPPED]):
        said = Counter(text[language].casefold().strip(" .") for text in texts)
        assert [text for text, count in said.items() if count > 1] == []


@pytest.mark.parametrize("one", SHIPPED, ids=[one.code for one in SHIPPED])
def test_a_resource_is_said_in_both_languages(one: ResourceDocument) -> None:
    for texts in (one.title, one.summary, one.evidence):
        assert texts["ru"].strip()
        assert texts["en"].strip()
        assert not set("абвгдежзиклмнопрст") & set(texts["en"].casefold())
    assert 120 <= len(one.summary["ru"]) <= 400


def test_a_training_programme_has_its_least_hours_and_ends_with_a_certificate() -> None:
    found = [one for one in SHIPPED if one.format == "cpd_programme"]
    assert programmes(found) == found
    assert all("удостоверение" in one.evidence["ru"] for one in found)


def test_first_runs_are_spread_over_nine_months() -> None:
    months = {one.starts_in_days // 30 for one in SHIPPED if one.starts_in_days is not None}
    assert months >= set(range(9))


def test_some_first_runs_are_full_and_some_resources_are_over_in_two_months() -> None:
    full = [one for one in SHIPPED if one.taken and one.taken == one.places]
    once = [one for one in SHIPPED if one.starts_in_days is not None and one.repeats_in_days is None]
    over = [one for one in once if max(last for _, last in one.runs(TODAY)) < TODAY + timedelta(days=60)]
    assert len(full) >= 3
    assert len(over) >= 3


def test_a_full_first_run_leaves_the_second_one_open(in_app: Flask) -> None:
    document = next(one for one in SHIPPED if one.taken and one.taken == one.places and one.repeats_in_days)
    actions.add(document, TODAY, actor_id=None)
    found = queries.resources(today=TODAY)[0]
    assert [run.is_open for run in found.runs[:2]] == [False, True]
    assert found.next_run == found.runs[1]


@pytest.mark.parametrize(
    "change",
    [
        {"taken": 6, "places": 5},
        {"taken": 1, "places": None},
        {"taken": 1, "places": 5, "starts_in_days": None, "repeats_in_days": None},
        {"taken": -1, "places": 5},
    ],
)
def test_places_taken_beyond_those_of_a_run_are_refused(change: dict[str, int | None]) -> None:
    with pytest.raises(ValidationError):
        ResourceDocument.model_validate(SHIPPED[0].model_dump() | {"starts_in_days": 5} | change)
