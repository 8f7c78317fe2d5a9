"""Points of arranged, long and self-told answers, and what must hold for any of them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.document import (
    Choice,
    Instrument,
    OrderingItem,
    ScalePoint,
    TextItem,
    is_free_text,
    is_opinion,
    is_question,
)
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.items import Answer, read
from instruments.keys import Criterion, ItemKey, RubricKey, RubricLevel
from instruments.scoring import Scoring, Status, compile_scorer, score_item
from tests.instruments.conftest import SAMPLES
from tests.instruments.test_answer_reading import (
    CONSENT,
    FREQUENCY,
    LEVEL,
    LONG_TEXT,
    MATCHING,
    OBSERVATION,
    ORDERING,
)

OPT_OUT: Answer = {"opt_out": True}
RUBRIC = RubricKey(
    criteria=(
        Criterion(
            code="c1",
            title={"ru": "Причина"},
            levels=tuple(RubricLevel(points=points, text={"ru": "Так"}) for points in (0, 1, 3)),
        ),
    )
)
PAIRS = ItemKey(key={"p1": "a", "p2": "b"}, points=2)
ORDER = ItemKey(key=("b", "c", "a"), points=3)
MARKED = ItemKey(key=RUBRIC, points=3)

POINTS: list[tuple[Any, ItemKey, Answer, float | None, Status]] = [
    (MATCHING, PAIRS, {"p1": "a", "p2": "b"}, 2, Status.RIGHT),
    (MATCHING, PAIRS, {"p1": "a", "p2": "a"}, 1, Status.PARTIAL),
    (MATCHING, PAIRS, {"p1": "a"}, 1, Status.PARTIAL),
    (MATCHING, PAIRS, {"p1": "b", "p2": "a"}, 0, Status.WRONG),
    (MATCHING, PAIRS, None, 0, Status.OMITTED),
    (MATCHING, ItemKey(), {"p1": "a"}, None, Status.NOT_SCORED),
    (MATCHING, ItemKey(key=("a", "b")), {"p1": "a"}, None, Status.NOT_SCORED),
    (ORDERING, ORDER, ["b", "c", "a"], 3, Status.RIGHT),
    (ORDERING, ORDER, ["c", "b", "a"], 1, Status.PARTIAL),
    (ORDERING, ORDER, ["b", "a", "c"], 1, Status.PARTIAL),
    (ORDERING, ORDER, ["a", "b", "c"], 0, Status.WRONG),
    (ORDERING, ORDER, ["a", "c", "b"], 0, Status.WRONG),
    (ORDERING, ORDER, None, 0, Status.OMITTED),
    (ORDERING, ItemKey(key="b"), ["b", "c", "a"], None, Status.NOT_SCORED),
    (LONG_TEXT, MARKED, "слова", None, Status.AWAITING),
    (LONG_TEXT, MARKED, None, 0, Status.OMITTED),
    (LONG_TEXT, ItemKey(), "слова", None, Status.NOT_SCORED),
    (LEVEL, ItemKey(points=2), "a", 0, Status.RATED),
    (LEVEL, ItemKey(points=2), "b", 1, Status.RATED),
    (LEVEL, ItemKey(points=2), "c", 2, Status.RATED),
    (LEVEL, ItemKey(), None, None, Status.OMITTED),
    (LEVEL, ItemKey(), OPT_OUT, None, Status.OPT_OUT),
    (FREQUENCY, ItemKey(), 1, 0, Status.RATED),
    (FREQUENCY, ItemKey(reverse=True), 1, 1, Status.RATED),
    (OBSERVATION, ItemKey(points=3), 2, 2, Status.RATED),
    (OBSERVATION, ItemKey(points=3), OPT_OUT, None, Status.OPT_OUT),
]


@pytest.mark.parametrize(("item", "key", "answer", "points", "status"), POINTS)
def test_an_answer_is_scored_by_the_rule_of_its_type(
    item: Any, key: ItemKey, answer: Answer, points: float | None, status: Status
) -> None:
    score = score_item(item, key, answer)
    assert score.points == (None if points is None else pytest.approx(points))
    assert score.status is status


def test_a_rubric_is_worth_its_best_levels() -> None:
    assert (RUBRIC.most, RUBRIC.criteria[0].most) == (3, 3)


@given(st.floats(0.001, 1000), st.integers(2, 12))
def test_all_parts_right_are_the_full_points_to_the_last_bit(points: float, size: int) -> None:
    codes = tuple(f"o{number}" for number in range(size))
    options = tuple(Choice(code=code, text={"ru": code}) for code in codes)
    item = OrderingItem(code="R", type="ordering", title={}, text={}, options=options)
    assert score_item(item, ItemKey(key=codes, points=points), list(codes)).status is Status.RIGHT


@given(st.permutations("abcde"), st.permutations("abcde"))
def test_points_of_an_order_follow_the_pairs_and_never_fall_below_zero(
    key: list[str], answer: list[str]
) -> None:
    options = tuple(Choice(code=code, text={"ru": code}) for code in "abcde")
    item = OrderingItem(code="R", type="ordering", title={}, text={}, options=options)
    points = score_item(item, ItemKey(key=tuple(key), points=10), answer).points
    swapped = sum(answer.index(first) > answer.index(second) for first, second in combinations(key, 2))
    assert points == pytest.approx(max(0, 10 - 2 * swapped))


@given(st.dictionaries(st.sampled_from(["p1", "p2"]), st.sampled_from(["a", "b", "c"])))
def test_each_right_pair_brings_its_share(given_pairs: dict[str, str]) -> None:
    stored = read(MATCHING, given_pairs).answer
    right = sum(given_pairs.get(prompt) == option for prompt, option in {"p1": "a", "p2": "b"}.items())
    assert score_item(MATCHING, PAIRS, stored).points == right


ANY: list[tuple[Any, ItemKey]] = [
    (MATCHING, PAIRS),
    (ORDERING, ORDER),
    (LONG_TEXT, MARKED),
    (LEVEL, ItemKey(points=2)),
    (FREQUENCY, ItemKey(points=2, reverse=True)),
    (OBSERVATION, ItemKey(points=3)),
    (CONSENT, ItemKey()),
]
RAW = (
    st.none()
    | st.integers(-1, 6)
    | st.sampled_from(["a", "b", "слова", ""])
    | st.permutations("abc")
    | st.lists(st.sampled_from("abc"))
    | st.dictionaries(
        st.sampled_from(["p1", "p2", "a", "b", "c"]), st.sampled_from(["a", "b", "1", "2", "3"])
    )
    | st.sampled_from([OPT_OUT, {"agreed": True}])
)


@given(st.sampled_from(ANY), RAW)
def test_whatever_is_stored_is_scored_within_the_points_of_its_key(
    pair: tuple[Any, ItemKey], raw: object
) -> None:
    item, key = pair
    reading = read(item, raw)
    score = score_item(item, key, reading.answer)
    assert score.points is None or 0 <= score.points <= key.points
    assert (score.status is Status.OMITTED) == (reading.answer is None and item is not CONSENT)


SHORT = TextItem(code="T", type="text", title={}, text={})
EXACT = SHORT.model_copy(update={"exact": True})
WRITTEN: list[tuple[TextItem, str, str, bool]] = [
    (SHORT, "учёт", "УЧЕТ.", True),
    (SHORT, "обратная связь", "  обратная\u00a0 связь . ", True),
    (SHORT, "т. е.", "т. е", True),
    (SHORT, "учёт", "у.чет", False),
    (EXACT, "Учёт", "Учёт", True),
    (EXACT, "Учёт", "учёт", False),
    (EXACT, "Учёт", "Учет", False),
    (EXACT, "Учёт", "Учёт.", False),
    (EXACT, "й", "\u0438\u0306", True),
]


@pytest.mark.parametrize(("item", "key", "typed", "right"), WRITTEN)
def test_a_short_answer_is_compared_as_its_author_says(
    item: TextItem, key: str, typed: str, *, right: bool
) -> None:
    answer = read(item, typed).answer
    assert (score_item(item, ItemKey(key=(key,)), answer).status is Status.RIGHT) is right


@given(st.text(max_size=30))
def test_an_exact_answer_is_right_when_it_is_its_own_key(words: str) -> None:
    answer = read(EXACT, words).answer
    if isinstance(answer, str):
        assert score_item(EXACT, ItemKey(key=(answer,)), answer).status is Status.RIGHT


def test_an_answer_that_waits_enters_no_scale_and_is_counted_apart(
    keyed: Instrument, workshop_framework: Framework
) -> None:
    scoring = read_document(SAMPLES / "keyed.scoring.yaml")
    assert isinstance(scoring, Scoring)
    scorer = compile_scorer(keyed, scoring, "A", framework=workshop_framework)
    answers: dict[str, Answer] = {"P1": {"p1": "a", "p2": "b"}, "R1": ["b", "c", "a"], "W1": "слова"}
    whole = scorer.score(answers, keyed.form("A").item_codes).scales["METH"]
    assert (whole.points, whole.maximum) == (5, 5)
    assert (whole.answered, whole.awaiting, whole.n_items) == (2, 1, 3)
    alone = scorer.score(answers, keyed.form("A").item_codes).scales["METH.2"]
    assert (alone.percent, alone.awaiting) == (None, 1)


def test_the_usual_five_marks_are_left_out_of_the_document() -> None:
    assert "scale" not in FREQUENCY.model_dump(exclude_defaults=True)
    assert [point.value for point in FREQUENCY.scale] == [1, 2, 3, 4, 5]
    own = FREQUENCY.model_copy(update={"scale": (ScalePoint(value=1, text={"ru": "Раз"}),)})
    assert "scale" in own.model_dump(exclude_defaults=True)


def test_own_words_and_self_told_answers_are_known_by_their_type(
    keyed: Instrument, workshop: Instrument
) -> None:
    items = [*keyed.items, *workshop.items]
    assert {item.type for item in items if is_free_text(item)} == {"text", "long_text"}
    assert {item.type for item in items if is_opinion(item)} == {"likert", "level"}
    assert {item.type for item in items if not is_question(item)} == {"info", "consent"}
