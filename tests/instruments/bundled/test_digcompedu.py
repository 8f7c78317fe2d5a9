"""The self-assessment of digital work: one question a competence, six rising statements, a level an area."""

from __future__ import annotations

import pytest

from instruments.bundled import bundled
from instruments.checking import check_instrument, check_scoring
from instruments.document import LevelItem
from instruments.items import Answer
from instruments.scoring import compile_scorer
from instruments.words import OPT_OUT

WORK, KEYED = bundled("instrument")["self.digcompedu"], bundled("scoring")["self.digcompedu"]
FRAMEWORK = bundled("framework")["digcompedu"]
LEVELS = FRAMEWORK.scales["levels6"]
NAMES = ("A1", "A2", "B1", "B2", "C1", "C2")
LONGEST_STATEMENT = 100  # four lines on a phone


def questions() -> list[LevelItem]:
    return [item for item in WORK.items if isinstance(item, LevelItem)]


def test_there_is_nothing_to_remark() -> None:
    assert [*check_instrument(WORK), *check_scoring(WORK, KEYED, FRAMEWORK)] == []


def test_every_competence_is_asked_about_once() -> None:
    asked = [node for item in WORK.form("A").item_codes for node in KEYED.items[item].competences]
    assert asked == [node.code for node in FRAMEWORK.nodes if node.kind == "competence"]
    assert len(asked) == len(questions()) == 22


def test_a_section_holds_one_area() -> None:
    areas = [
        {node.split(".")[0] for item in section.items for node in KEYED.items[item].competences}
        for section in WORK.form("A").sections
    ]
    assert areas == [{block} for block in KEYED.blocks]


@pytest.mark.parametrize("item", questions(), ids=lambda item: item.code)
def test_six_short_statements_rise_and_one_may_pass(item: LevelItem) -> None:
    assert tuple(level.code for level in item.levels) == NAMES
    assert item.opt_out is True
    assert max(len(level.text["ru"]) for level in item.levels) <= LONGEST_STATEMENT


@pytest.mark.parametrize("level", NAMES)
def test_an_area_answered_on_one_level_has_that_level(level: str) -> None:
    answers: dict[str, Answer] = {item.code: level for item in questions()}
    scales = compile_scorer(WORK, KEYED, "A", framework=FRAMEWORK).score(answers, list(answers)).scales
    for block in KEYED.blocks:
        percent = scales[block].percent
        assert percent is not None
        assert LEVELS.level_of(percent).code == level


def test_no_statement_presumes_the_sex_of_the_teacher() -> None:
    said = {word for item in questions() for level in item.levels for word in _words(level.text["ru"])}
    assert not {"ввёл", "составил", "договорился", "наладил", "сделал", "провёл"} & said


def _words(text: str) -> list[str]:
    return [word.strip(",.;:—()«»").lower() for word in text.split()]


def test_the_instructions_name_the_row_of_no_answer_and_what_a_result_is_worth() -> None:
    assert f"«{OPT_OUT}»" in WORK.instructions["ru"]
    assert "а не измерение" in WORK.purpose["ru"]


def test_titles_are_said_in_english_too() -> None:
    named = [WORK.title, *(item.title for item in WORK.items)]
    named += [title for form in WORK.forms for title in (form.title, *(one.title for one in form.sections))]
    assert all(title.get("en") for title in named)
