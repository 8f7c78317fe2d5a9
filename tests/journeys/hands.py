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


def _fill(visitor: Visitor, rows: dict[str, dict[str, str]]) -> None:
    """Cells by row and column; a row that the page does not show yet is added by its button."""
    for row, cells in rows.items():
        for column, value in cells.items():
            cell = visitor.page.locator(f'[name="cell|{row}|{column}"]')
            if cell.count() == 0:
                visitor.click("Добавить строку")
                cell.wait_for()
                visitor.sound()
            cell.fill(value)


def _attach(visitor: Visitor, file: tuple[str, str, bytes]) -> None:
    name, media_type, content = file
    given = {"name": name, "mimeType": media_type, "buffer": content}
    visitor.page.locator("input[type=file]").set_input_files([given])
    if not visitor.script:
        visitor.click("Добавить")
    visitor.page.get_by_role("link", name=name).wait_for()
    visitor.sound()


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
    "table": _fill,
    "file": _attach,
    "info": _read,
    "consent": _agree,
}
