from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.adaptive.bank import Bank
from diagnostics.measurement.adaptive.choosing import open_contents
from diagnostics.measurement.adaptive.live import Answer, Ask, Source, Step, Stop, Why, step
from diagnostics.measurement.adaptive.plan import FixedForm, Plan, plan
from diagnostics.measurement.adaptive.population import category
from diagnostics.measurement.adaptive.rules import Quota, Rules
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import adaptive as slow

CONTENTS = ("plan", "teach", "assess")


def rng(number: int = 0) -> np.random.Generator:
    return np.random.default_rng(number)


def walk(
    test: Plan, scores: list[int], barred: frozenset[str] = frozenset()
) -> tuple[list[Step], list[Answer]]:
    """A whole test: the answers come from `scores` in turn, held within what the item can have."""
    steps, answers = [], list[Answer]()
    for number in range(200):
        steps.append(step(test, answers, rng(number), barred=barred))
        move = steps[-1].move
        if isinstance(move, Stop):
            return steps, answers
        item = test.bank.items[test.bank.place(move.item)]
        answers.append(Answer(item.name, item.lowest + min(scores[number % len(scores)], item.maximum)))
    raise AssertionError("it never ends")


def test_the_first_item_is_one_of_the_best_for_the_middle_of_the_population(rasch_bank: Bank) -> None:
    move = step(plan(rasch_bank, Rules(most=10, choose_from=1)), [], rng()).move

    assert isinstance(move, Ask)
    best = min(rasch_bank.items, key=lambda item: abs(item.location))
    chosen = rasch_bank.items[rasch_bank.place(move.item)]
    assert abs(chosen.location) == pytest.approx(abs(best.location), abs=0.05)


@settings(max_examples=25, deadline=None)
@given(scores=st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_each_step_is_that_of_the_slow_twin(mixed_bank: Bank, scores: list[int]) -> None:
    test = plan(mixed_bank, Rules(most=8, choose_from=1))
    steps, answers = walk(test, scores)

    for number in (0, 4, 7):
        known = [
            (item, category(item, one.score))
            for one in answers[:number]
            for item in [mixed_bank.items[mixed_bank.place(one.item)]]
        ]
        mean, sd = slow.moments(known, mixed_bank.nodes.tolist(), 0.0, 1.0)
        assert steps[number].ability == pytest.approx(mean, abs=1e-9)
        assert steps[number].error == pytest.approx(sd, abs=1e-7)
        left = [item for item in mixed_bank.items if item not in [one for one, _ in known]]
        best = max(slow.information(item, mean) for item in left)
        taken = mixed_bank.items[mixed_bank.place(answers[number].item)]
        assert slow.information(taken, mean) > 0.95 * best


quotas = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), min_size=3, max_size=3).map(
    lambda pairs: tuple(
        Quota(name, low, low + room) for name, (low, room) in zip(CONTENTS, pairs, strict=True)
    )
)


@settings(max_examples=40, deadline=None)
@given(
    parts=quotas,
    extra=st.integers(0, 8),
    scores=st.lists(st.integers(0, 1), min_size=1, max_size=6),
    error=st.sampled_from([None, 0.6, 0.45]),
    cut=st.sampled_from([None, -0.5]),
    choose_from=st.integers(1, 8),
)
def test_a_test_keeps_to_its_quotas_and_asks_nothing_twice(
    rasch_bank: Bank,
    parts: tuple[Quota, ...],
    extra: int,
    scores: list[int],
    error: float | None,
    cut: float | None,
    choose_from: int,
) -> None:
    most = max(1, sum(quota.least for quota in parts) + extra)
    if sum(quota.most for quota in parts) < 1:
        return
    rules = Rules(most=most, quotas=parts, error=error, cut=cut, choose_from=choose_from)
    steps, answers = walk(plan(rasch_bank, rules), scores)

    end = steps[-1].move
    assert isinstance(end, Stop)
    names = [one.item for one in answers]
    assert len(set(names)) == len(names) <= most
    asked = [rasch_bank.contents[rasch_bank.content[rasch_bank.place(name)]] for name in names]
    for quota in parts:
        assert quota.least <= asked.count(quota.content) <= quota.most
    if end.why is Why.EXHAUSTED:
        assert len(names) == sum(min(quota.most, 20) for quota in parts) < most
    elif end.why is Why.LENGTH:
        assert len(names) == most


@given(parts=quotas, extra=st.integers(0, 8), path=st.lists(st.integers(0, 2), max_size=12))
def test_contents_that_are_open_agree_with_the_slow_twin(
    rasch_bank: Bank, parts: tuple[Quota, ...], extra: int, path: list[int]
) -> None:
    """A content may be asked when afterwards the rest can still be filled; on every way there."""
    most = max(1, sum(quota.least for quota in parts) + extra)
    if sum(quota.most for quota in parts) < 1:
        return
    test = plan(rasch_bank, Rules(most=most, quotas=parts))
    names, counts = rasch_bank.contents, dict.fromkeys(rasch_bank.contents, 0)
    low, high = ({quota.content: getattr(quota, side) for quota in parts} for side in ("least", "most"))
    for wish in path[: most - 1]:
        is_open = open_contents(test, np.array([[counts[name] for name in names]]))[0]
        expected = slow.open_contents(counts, low, high, most - sum(counts.values()))
        assert {name for name, ok in zip(names, is_open, strict=True) if ok} == expected
        if not expected:
            return
        counts[sorted(expected)[wish % len(expected)]] += 1


def test_the_same_answers_and_generator_give_the_same_step(rasch_bank: Bank) -> None:
    test = plan(rasch_bank, Rules(most=10))
    answers = (Answer("i3", 1), Answer("i8", 0))
    assert step(test, answers, rng(7)) == step(test, answers, rng(7))


def test_the_draw_spreads_the_first_item_over_the_best_ones(rasch_bank: Bank) -> None:
    test = plan(rasch_bank, Rules(most=10, choose_from=4))
    moves = [step(test, [], rng(seed)).move for seed in range(60)]
    assert len({move.item for move in moves if isinstance(move, Ask)}) == 4


def test_it_stops_when_precise_when_clear_and_when_long_enough(rasch_bank: Bank) -> None:
    precise, _ = walk(plan(rasch_bank, Rules(most=40, error=0.5)), [0, 1])
    clear, _ = walk(plan(rasch_bank, Rules(most=40, cut=-0.5)), [1])
    long, answers = walk(plan(rasch_bank, Rules(most=7)), [1])

    assert precise[-1].move == Stop(Why.PRECISE)
    assert (precise[-1].error or 1) <= 0.5 < (precise[-2].error or 0)
    assert clear[-1].move == Stop(Why.VERDICT)
    assert (clear[-1].below or 1) <= 0.2 < (clear[-2].below or 0)
    assert (long[-1].move, len(answers)) == (Stop(Why.LENGTH), 7)


def test_it_does_not_stop_before_the_shortest_length_and_the_quotas(rasch_bank: Bank) -> None:
    short = Rules(most=20, least=9, cut=-0.5)
    filled = Rules(most=20, cut=-0.5, quotas=(Quota("assess", 6, 20),))

    assert len(walk(plan(rasch_bank, short), [1])[1]) >= 9
    asked = [one.item for one in walk(plan(rasch_bank, filled), [1])[1]]
    assert sum(int(name[1:]) % 3 == 2 for name in asked) >= 6


def test_where_the_quotas_leave_nothing_the_fixed_form_goes_on(rasch_bank: Bank) -> None:
    tight = tuple(Quota(name, 0, 1) for name in CONTENTS)
    test = plan(rasch_bank, Rules(most=6, quotas=tight, form=("i50", "i51", "i52", "i53", "i54")))
    steps, answers = walk(test, [1, 0])

    moves = [one.move for one in steps]
    assert [move.source for move in moves if isinstance(move, Ask)] == [Source.BANK] * 3 + [Source.FORM] * 3
    taken = [one.item for one in answers[:3]]
    assert [one.item for one in answers[3:]] == [
        name for name in ("i50", "i51", "i52", "i53", "i54") if name not in taken
    ][:3]
    assert moves[-1] == Stop(Why.LENGTH)


def test_where_neither_leaves_anything_it_ends(rasch_bank: Bank) -> None:
    tight = tuple(Quota(name, 0, 1) for name in CONTENTS)
    steps, answers = walk(plan(rasch_bank, Rules(most=6, quotas=tight)), [1])
    assert (steps[-1].move, len(answers)) == (Stop(Why.EXHAUSTED), 3)


def test_an_item_seen_elsewhere_is_not_asked(rasch_bank: Bank) -> None:
    seen = frozenset(f"i{number}" for number in range(55))
    steps, answers = walk(plan(rasch_bank, Rules(most=20)), [1], seen)
    assert {one.item for one in answers} == {f"i{number}" for number in range(55, 60)}
    assert steps[-1].move == Stop(Why.EXHAUSTED)


def test_a_fixed_form_is_asked_in_its_order() -> None:
    form = FixedForm(("a", "b", "c"), "too_few_persons")

    assert step(form, [], rng()).move == Ask("a", Source.FORM)
    assert step(form, [Answer("a", 1)], rng(), barred=("b",)).move == Ask("c", Source.FORM)
    done = step(form, [Answer("a", 1), Answer("b", 0), Answer("c", 1)], rng())
    assert done == Step(Stop(Why.LENGTH), None, None, None)


@pytest.mark.parametrize(
    "answers",
    [
        [Answer("i1", 1), Answer("i1", 0)],
        [Answer("unknown", 1)],
        [Answer("i1", -1)],
    ],
)
def test_answers_that_cannot_be_are_refused(rasch_bank: Bank, answers: list[Answer]) -> None:
    with pytest.raises(BadInputError):
        step(plan(rasch_bank, Rules(most=5)), answers, rng())


def test_a_person_who_answers_everything_wrong_has_an_ability_all_the_same(rasch_bank: Bank) -> None:
    steps, _ = walk(plan(rasch_bank, Rules(most=60)), [0])
    assert steps[-1].ability is not None
    assert -5 < steps[-1].ability < -2
    assert (steps[-1].error or 0) > 0
