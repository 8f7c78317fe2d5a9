"""The shipped questionnaires keep to their specification: how many, of what, in which words."""

from __future__ import annotations

from collections import Counter

import pytest

from instruments.bundled import bundled
from instruments.document import LikertItem
from instruments.words import OPT_OUT

SCHOOL = bundled("instrument")["self.school"]
BY_ITEM = {
    code: {item: next(iter(key.competences)) for item, key in bundled("scoring")[code].items.items()}
    for code in ("self.school", "self.teacher")
}
LONGEST_STATEMENT = 100  # four lines on a phone


def asked(form: str) -> list[str]:
    return [code for code in SCHOOL.form(form).item_codes if code in BY_ITEM["self.school"]]


@pytest.mark.parametrize(("form", "count"), [("sheet", 42), ("teacher", 42), ("pupil", 16), ("parent", 14)])
def test_each_audience_is_asked_as_much_as_promised(form: str, count: int) -> None:
    assert len(asked(form)) == count


@pytest.mark.parametrize(("zone", "count"), [("Z1", 12), ("Z2", 10), ("Z3", 10), ("Z4", 10)])
def test_zones_hold_their_share_of_the_statements(zone: str, count: int) -> None:
    directions = Counter(node for node in BY_ITEM["self.school"].values() if node.startswith(zone))
    assert directions.total() == count
    assert min(directions.values()) >= 3


@pytest.mark.parametrize("form", ["pupil", "parent"])
def test_a_direction_that_pupils_or_parents_judge_rests_on_two_statements(form: str) -> None:
    assert set(Counter(BY_ITEM["self.school"][code] for code in asked(form)).values()) == {2}


@pytest.mark.parametrize("form", ["pupil", "parent"])
def test_what_is_asked_of_a_child_or_parent_is_in_their_own_words(form: str) -> None:
    own = {item.code for item in SCHOOL.items if form in item.wording}
    assert own == set(asked(form))


def test_administration_and_teachers_vote_on_every_direction() -> None:
    importance = bundled("scoring")["self.school"].importance
    assert set(importance.values()) == set(BY_ITEM["self.school"].values())
    for form in ("sheet", "teacher"):
        assert set(importance) <= set(SCHOOL.form(form).item_codes)
    for form in ("pupil", "parent"):
        assert not set(importance) & set(SCHOOL.form(form).item_codes)


def test_everybody_but_the_sheet_may_say_it_in_own_words() -> None:
    assert [form.code for form in SCHOOL.forms if "OPEN" in form.item_codes] == ["teacher", "pupil", "parent"]


def test_teachers_answer_36_statements_of_seven_blocks() -> None:
    blocks = Counter(node.split(".")[0] for node in BY_ITEM["self.teacher"].values())
    assert blocks == {"SUBJ": 4, "METH": 6, "PSYP": 5, "COMM": 5, "EVAL": 5, "ICT": 8, "FLIT": 3}


def test_self_and_test_stand_side_by_side_in_every_competence_of_the_test() -> None:
    tested = {node for key in bundled("scoring")["test.method"].items.values() for node in key.competences}
    assert tested <= set(BY_ITEM["self.teacher"].values())


@pytest.mark.parametrize("code", BY_ITEM)
def test_statements_are_short_positive_and_on_one_scale(code: str) -> None:
    statements = [item for item in bundled("instrument")[code].items if item.code in BY_ITEM[code]]
    scales = [item.scale for item in statements if isinstance(item, LikertItem) and item.opt_out]
    assert scales == scales[:1] * len(statements)
    assert not any(key.reverse for key in bundled("scoring")[code].items.values())
    for item in statements:
        for words in (item.text["ru"], *(texts["ru"] for texts in item.wording.values())):
            assert len(words) <= LONGEST_STATEMENT
            assert not {"не", "нет", "или", "и/или"} & set(words.lower().replace(",", "").split())


def test_the_classes_of_zones_have_their_borders() -> None:
    zones = bundled("framework")["school.zones"].scales["zones"]
    assert [zones.level_of(index).code for index in (0, 49.9, 50, 69.9, 70, 100)] == [
        "problem", "problem", "attention", "attention", "sound", "sound",
    ]  # fmt: skip
    assert zones.is_deficit(49.9)
    assert not zones.is_deficit(50)


@pytest.mark.parametrize("code", BY_ITEM)
def test_instructions_name_the_row_of_no_opinion_as_the_page_does(code: str) -> None:
    work = bundled("instrument")[code]
    for form in work.forms:
        assert f"«{OPT_OUT}»" in work.instructions_of(form.code)["ru"]
