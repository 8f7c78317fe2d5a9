"""What the page of keys tells of an item: what is right, what stands behind a wrong choice, what a mark is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask_babel import gettext as _

from instruments.document import (
    Item,
    LevelItem,
    MatchingItem,
    OptionItem,
    OrderingItem,
    ScaleItem,
    TextItem,
)
from instruments.items.choice import option_text
from instruments.keys import ItemKey, NumberKey, RubricKey
from instruments.scoring import score_item
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line: an option, a pair, a mark, a criterion. `note` explains it."""

    text: str
    right: bool = False
    note: str = ""


ShowKey: TypeAlias = Callable[[Any, ItemKey, str], list[KeyRow]]


def key_rows(item: Item, key: ItemKey | None, language: str) -> list[KeyRow]:
    """Options with the right ones marked, pairs, an order, criteria, points of marks; empty where nothing is keyed."""
    return KEY_VIEWS[item.type](item, key or ItemKey(points=0), language)


def _choices(item: OptionItem, key: ItemKey, language: str) -> list[KeyRow]:
    right = {key.key} if isinstance(key.key, str) else set(key.key) if isinstance(key.key, tuple) else set()
    return [
        KeyRow(say(one.text, language), one.code in right, say(key.mistakes.get(one.code), language))
        for one in item.options
    ]


def _scale(item: ScaleItem, key: ItemKey, language: str) -> list[KeyRow]:
    return [KeyRow(say(point.text, language), note=_worth(item, key, point.value)) for point in item.scale]


def _levels(item: LevelItem, key: ItemKey, language: str) -> list[KeyRow]:
    return [
        KeyRow(f"{level.code}. {say(level.text, language)}", note=_worth(item, key, level.code))
        for level in item.levels
    ]


def _worth(item: Any, key: ItemKey, answer: str | int) -> str:
    points = score_item(item, key, answer).points
    return "" if points is None else str(_("баллов: %(points)s", points=_number(points)))


def _pairs(item: MatchingItem, key: ItemKey, language: str) -> list[KeyRow]:
    pairs = key.key if isinstance(key.key, Mapping) else {}
    return [
        KeyRow(
            f"{say(prompt.text, language)} — {option_text(item.options, pairs[prompt.code], language)}",
            right=True,
        )
        for prompt in item.prompts
        if prompt.code in pairs
    ]


def _order(item: OrderingItem, key: ItemKey, language: str) -> list[KeyRow]:
    codes = key.key if isinstance(key.key, tuple) else ()
    return [
        KeyRow(f"{place}. {option_text(item.options, code, language)}", right=True)
        for place, code in enumerate(codes, 1)
    ]


def _rubric(_item: Item, key: ItemKey, language: str) -> list[KeyRow]:
    criteria = key.key.criteria if isinstance(key.key, RubricKey) else ()
    return [
        KeyRow(
            say(criterion.title, language),
            note="; ".join(
                f"{_number(level.points)} — {say(level.text, language)}" for level in criterion.levels
            ),
        )
        for criterion in criteria
    ]


def _typed(item: Item, key: ItemKey, _language: str) -> list[KeyRow]:
    if isinstance(key.key, NumberKey):
        spread = f" ± {_number(key.key.tolerance)}" if key.key.tolerance else ""
        return [KeyRow(f"{_number(key.key.value)}{spread}", right=True)]
    variants = (key.key,) if isinstance(key.key, str) else key.key
    note = str(_("сравнивается буква в букву")) if isinstance(item, TextItem) and item.exact else ""
    return (
        [KeyRow(variant, right=True, note=note) for variant in variants]
        if isinstance(variants, tuple)
        else []
    )


def _nothing(_item: Item, _key: ItemKey, _language: str) -> list[KeyRow]:
    return []


def _number(value: float) -> str:
    return f"{round(value, 3):g}".replace(".", ",")


KEY_VIEWS: Mapping[str, ShowKey] = {
    "single": _choices,
    "multiple": _choices,
    "likert": _scale,
    "frequency": _scale,
    "observation": _scale,
    "level": _levels,
    "matching": _pairs,
    "ordering": _order,
    "number": _typed,
    "text": _typed,
    "long_text": _rubric,
    "table": _nothing,
    "file": _nothing,
    "info": _nothing,
    "consent": _nothing,
}
