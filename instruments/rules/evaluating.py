"""Whether a condition holds for answers.

A comparison with an item that has no answer, or was not asked, is false, `!=` too; `not S1 = a` is then true.
«Затрудняюсь ответить» is an answer that equals no value and lies on no side of any. Where several options
may be chosen, `=` means that the option is among them. Codes are compared letter by letter, numbers as the
decimals that were written. Of what else people answer (words, tables, files) only `answered` can be asked:
`instruments.checking` sees to that.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from instruments.rules.tree import All, Answered, Compare, Either, Not, Rule, Test, Within

# item → its codes in rising order: `L1 >= B1` of a question about levels
Ranks: TypeAlias = Mapping[str, Sequence[str]]

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NO_RANKS: Ranks = {}
_NUMBER = re.compile(r"[+\-]?[0-9]{1,30}(\.[0-9]{1,30})?")


def holds(rule: Rule, answers: Mapping[str, Any], ranks: Ranks = _NO_RANKS) -> bool:
    """`answers`: stored answers of the items that were asked; any other item counts as not answered."""
    if isinstance(rule, Either):
        return any(holds(part, answers, ranks) for part in rule.parts)
    if isinstance(rule, All):
        return all(holds(part, answers, ranks) for part in rule.parts)
    if isinstance(rule, Not):
        return not holds(rule.part, answers, ranks)
    return _test(rule, answers.get(rule.item), ranks.get(rule.item))


def _test(test: Test, answer: Any, codes: Sequence[str] | None) -> bool:
    if answer is None or answer in ("", []):
        return False
    if isinstance(test, Answered):
        return True
    if isinstance(test, Within):
        return any(_equals(answer, value) for value in test.values)
    return _compared(test, answer, codes)


def _compared(rule: Compare, answer: Any, codes: Sequence[str] | None) -> bool:
    if rule.sign in ("=", "!="):
        return _equals(answer, rule.value) is (rule.sign == "=")
    if codes is not None:
        if answer not in codes or rule.value not in codes:
            return False
        return _ORDER[rule.sign](codes.index(answer), codes.index(rule.value))
    given, limit = _decimal(answer), number(rule.value)
    return given is not None and limit is not None and _ORDER[rule.sign](given, limit)


def _equals(answer: Any, value: str) -> bool:
    if isinstance(answer, list):
        return value in answer
    if isinstance(answer, str):
        return answer == value
    given = _decimal(answer)
    return given is not None and given == number(value)


@lru_cache(maxsize=1024)
def number(value: str) -> Decimal | None:
    """The number that a value says; None where it says none."""
    return Decimal(value) if _NUMBER.fullmatch(value) else None


def _decimal(answer: Any) -> Decimal | None:
    if isinstance(answer, bool) or not isinstance(answer, (int, float)):
        return None
    return Decimal(repr(answer))
