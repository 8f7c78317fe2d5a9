"""Words for a zone as codes: by cuts, on a border, views that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.survey.voices import Estimate

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Cut:
    """A class of the scale that begins at `lower` (0…100)."""

    code: str
    lower: float


@dataclass(frozen=True, slots=True)
class Word:
    """The class of an index; `border` is the neighbouring class that its interval reaches into."""

    code: str
    border: str | None = None


def word_of(index: Estimate, cuts: Sequence[Cut]) -> Word:
    """Class of an index, given as it is printed: a reader who sees 70 must not read the word of 69,6.

    Raises
    ------
    ValueError
        If no class begins at or below the index.
    """
    ordered = sorted(cuts, key=lambda cut: cut.lower)
    place = _place(index.value, ordered)
    if index.interval is None:
        return Word(ordered[place].code)
    low, high = _place(index.interval.low, ordered), _place(index.interval.high, ordered)
    if place not in (low, high):  # both neighbours reached: the nearer border is told
        up, down = ordered[place + 1].lower - index.value, index.value - ordered[place].lower
        return Word(ordered[place].code, ordered[place + 1 if up < down else place - 1].code)
    other = place + 1 if high > place else place - 1 if low < place else None
    return Word(ordered[place].code, None if other is None else ordered[other].code)


def _place(value: float, ordered: Sequence[Cut]) -> int:
    reached = [place for place, cut in enumerate(ordered) if value + _ROUNDING >= cut.lower]
    if not reached:
        raise ValueError(f"no class holds {value}")
    return reached[-1]


def apart(first: Estimate | None, second: Estimate | None, method: Method = METHOD) -> bool:
    """Whether two groups see a thing differently: far enough, and the intervals do not touch."""
    if first is None or second is None or first.interval is None or second.interval is None:
        return False
    far = abs(first.value - second.value) >= method.views_gap - _ROUNDING
    return far and (first.interval.low > second.interval.high or second.interval.low > first.interval.high)


def beyond(point: Estimate | None, group: Estimate | None, method: Method = METHOD) -> bool:
    """Whether a declaration without an interval lies far from a group and outside the group's interval."""
    if point is None or group is None or group.interval is None:
        return False
    outside = not group.interval.low <= point.value <= group.interval.high
    return outside and abs(point.value - group.value) >= method.views_gap - _ROUNDING


def views_apart(groups: Sequence[Estimate | None], method: Method = METHOD) -> tuple[tuple[int, int], ...]:
    """Pairs of places whose views differ, the higher one first."""
    pairs = [
        (one, two)
        for one in range(len(groups))
        for two in range(one + 1, len(groups))
        if apart(groups[one], groups[two], method)
    ]
    return tuple(
        (one, two) if _value(groups[one]) >= _value(groups[two]) else (two, one) for one, two in pairs
    )


def _value(estimate: Estimate | None) -> float:
    return 0.0 if estimate is None else estimate.value
