"""Which items are asked for which answers, and what counts of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.path import asked, counted, is_branching, on_path, progress, steering, unanswered
from instruments.rules import parse, said
from instruments.scoring import ScaleScore, Scoring, Status, compile_scorer
from instruments.versions import Change, change_between, content_hash

KEYED = dict.fromkeys(("C1", "C2", "C3", "C4", "C5", "K1", "K2", "K3", "K4"), "b")


@pytest.fixture(scope="module")
def branching(samples: Path) -> Instrument:
    document = read_document(samples / "branching.yaml")
    assert isinstance(document, Instrument)
    return document


@pytest.fixture(scope="module")
def scoring(samples: Path) -> Scoring:
    document = read_document(samples / "branching.scoring.yaml")
    assert isinstance(document, Scoring)
    return document


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({}, ("LEADS", "K1")),
        ({"LEADS": "no"}, ("LEADS", "WHY", "K1")),
        ({"LEADS": "yes"}, ("LEADS", "HOURS", "READ", "C1", "C2", "C3", "C4", "K1")),
        ({"LEADS": "yes", "HOURS": 30}, ("LEADS", "HOURS", "READ")),
        ({"LEADS": "yes", "HOURS": 31}, ("LEADS", "HOURS", "WHY", "READ")),
        # the hours were told before the answer was changed: they decide no more
        ({"LEADS": "no", "HOURS": 31, "C1": "a"}, ("LEADS", "WHY", "K1")),
        ({"HOURS": 31}, ("LEADS", "K1")),
        ({"LEADS": "yes", "C1": {"opt_out": True}}, ("LEADS", "HOURS", "READ", "C1", "C2", "C3", "C4", "C5")),
    ],
)
def test_answers_lead_along_their_own_path(
    branching: Instrument, answers: dict[str, Any], first: tuple[str, ...]
) -> None:
    codes = tuple(step.item.code for step in asked(branching, "A", answers))
    assert codes[: len(first)] == first


def test_what_is_not_asked_is_neither_counted_nor_missed(branching: Instrument) -> None:
    answers: dict[str, Any] = {"LEADS": "no", "HOURS": 20, "C1": "b", "K1": "b"}
    assert progress(branching, "A", answers) == (2, 7)
    assert [item.code for item in unanswered(branching, "A", answers)] == ["WHY", "K2", "K3", "K4", "MOOD"]
    assert counted(branching, "A", answers) == {"LEADS": "no", "K1": "b"}


def test_only_what_conditions_look_at_steers(branching: Instrument, workshop: Instrument) -> None:
    assert steering(branching, "A") == {"LEADS", "HOURS", "C1"}
    assert is_branching(branching, "A")
    assert not is_branching(workshop, "A")
    assert steering(workshop, "A") == frozenset()


def test_a_draft_with_a_broken_condition_is_previewed_as_if_it_held(branching: Instrument) -> None:
    why = branching.item("WHY").model_copy(update={"show_if": "LEADS ="})
    draft = branching.model_copy(
        update={"items": tuple(why if item.code == "WHY" else item for item in branching.items)}
    )
    assert "WHY" in on_path(draft, "A", {})


def test_an_item_not_asked_belongs_to_no_scale(
    branching: Instrument, scoring: Scoring, workshop_framework: Framework
) -> None:
    scorer = compile_scorer(branching, scoring, "A", framework=workshop_framework)
    found = scorer.score({"LEADS": "no", **KEYED, "C1": "a"}, set(branching.form("A").item_codes))
    assert found.items["C1"].status is Status.NOT_ASKED
    assert found.items["C1"].points is None
    assert found.scales["METH"] == ScaleScore(4.0, 4.0, 100.0, 4, 4, 0, 0, 0)
    assert found.scales["METH.1"].n_items == 2


def test_everything_counts_for_who_is_asked_everything(
    branching: Instrument, scoring: Scoring, workshop_framework: Framework
) -> None:
    scorer = compile_scorer(branching, scoring, "A", framework=workshop_framework)
    found = scorer.score({"LEADS": "yes", "HOURS": 20, **KEYED, "C1": "a"}, set())
    assert found.scales["METH"][:2] == (8.0, 9.0)
    assert found.scales["METH"].percent == pytest.approx(800 / 9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LEADS = yes", "Показать, если в задании „Ведёте уроки“ выбрано „Да, веду“"),
        ("LEADS in (yes, no)", "Показать, если в задании „Ведёте уроки“ выбрано одно из: „Да, веду“, „Нет, не веду“"),
        ("HOURS <= 12.5", "Показать, если в задании „Часов в неделю“ ответ не больше 12,5"),
        ("MOOD > 1", "Показать, если в задании „Настроение“ выбрано выше, чем „Нет“"),
        ("WHY not answered", "Показать, если на задание „Почему так“ ответа нет"),
        (
            "not (LEADS = no or HOURS answered) and K1 != a",
            "Показать, если неверно, что (в задании „Ведёте уроки“ выбрано „Нет, не веду“ или на задание "
            "„Часов в неделю“ дан ответ) и в задании „Задание K1“ выбрано не „Решение K1-1“",
        ),
        ("GONE = x", "Показать, если в задании „GONE“ выбрано „x“"),
    ],
)  # fmt: skip
def test_a_condition_is_told_in_words(branching: Instrument, text: str, words: str) -> None:
    assert said(parse(text), branching) == words


def test_a_condition_changes_what_is_measured_but_its_absence_changes_no_hash(
    branching: Instrument, workshop: Instrument
) -> None:
    form = branching.form("A")
    open_to_all = tuple(section.model_copy(update={"show_if": None}) for section in form.sections)
    other = branching.model_copy(update={"forms": (form.model_copy(update={"sections": open_to_all}),)})
    assert change_between(branching, other) is Change.BREAKING
    written = workshop.model_dump(mode="json")
    assert written["shuffle"] == "none"
    assert content_hash(Instrument.model_validate(written)) == content_hash(workshop)
