"""What the printed route says about a person and the lost tasks: words, never codes."""

from __future__ import annotations

import pytest

from diagnostics.reporting import route_words
from reports.wording.words import Words


@pytest.mark.parametrize(
    ("code", "said"),
    [("first", "первая категория"), ("highest", "высшая категория"), ("", ""), ("Первая", "Первая")],
)
def test_a_category_is_printed_in_words_and_typed_words_stay(code: str, said: str) -> None:
    assert route_words.category(code, Words()) == said


@pytest.mark.parametrize(("code", "said"), [("higher", "высшее"), ("магистр", "магистр")])
def test_education_is_printed_in_words(code: str, said: str) -> None:
    assert route_words.education(code, Words()) == said


@pytest.mark.parametrize(("number", "said"), [(1, "1\u00a0год"), (3, "3\u00a0года"), (18, "18\u00a0лет")])
def test_years_of_work_carry_their_unit(number: int, said: str) -> None:
    assert route_words.years(number, Words()) == said


def test_a_task_whose_name_has_quotes_is_quoted_with_the_inner_kind() -> None:
    reason = {"evidence": {"items": [{"number": 18, "title": {"ru": "«Всё равно не смогу»"}}]}}
    assert route_words.tasks(reason, Words()) == "№\u00a018 «„Всё равно не смогу“»"
