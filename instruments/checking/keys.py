"""Mistakes of one scoring entry against its item: the key, by item type, and the wrong choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from instruments.checking.common import repeated
from instruments.document import (
    Item,
    MatchingItem,
    MultipleItem,
    NumberItem,
    OptionItem,
    OrderingItem,
    ScaleItem,
    SingleItem,
    TextItem,
)
from instruments.items.text import comparable
from instruments.keys import Criterion, ItemKey, NumberKey, RubricKey
from instruments.problems import Problem, error, warning

FEWEST_LEVELS = 2
_ROUNDING = 1e-9

KeyCheck: TypeAlias = Callable[[str, Any, ItemKey], list[Problem]]


def check_key(where: str, item: Item, entry: ItemKey) -> list[Problem]:
    """Whether the entry can score the item, and whether it gives the right answer away."""
    problems = KEY_CHECKS[item.type](where, item, entry)
    if entry.reverse and not isinstance(item, ScaleItem):
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
    variants = (entry.key,) if isinstance(entry.key, str) else entry.key
    if not variants:
        return [error(f"{where}.key", "no_key")]
    if not isinstance(variants, tuple):
        return [error(f"{where}.key", "key_shape_text")]
    return [
        error(f"{where}.key", "key_variant_unusable", variant=variant[:64])
        for variant in variants
        if not comparable(item, variant) or len(variant) > item.max_length
    ]


def _check_matching(where: str, item: MatchingItem, entry: ItemKey) -> list[Problem]:
    if not entry.key:
        return [error(f"{where}.key", "no_key")]
    if not isinstance(entry.key, Mapping):
        return [error(f"{where}.key", "key_shape_matching")]
    prompts = {prompt.code for prompt in item.prompts}
    return [
        *(
            error(f"{where}.key", "key_prompt_unknown", prompt=prompt)
            for prompt in entry.key
            if prompt not in prompts
        ),
        *(
            error(f"{where}.key", "key_prompt_missing", prompt=prompt.code)
            for prompt in item.prompts
            if prompt.code not in entry.key
        ),
        *_unknown_options(
            f"{where}.key", "key_option_unknown", tuple(dict.fromkeys(entry.key.values())), item
        ),
    ]


def _check_ordering(where: str, item: OrderingItem, entry: ItemKey) -> list[Problem]:
    at, codes = f"{where}.key", tuple(option.code for option in item.options)
    if not entry.key:
        return [error(at, "no_key")]
    if not isinstance(entry.key, tuple):
        return [error(at, "key_shape_ordering")]
    problems = _unknown_options(at, "key_option_unknown", entry.key, item)
    problems += [error(at, "key_order_incomplete", option=code) for code in codes if code not in entry.key]
    if len(set(entry.key)) < len(entry.key):
        problems.append(error(at, "key_repeats"))
    return problems if entry.key != codes else [*problems, error(at, "key_is_document_order")]


def _check_long_text(where: str, item: Item, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    at = f"{where}.key"
    if entry.key is None:
        return [error(at, "no_key")]
    if not isinstance(entry.key, RubricKey):
        return [error(at, "key_shape_rubric")]
    if not entry.key.criteria:
        return [error(f"{at}.criteria", "rubric_empty")]
    criteria = entry.key.criteria
    problems = repeated(f"{at}.criteria", (criterion.code for criterion in criteria))
    problems += [problem for criterion in criteria for problem in _check_criterion(at, criterion)]
    if abs(entry.key.most - entry.points) > _ROUNDING:
        problems.append(
            error(f"{where}.points", "rubric_points", total=f"{entry.key.most:g}", points=f"{entry.points:g}")
        )
    return problems


def _check_criterion(where: str, criterion: Criterion) -> list[Problem]:
    at, points = f"{where}.criteria.{criterion.code}", [level.points for level in criterion.levels]
    if len(points) < FEWEST_LEVELS:
        return [error(at, "rubric_few_levels", code=criterion.code, least=FEWEST_LEVELS)]
    if points[0] != 0 or points != sorted(set(points)):
        return [error(at, "rubric_levels_order", code=criterion.code)]
    return []


def _check_opinion(where: str, item: Item, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return [] if entry.key is None else [warning(f"{where}.key", "key_unused")]


def _check_info(where: str, item: Item, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return [error(where, "info_scored")]


def _check_consent(where: str, item: Item, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return [error(where, "consent_scored")]


def _check_unscorable(where: str, item: Item, entry: ItemKey) -> list[Problem]:  # noqa: ARG001  one signature for all types
    return [error(where, "facts_scored")]


def _unknown_options(where: str, problem: str, codes: tuple[str, ...], item: OptionItem) -> list[Problem]:
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


KEY_CHECKS: Mapping[str, KeyCheck] = {
    "single": _check_single,
    "multiple": _check_multiple,
    "likert": _check_opinion,
    "frequency": _check_opinion,
    "level": _check_opinion,
    "observation": _check_opinion,
    "matching": _check_matching,
    "ordering": _check_ordering,
    "number": _check_number,
    "text": _check_text,
    "long_text": _check_long_text,
    "info": _check_info,
    "consent": _check_consent,
    "table": _check_unscorable,
    "file": _check_unscorable,
}
