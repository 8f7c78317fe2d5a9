"""Text of a condition → its tree, by recursive descent of a bounded depth."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from instruments.rules.tokens import RuleProblem, Token, tokens
from instruments.rules.tree import All, Answered, Compare, Either, Not, Rule, Sign, Within, items_of

__all__ = ["DEEPEST", "RuleProblem", "looked_at", "parse"]

DEEPEST = 20  # brackets and «not» within one another


@lru_cache(maxsize=1024)
def parse(source: str) -> Rule:
    """The tree of a condition.

    Raises
    ------
    RuleProblem
        The first mistake, with its place. Nothing else, whatever the text.
    """
    return _Parser(tokens(source)).whole()


@lru_cache(maxsize=1024)
def looked_at(source: str | None) -> tuple[str, ...]:
    """Codes of the items that a condition asks about; none where it cannot be read, or there is none."""
    try:
        return items_of(parse(source)) if source is not None else ()
    except RuleProblem:
        return ()


class _Parser:
    def __init__(self, found: Sequence[Token]) -> None:
        self.tokens = found
        self.place = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def take(self, kind: str) -> Token | None:
        token = self.now
        if token.kind != kind:
            return None
        self.place += 1
        return token

    def need(self, kind: str, code: str) -> Token:
        token = self.take(kind)
        if token is None:
            raise self.refused(code)
        return token

    def refused(self, code: str) -> RuleProblem:
        if self.now.kind == "end":
            return RuleProblem(f"{code}_at_end", self.now.position)
        return RuleProblem(code, self.now.position, found=self.now.text[:64])

    def whole(self) -> Rule:
        rule = self.either(0)
        if self.now.kind != "end":
            raise self.refused("rule_unexpected")
        return rule

    def either(self, depth: int) -> Rule:
        parts = [self.all(depth)]
        while self.take("or"):
            parts.append(self.all(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all(self, depth: int) -> Rule:
        parts = [self.one(depth)]
        while self.take("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self, depth: int) -> Rule:
        if depth > DEEPEST:
            raise RuleProblem("rule_too_deep", self.now.position, most=DEEPEST)
        if self.take("not"):
            return Not(self.one(depth + 1))
        if self.take("("):
            rule = self.either(depth + 1)
            self.need(")", "rule_no_bracket")
            return rule
        item = self.need("word", "rule_no_item").text
        return self.test(item)

    def test(self, item: str) -> Rule:
        if self.take("not"):
            return Not(self.plain_test(item, "rule_no_test"))
        sign = self.take("sign")
        if sign is not None:
            return Compare(item, cast("Sign", sign.text), self.value())
        return self.plain_test(item, "rule_no_test")

    def plain_test(self, item: str, code: str) -> Rule:
        if self.take("answered"):
            return Answered(item)
        self.need("in", code)
        self.need("(", "rule_no_list")
        values = [self.value()]
        while self.take(","):
            values.append(self.value())
        self.need(")", "rule_no_bracket")
        return Within(item, tuple(values))

    def value(self) -> str:
        return self.need("word", "rule_no_value").text
