"""How a hand answers a question of each item type on its page; with script or without, the controls are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tests.support.browser import Visitor

Hand: TypeAlias = Callable[[Visitor, Any], None]


def _choose(visitor: Visitor, answer: Any) -> None:
    for value in answer if isinstance(answer, list) else [answer]:
        code = "_opt_out" if value == {"opt_out": True} else value
        visitor.page.locator(f'[name=answer][value="{code}"]').check(force=True)


def _write(visitor: Visitor, answer: Any) -> None:
    visitor.page.locator("[name=answer]").fill(
        str(answer).replace(".", ",") if isinstance(answer, float) else answer
    )


def _match(visitor: Visitor, answer: dict[str, str]) -> None:
    for prompt, option in answer.items():
        visitor.page.locator(f'[name="answer.{prompt}"]').select_option(option)


def _order(visitor: Visitor, answer: list[str]) -> None:
    for place, code in enumerate(answer, 1):
        visitor.page.locator(f'[name="answer.{code}"]').select_option(str(place))


def _agree(visitor: Visitor, _answer: Any) -> None:
    visitor.page.locator("[name=answer]").check(force=True)


def _read(visitor: Visitor, _answer: Any) -> None:
    assert visitor.page.locator("[name=answer]").count() == 0


HANDS: Mapping[str, Hand] = {
    "single": _choose,
    "multiple": _choose,
    "likert": _choose,
    "frequency": _choose,
    "level": _choose,
    "observation": _choose,
    "matching": _match,
    "ordering": _order,
    "number": _write,
    "text": _write,
    "long_text": _write,
    "info": _read,
    "consent": _agree,
}
