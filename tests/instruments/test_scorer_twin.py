"""The compiled scorer against a naive twin, and what must hold for any sitting."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.document import Instrument
from instruments.framework import Framework
from instruments.items import Answer, Status
from instruments.keys import ItemKey
from instruments.scoring import Scoring, compile_scorer

FORM = "A"
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "S1": st.sampled_from(["a", "b", "c", None]),
        "S2": st.sampled_from(["a", "b", "c"]),
        "M1": st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True),
        "N1": st.floats(0, 100) | st.integers(0, 100) | st.just(12.5),
        "T1": st.sampled_from(["Рефлексия", "самоанализ", "иное", ""]),
        "L1": st.sampled_from([1, 2, 3, {"opt_out": True}]),
        "L2": st.sampled_from([1, 2, 3, None]),
        "L3": st.sampled_from([1, 2, 3]),
        "FREE": st.text(max_size=5),
    },
)
SHOWN = st.frozensets(st.sampled_from(["READ", "S1", "S2", "M1", "N1", "T1", "L1", "L2", "L3", "FREE"]))

Missing = tuple[float | None, str]


def naive_points(code: str, key: ItemKey, answer: Answer, shown: bool) -> Missing:
    """Points of one workshop item, written out without tables."""
    opinion = code.startswith("L")
    if answer in (None, "", []):
        return (None if opinion or not shown else 0.0, "omitted" if shown else "unreached")
    if answer == {"opt_out": True}:
        return (None if opinion else 0.0, "opt_out")
    if opinion:
        assert isinstance(answer, int)
        return ((3 - answer) / 2 if key.reverse else (answer - 1) / 2, "rated")
    return (naive_credit(code, answer) * key.points, "judged")


def naive_credit(code: str, answer: Answer) -> float:
    if code == "M1":
        assert isinstance(answer, list)
        right = sum(choice in ("a", "c") for choice in answer)
        return max(0, right - (len(answer) - right)) / 2
    if code == "N1":
        assert isinstance(answer, (int, float))
        return float(12 <= answer <= 13)
    return float(answer in ("b", "Рефлексия", "самоанализ"))


def naive_percent(
    scoring: Scoring, answers: dict[str, Answer], shown: frozenset[str], scale: str
) -> tuple[float | None, int]:
    points, maximum, items, missing = [], [], 0, 0
    for code, key in scoring.items.items():
        weight = sum(
            share for node, share in key.competences.items() if node.split(".")[0] == scale or node == scale
        )
        if not weight or code == "S3":
            continue
        items += 1
        got, _ = naive_points(code, key, answers.get(code), code in shown)
        if got is None:
            missing += 1
            continue
        points.append(weight * got)
        maximum.append(weight * key.points)
    enough = maximum and (items - missing) / items >= 0.7
    return (100 * math.fsum(points) / math.fsum(maximum) if enough else None), items


@given(answers=ANSWERS, shown=SHOWN)
def test_the_compiled_scorer_agrees_with_its_naive_twin(
    workshop: Instrument,
    workshop_scoring: Scoring,
    workshop_framework: Framework,
    answers: dict[str, Answer],
    shown: frozenset[str],
) -> None:
    scorer = compile_scorer(workshop, workshop_scoring, FORM, framework=workshop_framework)
    scales = scorer.score(answers, shown).scales
    for code, scale in scales.items():
        percent, n_items = naive_percent(workshop_scoring, answers, shown, code)
        assert scale.n_items == n_items
        assert scale.percent == (None if percent is None else pytest.approx(percent))


@given(answers=ANSWERS, shown=SHOWN)
def test_points_stay_between_zero_and_the_maximum(
    workshop: Instrument,
    workshop_scoring: Scoring,
    workshop_framework: Framework,
    answers: dict[str, Answer],
    shown: frozenset[str],
) -> None:
    result = compile_scorer(workshop, workshop_scoring, FORM, framework=workshop_framework).score(
        answers, shown
    )
    assert all(
        0 <= score.points <= score.maximum for score in result.items.values() if score.points is not None
    )
    for scale in (*result.scales.values(), result.total):
        assert scale.percent is None or 0 <= scale.percent <= 100
        assert scale.n_items == scale.answered + scale.omitted + scale.unreached + scale.opt_out


@given(answers=ANSWERS, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_answers_and_of_choices_does_not_matter(
    workshop: Instrument,
    workshop_scoring: Scoring,
    workshop_framework: Framework,
    answers: dict[str, Answer],
    shuffle: object,
) -> None:
    scorer = compile_scorer(workshop, workshop_scoring, FORM, framework=workshop_framework)
    codes = list(answers)
    shuffle.shuffle(codes)  # type: ignore[attr-defined]  # random.Random of hypothesis
    mixed = {code: _reversed(answers[code]) for code in codes}
    assert scorer.score(mixed, frozenset(codes)) == scorer.score(answers, frozenset(codes))


def _reversed(answer: Answer) -> Answer:
    return answer[::-1] if isinstance(answer, list) else answer


@given(answers=ANSWERS)
def test_a_right_answer_instead_of_another_never_lowers_a_scale(
    workshop: Instrument, workshop_scoring: Scoring, workshop_framework: Framework, answers: dict[str, Answer]
) -> None:
    scorer = compile_scorer(workshop, workshop_scoring, FORM, framework=workshop_framework)
    everything = frozenset(workshop.form(FORM).item_codes)
    before = scorer.score(answers, everything)
    after = scorer.score({**answers, "S1": "b"}, everything)
    assert after.items["S1"].status is Status.RIGHT
    assert after.scales["METH"].points >= before.scales["METH"].points
