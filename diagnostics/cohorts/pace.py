"""How long a work and each of its questions take: medians over the people of one or several stages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.method import METHOD, Method
from diagnostics.sittings.queries.pace import paces_of


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: the half of people were faster than `median`, nine of ten than `most`; None below ten people."""

    n: int
    median: float | None
    most: float | None


NOBODY = Spent(0, None, None)


@dataclass(frozen=True, slots=True)
class Pace:
    """`whole`: the work from its first question to the last one, breaks left out; `items` by question."""

    whole: Spent
    items: Mapping[str, Spent]


def pace_of(sitting_ids: Collection[str], method: Method = METHOD) -> Pace:
    """Of people with a name and with times; the others are not in `n`."""
    spent = paces_of(sitting_ids)
    by_item: dict[str, list[float]] = defaultdict(list)
    for one in spent.values():
        for item, seconds in one.items():
            by_item[item].append(seconds)
    return Pace(
        _spent([sum(one.values()) for one in spent.values()], method),
        {item: _spent(seconds, method) for item, seconds in by_item.items()},
    )


def _spent(seconds: list[float], method: Method) -> Spent:
    if len(seconds) < method.item_counts_below:
        return Spent(len(seconds), None, None)
    median, most = np.quantile(seconds, [0.5, 0.9])
    return Spent(len(seconds), float(median), float(most))
