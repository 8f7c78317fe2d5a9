"""Conditions: read and written back, judged like a naive twin, refused with a place."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.rules import (
    All,
    Answered,
    Compare,
    Either,
    Not,
    Rule,
    RuleProblem,
    Within,
    holds,
    items_of,
    mentioned,
    parse,
    printed,
)
from instruments.rules.parsing import DEEPEST
from instruments.rules.tokens import KEYWORDS
from instruments.words import DOCUMENT_PROBLEMS, sentence

WORDS = st.one_of(
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,5}", fullmatch=True),
    st.sampled_from(sorted(KEYWORDS)),
    st.text(max_size=6),
    st.from_regex(r"-?[0-9]{1,3}(\.[0-9])?", fullmatch=True),
)
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
TESTS: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Compare, WORDS, SIGNS, WORDS),
    st.builds(Within, WORDS, st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
    st.builds(Answered, WORDS),
)
RULES: st.SearchStrategy[Rule] = st.recursive(
    TESTS,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.builds(All, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(part, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
FEW = st.sampled_from(["a", "b", "c"])
FEW_TESTS: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Compare, FEW, SIGNS, st.sampled_from(["1", "2", "2.5", "x"])),
    st.builds(Within, FEW, st.lists(st.sampled_from(["1", "2", "x"]), min_size=1, max_size=2).map(tuple)),
    st.builds(Answered, FEW),
)
FEW_RULES: st.SearchStrategy[Rule] = st.recursive(
    FEW_TESTS,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.builds(All, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(part, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
ANSWERS = st.dictionaries(
    FEW, st.one_of(st.none(), st.integers(0, 3), st.just(2.5), st.just("x"), st.just({"opt_out": True}))
)


@given(RULES)
def test_what_is_written_reads_back_as_the_same_tree(rule: Rule) -> None:
    assert parse(printed(rule)) == rule


@given(RULES)
def test_the_canonical_text_of_a_canonical_text_is_itself(rule: Rule) -> None:
    assert printed(parse(printed(rule))) == printed(rule)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from([*KEYWORDS, "(", ")", ",", "=", "<", "S1", "2", '"', "«", "»", " ", "\n", "\\"]),
            max_size=20,
        ).map(" ".join),
    )
)
def test_any_text_is_a_condition_or_a_problem_with_a_place_in_it(text: str) -> None:
    problem = _problem(text)
    if problem is not None:
        assert 1 <= problem.position <= len(text) + 1
        assert str(problem.position) in sentence(problem.code, problem.params, DOCUMENT_PROBLEMS, str)


def _problem(text: str) -> RuleProblem | None:
    try:
        parse(text)
    except RuleProblem as problem:
        return problem
    return None


@given(FEW_RULES, ANSWERS)
def test_it_is_judged_like_the_naive_twin(rule: Rule, answers: Mapping[str, Any]) -> None:
    assert holds(rule, answers) is eval(_python(rule, answers))  # noqa: S307  True, False, and, or, not


def _python(rule: Rule, answers: Mapping[str, Any]) -> str:
    """The condition as Python's own words about what each test says."""
    if isinstance(rule, Not):
        return f"(not {_python(rule.part, answers)})"
    if isinstance(rule, (All, Either)):
        word = " and " if isinstance(rule, All) else " or "
        return f"({word.join(_python(part, answers) for part in rule.parts)})"
    answer = answers.get(rule.item)
    return "False" if answer is None else str(_twin_test(rule, answer))


def _twin_test(rule: Rule, answer: Any) -> bool:
    if isinstance(rule, Within):
        return any(_same(answer, value) for value in rule.values)
    if not isinstance(rule, Compare):
        return True
    if rule.sign in ("=", "!="):
        return _same(answer, rule.value) == (rule.sign == "=")
    if not isinstance(answer, (int, float)) or rule.value == "x":
        return False
    limit = float(rule.value)
    return {"<": answer < limit, "<=": answer <= limit, ">": answer > limit, ">=": answer >= limit}[rule.sign]


def _same(answer: object, value: str) -> bool:
    return answer == (value if isinstance(answer, str) or value == "x" else float(value))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("S1=yes", "S1 = yes"),
        ("S1 == yes", "S1 = yes"),
        ("S1 ≠ yes", "S1 != yes"),
        ("N1 ≥ -2.5", "N1 >= -2.5"),
        ("не (S1 = yes и L2 в (1,2)) или N1 > 10", "not (S1 = yes and L2 in (1, 2)) or N1 > 10"),
        ("НЕ S1 отвечено", "S1 not answered"),
        ("not S1 in (a)", "S1 not in (a)"),
        ("((S1 = a))", "S1 = a"),
        ("a = 1 or b = 2 and c = 3", "a = 1 or b = 2 and c = 3"),
        ("(a = 1 or b = 2) and c = 3", "(a = 1 or b = 2) and c = 3"),
        ("T1 = «да, нет»", 'T1 = "да, нет"'),
        ('"or" = "in"', '"or" = "in"'),
        ("S1\n=\tyes", "S1 = yes"),
    ],
)
def test_a_condition_may_be_written_in_several_ways(text: str, canonical: str) -> None:
    assert printed(parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "rule_empty", 1),
        ("  ", "rule_empty", 1),
        ("__import__('os')", "rule_character", 1),
        ("9**9**9", "rule_character", 2),
        ("S1 = a; S2 = b", "rule_character", 7),
        ("(" * 10_000, "rule_too_long", 2001),
        ("(" * 10_000 + "S1 = a" + ")" * 10_000, "rule_too_long", 2001),
        ("(" * 300 + "S1 = a" + ")" * 300, "rule_too_many_words", 404),
        ("(" * 100 + "S1 = a" + ")" * 100, "rule_too_deep", DEEPEST + 2),
        ("not " * 100 + "S1 = a", "rule_too_deep", 4 * (DEEPEST + 1) + 1),
        ("М01 = a", "rule_word_unknown", 1),  # Cyrillic
        ("S1 = да", "rule_word_unknown", 6),
        ("S1", "rule_no_test_at_end", 3),
        ("S1 =", "rule_no_value_at_end", 5),
        ("S1 = =", "rule_no_value", 6),
        ("= a", "rule_no_item", 1),
        ("S1 = a and", "rule_no_item_at_end", 11),
        ("(S1 = a", "rule_no_bracket_at_end", 8),
        ("S1 = a)", "rule_unexpected", 7),
        ("S1 = a S2 = b", "rule_unexpected", 8),
        ("1 < N1 < 3", "rule_unexpected", 8),
        ("S1 in a", "rule_no_list", 7),
        ("S1 in (a b)", "rule_no_bracket", 10),
        ("S1 in ()", "rule_no_value", 8),
        ("S1 not = a", "rule_no_test", 8),
        ('S1 = "a', "rule_quote_open", 6),
        ("S1 = «a", "rule_quote_open", 6),
        ("answered", "rule_no_item", 1),
    ],
)
def test_a_mistake_is_told_with_its_place_at_once(text: str, code: str, position: int) -> None:
    started = time.perf_counter()
    with pytest.raises(RuleProblem) as caught:
        parse(text)
    assert time.perf_counter() - started < 0.1
    assert (caught.value.code, caught.value.position) == (code, position)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("S1 = a", {"S1": "a"}, True),
        ("S1 = a", {"S1": "A"}, False),
        ("S1 = a", {}, False),
        ("S1 != a", {}, False),
        ("not S1 = a", {}, True),
        ("S1 not in (a)", {}, True),
        ("S1 != a", {"S1": {"opt_out": True}}, True),
        ("S1 answered", {"S1": {"opt_out": True}}, True),
        ("S1 in (a, b)", {"S1": "b"}, True),
        ("S1 not answered", {"S1": []}, True),
        ("M1 = a", {"M1": ["b", "a"]}, True),
        ("M1 != a", {"M1": ["b"]}, True),
        ("M1 in (a, c)", {"M1": ["b"]}, False),
        ("L1 >= 3", {"L1": 3}, True),
        ("L1 = 3", {"L1": 3}, True),
        ("L1 < 3", {"L1": {"opt_out": True}}, False),
        ("N1 = 0.1", {"N1": 0.1}, True),
        ("N1 = 12.0", {"N1": 12}, True),
        ("N1 > -1", {"N1": 0}, True),
        ("N1 > x", {"N1": 0}, False),
        ("F1 answered", {"F1": {"agreed": True}}, True),
    ],
)
def test_what_a_condition_says_of_answers(text: str, answers: Mapping[str, Any], expected: bool) -> None:
    assert holds(parse(text), answers) is expected


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("V1 >= B1", "B2", True),
        ("V1 < B1", "A2", True),
        ("V1 > B2", "B2", False),
        ("V1 = B1", "B1", True),
        ("V1 > A1", {"opt_out": True}, False),
        ("V1 > D9", "B1", False),
    ],
)
def test_levels_are_compared_in_their_own_order(text: str, answer: object, expected: bool) -> None:
    assert holds(parse(text), {"V1": answer}, {"V1": ("A1", "A2", "B1", "B2")}) is expected


def test_a_condition_names_its_items_and_values_once() -> None:
    rule = parse("S2 = a or (S1 in (x, y) and not S2 != b) or S1 = x")
    assert items_of(rule) == ("S2", "S1")
    assert mentioned(rule, "S1") == ("x", "y")
    assert mentioned(rule, "S2") == ("a", "b")
