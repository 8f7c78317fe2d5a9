"""Mistakes of one scoring entry against its item: the key, by item type, and the wrong choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from instruments.document import Item, LikertItem, MultipleItem, NumberItem, SingleItem, TextItem
from instruments.keys import ItemKey, NumberKey
from instruments.problems import Problem, error, warning
from instruments.texts import say

KeyCheck: TypeAlias = Callable[[str, Any, ItemKey], list[Problem]]


def check_key(where: str, item: Item, entry: ItemKey) -> list[Problem]:
    """Whether the entry can score the item, and whether it gives the right answer away."""
    problems = KEY_CHECKS[item.type](where, item, entry)
    if entry.reverse and not isinstance(item, LikertItem):
        problems.append(warning(f"{where}.reverse", "reverse_unused"))
    return problems


def _check_single(where: str, item: SingleItem, entry: ItemKey) -> list[Problem]:
    if entry.key is None:
        return [error(f"{where}.key", "no_key")]
    if not isinstance(entry.key, str):
        return [error(f"{where}.key", "key_shape_single")]
    return [
        *_unknown_options(f"{where}.key", "key_option_unknown", (entry.key,), item),
        *_check_mistakes(where, item, {entry.key}, entry),
        *_check_longest(where, item, entry.key),
    ]


def _check_multiple(where: str, item: MultipleItem, entry: ItemKey) -> list[Problem]:
    if not entry.key:
        return [error(f"{where}.key", "no_key")]
    if not isinstance(entry.key, tuple):
        return [error(f"{where}.key", "key_shape_multiple")]
    right = set(entry.key)
    problems = _unknown_options(f"{where}.key", "key_option_unknown", entry.key, item)
    if len(right) < len(entry.key):
        problems.append(error(f"{where}.key", "key_repeats"))
    if item.choose is not None and item.choose != len(right):
        problems.append(error(f"{where}.key", "key_not_choose", right=len(right), choose=item.choose))
    if right >= {option.code for option in item.options}:
        problems.append(warning(f"{where}.key", "key_is_everything"))
    return problems + _check_mistakes(where, item, right, entry)


def _check_number(where: str, item: NumberItem, entry: ItemKey) -> list[Problem]:
    if entry.key is None:
        return [error(f"{where}.key", "no_key")]
    if not isinstance(entry.key, NumberKey):
        return [error(f"{where}.key", "key_shape_number")]
    value = entry.key.value
    low = item.minimum is not None and value < item.minimum
    high = item.maximum is not None and value > item.maximum
    return [error(f"{where}.key.value", "key_out_of_range", value=value)] if low or high else []


def _check_text(where: str, item: TextItem, entry: ItemKey) -> list[Problem]:
    if isinstance(entry.key, NumberKey):
        return [error(f"{where}.key", "key_shape_text")]
    variants = (entry.key,) if isinstance(entry.key, str) else entry.key
    if not variants:
        return [error(f"{where}.key", "no_key")]
    return [
        error(f"{where}.key", "key_variant_unusable", variant=variant[:64])
        for variant in variants
        if not variant.strip() or len(variant) > item.max_length
    ]


def _check_likert(where: str, item: LikertItem, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return [] if entry.key is None else [warning(f"{where}.key", "key_unused")]


def _check_info(where: str, item: Item, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return [error(where, "info_scored")]


def _unknown_options(
    where: str, problem: str, codes: tuple[str, ...], item: SingleItem | MultipleItem
) -> list[Problem]:
    known = {option.code for option in item.options}
    return [error(where, problem, option=code) for code in codes if code not in known]


def _check_mistakes(
    where: str, item: SingleItem | MultipleItem, right: set[str], entry: ItemKey
) -> list[Problem]:
    """Each wrong option is a mistake that a real teacher makes, and says which."""
    at = f"{where}.mistakes"
    problems = _unknown_options(at, "mistake_option_unknown", tuple(entry.mistakes), item)
    problems += [
        error(f"{at}.{code}", "mistake_for_key", option=code) for code in entry.mistakes if code in right
    ]
    problems += [
        warning(f"{at}.{option.code}", "mistake_missing", option=option.code)
        for option in item.options
        if option.code not in right and option.code not in entry.mistakes
    ]
    return problems


def _check_longest(where: str, item: SingleItem, key: str) -> list[Problem]:
    lengths = {option.code: len(say(option.text)) for option in item.options}
    others = [length for code, length in lengths.items() if code != key]
    if not others or lengths.get(key, 0) <= max(others):
        return []
    return [warning(f"{where}.key", "key_is_longest", length=lengths[key], next=max(others))]


KEY_CHECKS: Mapping[str, KeyCheck] = {
    "single": _check_single,
    "multiple": _check_multiple,
    "likert": _check_likert,
    "number": _check_number,
    "text": _check_text,
    "info": _check_info,
}
