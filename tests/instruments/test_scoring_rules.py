"""Points of one item by its type, and what a scale makes of them (methods.md §1)."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from instruments.document import Instrument, Item
from instruments.framework import Framework
from instruments.items import Answer
from instruments.keys import ItemKey, NumberKey
from instruments.scoring import Scoring, Status, compile_scorer, score_item, score_sitting

OPT_OUT: Answer = {"opt_out": True}
RIGHT = {"S1": "b", "S2": "b", "M1": ["a", "c"], "N1": 12.5, "T1": "рефлексия"}

# item, key, answer, points, status
Case: TypeAlias = tuple[str, ItemKey | None, Answer, float | None, Status]
POINTS: list[Case] = [
    ("S1", ItemKey(key="b"), "b", 1, Status.RIGHT),
    ("S1", ItemKey(key="b"), "a", 0, Status.WRONG),
    ("S1", ItemKey(key="b", points=3), "b", 3, Status.RIGHT),
    ("S1", ItemKey(key="b"), None, 0, Status.OMITTED),
    ("S1", ItemKey(key="b"), OPT_OUT, 0, Status.OPT_OUT),
    ("S1", ItemKey(), "b", None, Status.NOT_SCORED),
    ("S1", ItemKey(key="b", points=0), "b", None, Status.NOT_SCORED),
    ("S1", None, "b", None, Status.NOT_SCORED),
    ("M1", ItemKey(key=("a", "c"), points=2), ["a", "c"], 2, Status.RIGHT),
    ("M1", ItemKey(key=("a", "c"), points=2), ["a"], 1, Status.PARTIAL),
    ("M1", ItemKey(key=("a", "c"), points=2), ["a", "b"], 0, Status.WRONG),
    ("M1", ItemKey(key=("a", "c"), points=2), ["a", "b", "c"], 1, Status.PARTIAL),
    ("M1", ItemKey(key=("a", "c"), points=2), ["b", "d"], 0, Status.WRONG),
    ("M1", ItemKey(key=("a", "c"), points=2), [], 0, Status.OMITTED),
    ("M1", ItemKey(key=("a", "b", "c")), ["a", "b"], 2 / 3, Status.PARTIAL),
    ("L1", ItemKey(), 1, 0, Status.RATED),
    ("L1", ItemKey(), 2, 0.5, Status.RATED),
    ("L1", ItemKey(), 3, 1, Status.RATED),
    ("L1", ItemKey(reverse=True), 3, 0, Status.RATED),
    ("L1", ItemKey(points=4), 2, 2, Status.RATED),
    ("L1", ItemKey(), None, None, Status.OMITTED),
    ("L1", ItemKey(), OPT_OUT, None, Status.OPT_OUT),
    ("N1", ItemKey(key=NumberKey(value=12, tolerance=0.1)), 12.1, 1, Status.RIGHT),
    ("N1", ItemKey(key=NumberKey(value=12, tolerance=0.1)), 11.9, 1, Status.RIGHT),
    ("N1", ItemKey(key=NumberKey(value=12, tolerance=0.1)), 12.11, 0, Status.WRONG),
    ("N1", ItemKey(key=NumberKey(value=0.3)), 0.1 + 0.2, 1, Status.RIGHT),
    ("T1", ItemKey(key=("Учёт", "мониторинг")), "учет", 1, Status.RIGHT),
    ("T1", ItemKey(key=("обратная связь",)), " Обратная \n СВЯЗЬ ", 1, Status.RIGHT),
    ("T1", ItemKey(key=("учёт",)), "отчёт", 0, Status.WRONG),
    ("FREE", ItemKey(), "слова", None, Status.NOT_SCORED),
    ("READ", ItemKey(), None, None, Status.NOT_SCORED),
]


@pytest.mark.parametrize("case", POINTS, ids=lambda case: f"{case[0]}-{case[2]}")
def test_an_item_is_scored_by_the_rule_of_its_type(workshop: Instrument, case: Case) -> None:
    code, key, answer, points, status = case
    score = score_item(workshop.item(code), key, answer)
    assert score.points == (None if points is None else pytest.approx(points))
    assert score.status is status


def test_an_item_never_shown_is_missing_and_not_wrong(workshop: Instrument) -> None:
    item: Item = workshop.item("S1")
    score = score_item(item, ItemKey(key="b", points=2), None, shown=False)
    assert score == (None, 2, Status.UNREACHED)


@pytest.fixture
def score(workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework):  # noqa: ANN201  a maker
    def run(answers: dict[str, Answer], shown: set[str] | None = None):  # noqa: ANN202  a maker
        seen = set(workshop.form("A").item_codes) if shown is None else shown
        return score_sitting(workshop, workshop_scoring, "A", answers, seen, framework=workshop_framework)

    return run


def test_a_parent_pools_the_items_of_its_nodes_and_not_their_means(score) -> None:  # noqa: ANN001  a maker
    scales = score({"S1": "b", "S2": "b", "M1": ["a"], "N1": 1, "T1": "x"}).scales
    # METH.1: S1 1/1, S2 1/1, half of M1 0.5/1 · METH.2: half of M1 0.5/1, N1 0/1, T1 0/1
    assert scales["METH.1"].percent == pytest.approx(100 * 2.5 / 3)
    assert scales["METH.2"].percent == pytest.approx(100 * 0.5 / 3)
    assert scales["METH"][:3] == pytest.approx((3.0, 6.0, 50.0))
    assert scales["METH"].n_items == 5


def test_scales_come_in_the_order_of_the_framework(score) -> None:  # noqa: ANN001  a maker
    assert list(score({}).scales) == ["METH", "METH.1", "METH.2", "OPIN"]


def test_omitted_items_count_as_zero_and_are_counted(score) -> None:  # noqa: ANN001  a maker
    block = score({"S1": "b"}).scales["METH"]
    assert (block.maximum, block.omitted, block.answered) == (6, 4, 1)
    assert block.percent == pytest.approx(100 / 6)


def test_unreached_items_leave_the_maximum_and_are_counted_apart(score) -> None:  # noqa: ANN001  a maker
    block = score({"S1": "b", "S2": "b", "M1": ["a", "c"]}, {"S1", "S2", "M1", "N1"}).scales["METH"]
    assert (block.points, block.maximum, block.omitted, block.unreached) == (4, 5, 1, 1)
    assert block.percent == pytest.approx(80)


def test_a_block_mostly_unreached_has_no_per_cent(score) -> None:  # noqa: ANN001  a maker
    block = score({"S1": "b", "S2": "b", "M1": ["a", "c"]}, {"S1", "S2", "M1"}).scales["METH"]
    assert (block.percent, block.unreached) == (None, 2)


def test_an_answered_item_counts_as_shown(score) -> None:  # noqa: ANN001  a maker
    assert score(RIGHT, set()).scales["METH"].percent == 100


def test_a_scale_of_opinion_needs_seventy_per_cent_of_answers(score) -> None:  # noqa: ANN001  a maker
    two_of_three = score({"L1": 3, "L2": 3}).scales["OPIN"]
    assert (two_of_three.percent, two_of_three.omitted) == (None, 1)
    assert score({"L1": 3, "L2": 3, "L3": 3}).scales["OPIN"].percent == pytest.approx(100 * 2 / 3)


def test_an_opt_out_on_a_scale_of_opinion_is_missing(score) -> None:  # noqa: ANN001  a maker
    opinion = score({"L1": 3, "L2": OPT_OUT, "L3": 1}).scales["OPIN"]
    assert (opinion.points, opinion.maximum, opinion.opt_out, opinion.percent) == (2, 2, 1, None)


@pytest.mark.parametrize(("answered", "has_value"), [(7, True), (6, False)])
def test_seven_of_ten_answers_are_just_enough(
    workshop: Instrument, workshop_framework: Framework, answered: int, has_value: bool
) -> None:
    items = tuple(workshop.item("L1").model_copy(update={"code": f"L{n}"}) for n in range(10))
    form = workshop.form("A").model_copy(
        update={
            "sections": (
                workshop.form("A").sections[0].model_copy(update={"items": tuple(i.code for i in items)}),
            )
        }
    )
    survey = Instrument.model_validate({**dict(workshop), "items": items, "forms": (form,)})
    keys = {item.code: ItemKey(competences={"OPIN": 1}) for item in items}
    scoring = Scoring(
        kind="scoring", code="s", instrument="workshop", framework="workshop", preset="levels3", items=keys
    )
    scorer = compile_scorer(survey, scoring, "A", framework=workshop_framework)
    answers: dict[str, Answer] = {f"L{n}": 3 for n in range(answered)}
    assert (scorer.score(answers, answers).scales["OPIN"].percent is not None) is has_value


def test_all_right_is_exactly_one_hundred_in_every_scale(score) -> None:  # noqa: ANN001  a maker
    scales = score(RIGHT).scales
    assert [scales[code].percent for code in ("METH", "METH.1", "METH.2")] == [100, 100, 100]


def test_words_to_read_and_free_words_feed_no_scale(score) -> None:  # noqa: ANN001  a maker
    result = score({"FREE": "много слов"})
    assert result.items["FREE"].status is Status.NOT_SCORED
    assert result.total.n_items == 8


def test_an_unknown_form_is_an_error(
    workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework
) -> None:
    with pytest.raises(KeyError):
        compile_scorer(workshop, workshop_scoring, "Z", framework=workshop_framework)
