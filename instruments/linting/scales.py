"""Scales of opinion: as many marks for as against, and one direction throughout the work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from instruments.document import Instrument, LikertItem, ScalePoint
from instruments.linting.hints import Hint, hint
from instruments.linting.text import plain
from instruments.texts import say

_AGAINST = re.compile(
    r"^(?:(?:полностью|совершенно|совсем|абсолютно|категорически|скорее|вообще|точно) )?"
    r"(?:не (?:соглас\w+|удовлетвор\w+|устраивает|нравится|доволен|довольна|вер\w+|важно|полезно)|нет|плохо|отрицательно|неудовлетворительно|возражаю)\b"
)
_FOR = re.compile(
    r"^(?:(?:полностью|совершенно|абсолютно|скорее|вполне|безусловно|точно|очень|в целом|частично) )?"
    r"(?:соглас\w+|да|удовлетвор\w+|устраивает|нравится|доволен|довольна|верно|хорошо|отлично|положительно|важно|полезно)\b"
)
_BETWEEN = re.compile(
    r"\b(?:нейтральн\w+|трудно сказать|затрудняюсь|не знаю|не уверен\w*|где-то посередине|и да,? и нет|отчасти|средне|безразлично|ни то,? ни другое)\b"
)
FEWEST_MARKS = 3


def look_at_scales(instrument: Instrument) -> Iterator[Hint]:
    """Each scale once, at the first item that has it: a hundred items share one."""
    users: dict[tuple[tuple[int, str], ...], list[str]] = defaultdict(list)
    for item in instrument.asked_items:
        if isinstance(item, LikertItem):
            users[_marks(item.scale)].append(item.code)
    for marks, items in users.items():
        yield from _unequal(marks, items)
    yield from _turned(users)


def _marks(scale: Sequence[ScalePoint]) -> tuple[tuple[int, str], ...]:
    return tuple((point.value, plain(say(point.text))) for point in scale)


def _unequal(marks: tuple[tuple[int, str], ...], items: list[str]) -> Iterator[Hint]:
    """Only where each mark is known to be for, against or between; a scale of frequency has no sides."""
    sides = [_side(text) for _value, text in marks]
    positive, negative = sides.count(1), sides.count(-1)
    if None in sides or len(marks) < FEWEST_MARKS or not (positive and negative) or positive == negative:
        return
    yield hint(f"items.{items[0]}", "scale_unequal", positive=positive, negative=negative, count=len(items))


def _side(text: str) -> int | None:
    if _BETWEEN.search(text):
        return 0
    if _AGAINST.search(text):
        return -1
    return 1 if _FOR.search(text) else None


def _turned(users: dict[tuple[tuple[int, str], ...], list[str]]) -> Iterator[Hint]:
    """The same marks read from the other end in fewer items than they are read from this one."""
    by_order = {tuple(text for _value, text in marks): items for marks, items in users.items()}
    for order, items in by_order.items():
        others = by_order.get(order[::-1], [])
        if len(order) >= FEWEST_MARKS and len(others) > len(items):
            for code in items:
                yield hint(f"items.{code}", "scale_turned", others=len(others))
