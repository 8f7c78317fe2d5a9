"""Questionnaires: a form in the words of its audience, an index of 0 to 100, votes on importance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.bundled import bundled
from instruments.checking import check_instrument, check_scoring
from instruments.document import Instrument
from instruments.framework import Framework
from instruments.items import Answer
from instruments.scoring import Scoring, compile_scorer, importance_votes
from instruments.versions import Change, change_between

SCHOOL = bundled("instrument")["self.school"]
KEYED = bundled("scoring")["self.school"]
ZONES = bundled("framework")["school.zones"]
OPT_OUT: Answer = {"opt_out": True}


def index(answers: dict[str, Answer], scale: str, form: str = "teacher") -> float | None:
    scorer = compile_scorer(SCHOOL, KEYED, form, framework=ZONES)
    return scorer.score(answers, SCHOOL.form(form).item_codes).scales[scale].percent


def test_a_form_speaks_to_its_audience_and_else_the_work_speaks(workshop: Instrument) -> None:
    assert SCHOOL.instructions_of("pupil")["ru"].startswith("Это не контрольная")
    assert SCHOOL.purpose_of("pupil") != SCHOOL.purpose_of("parent")
    assert (SCHOOL.minutes_of("sheet"), SCHOOL.minutes_of("pupil")) == (40, 7)
    assert workshop.instructions_of("A") == workshop.instructions
    assert workshop.purpose_of("A") == workshop.purpose
    assert workshop.minutes_of("B") == workshop.minutes == 5


def test_an_unknown_form_has_no_words() -> None:
    for told in (SCHOOL.instructions_of, SCHOOL.purpose_of, SCHOOL.minutes_of):
        with pytest.raises(KeyError):
            told("nobody")


@pytest.mark.parametrize(
    ("update", "change"),
    [
        ({"purpose": {"ru": "Иначе"}}, Change.COSMETIC),
        ({"instructions": {"ru": "Иначе"}}, Change.EQUIVALENT),
        ({"minutes": 8}, Change.EQUIVALENT),
    ],
)
def test_other_words_around_the_questions_keep_results_comparable(
    update: dict[str, object], change: Change
) -> None:
    forms = tuple(form.model_copy(update=update) if form.code == "pupil" else form for form in SCHOOL.forms)
    assert change_between(SCHOOL, SCHOOL.model_copy(update={"forms": forms})) is change


@given(st.lists(st.integers(1, 4), min_size=3, max_size=3))
def test_the_index_is_the_mean_minus_one_over_three(marks: list[int]) -> None:
    answers: dict[str, Answer] = dict(zip(("Q101", "Q102", "Q103"), marks, strict=True))
    assert index(answers, "Z1.1") == pytest.approx((sum(marks) / 3 - 1) / 3 * 100)


@pytest.mark.parametrize("nothing", [None, OPT_OUT])
def test_no_answer_is_missing_and_never_zero(nothing: Answer) -> None:
    three_of_four: dict[str, Answer] = {"Q401": 4, "Q402": 4, "Q403": 4, "Q404": nothing}
    assert index(three_of_four, "Z4.1") == 100


def test_too_few_answers_give_no_index() -> None:
    assert index({"Q101": 4, "Q102": 4}, "Z1.1") is None
    assert index({"Q101": 4, "Q102": 4}, "Z1.1", form="pupil") == 100


def test_votes_run_from_nothing_to_a_hundred_and_enter_no_index() -> None:
    answers: dict[str, Answer] = {"V11": 1, "V12": 4, "V13": 3, "V21": OPT_OUT, "V22": None, "Q101": 4}
    assert importance_votes(SCHOOL, KEYED, "teacher", answers) == {
        "Z1.1": 0,
        "Z1.2": 100,
        "Z1.3": pytest.approx(200 / 3),
    }
    assert index(answers, "Z1.2") is None


def test_whoever_is_not_asked_has_no_vote() -> None:
    assert importance_votes(SCHOOL, KEYED, "pupil", {"V11": 4}) == {}


def test_pupils_need_no_questions_about_what_only_teachers_see() -> None:
    assert {problem.code for problem in check_scoring(SCHOOL, KEYED, ZONES)} == set()


def test_a_zone_that_nobody_is_asked_about_is_empty_for_everybody() -> None:
    others = {code: key for code, key in KEYED.items.items() if not code.startswith("Q4")}
    left = {item for item in KEYED.items if item not in others}
    asked = SCHOOL.model_copy(update={"items": tuple(i for i in SCHOOL.items if i.code not in left)})
    empty = [
        problem
        for problem in check_scoring(asked, KEYED.model_copy(update={"items": others}), ZONES)
        if problem.code == "block_empty"
    ]
    assert [problem.params["form"] for problem in empty] == ["sheet", "teacher", "pupil", "parent"]


def test_parallel_forms_must_all_feed_a_block(
    workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework
) -> None:
    first = workshop.forms[0].sections[0]
    short = workshop.forms[0].model_copy(update={"sections": (first,)})
    uneven = workshop.model_copy(update={"forms": (short, workshop.forms[1])})
    opinions = workshop_scoring.model_copy(update={"blocks": ("OPIN",)})
    problems = check_scoring(uneven, opinions, workshop_framework)
    assert [(p.code, p.params["form"]) for p in problems if p.where == "blocks.OPIN"] == [
        ("block_empty", "A")
    ]
    by_audience = uneven.model_copy(update={"forms_purpose": "audience"})
    assert not [
        p for p in check_scoring(by_audience, opinions, workshop_framework) if p.where == "blocks.OPIN"
    ]


def test_a_translation_of_a_form_is_asked_for_like_any_other() -> None:
    forms = tuple(form.model_copy(update={"instructions": {"ru": "Отвечайте"}}) for form in SCHOOL.forms)
    found = check_instrument(SCHOOL.model_copy(update={"forms": forms}))
    assert {problem.code for problem in found} == {"translation_missing"}
    assert len(found) == len(SCHOOL.forms)
