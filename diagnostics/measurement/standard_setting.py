"""Cut scores from a panel: what its members judged, how far they are apart, how sure the cut is."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.intervals import Interval, t_interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector

#: Probability of success that a bookmark stands for, unless the panel was told another.
RESPONSE = 2 / 3


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut with the panel behind it.

    Attributes
    ----------
    value, se : cut and its standard error over panel members (points, or logits for a bookmark)
    share : the same as a share of the maximum; None for a bookmark
    interval : Student's; None where the members agree completely
    spread : standard deviation of the members' own cuts
    members : cut of each member
    outlying : members further than two standard deviations from the mean of the others
    """

    value: float
    se: float
    share: float | None
    interval: Interval | None
    spread: float
    members: tuple[float, ...]
    outlying: tuple[int, ...]


def angoff(judgements: ArrayLike, maxima: ArrayLike | None = None, method: Method = METHOD) -> Cut:
    """Mean over members of the sum of expected points of a person who just reaches the level.

    Source: Angoff 1971; Cizek, Bunch 2007, ch. 6. SE = SD of the members' sums / √members: the error of having
    asked these members.

    Parameters
    ----------
    judgements : members × items, expected points of the borderline person (right-or-wrong: a probability)
    maxima : (items,) maximum of each item; None = 1

    Raises
    ------
    TooFewPersonsError, BadInputError
        With fewer than two members; if a judgement is missing or outside 0…maximum.
    """
    table = np.asarray(judgements, dtype=np.float64)
    if table.ndim != 2 or not table.shape[1]:  # noqa: PLR2004 - members and items
        raise BadInputError("judgements are a table of members × items")
    top = np.ones(table.shape[1]) if maxima is None else complete_vector(maxima, "maxima")
    if top.size != table.shape[1] or not ((table >= 0) & (table <= top)).all():
        raise BadInputError("every member judges every item within 0…maximum")
    members = table.sum(axis=1)
    return _cut(members, float(members.mean() / top.sum()), 1.0, method)


def bookmark(
    pages: ArrayLike, difficulties: ArrayLike, response: float = RESPONSE, method: Method = METHOD
) -> Cut:
    """Median over members of the ability at which the last mastered item is solved with `response`.

    Page m of the ordered booklet is the first item that the borderline person would not master, so a member's
    cut is the location b + ln(rp / (1 − rp)) of item m − 1 (Cizek, Bunch 2007, ch. 10). The standard error of
    a median of a normal sample is √(π/2) times that of the mean.

    Parameters
    ----------
    pages : (members,) page of the bookmark, 2 … items + 1, in the order of rising difficulty
    difficulties : (items,) calibrated difficulties, logits, in any order

    Raises
    ------
    TooFewPersonsError, BadInputError
        With fewer than two members; if a page is not in the booklet or the probability not within 0…1.
    """
    places, order = complete_vector(pages, "pages"), np.sort(complete_vector(difficulties, "difficulties"))
    if not 0 < response < 1:
        raise BadInputError("a probability lies between 0 and 1", response=response)
    if (places % 1 != 0).any() or (places < 2).any() or (places > order.size + 1).any():  # noqa: PLR2004
        raise BadInputError("a bookmark stands on page 2 … items + 1", pages=places.tolist())
    members = order[places.astype(np.int64) - 2] + log(response / (1 - response))
    found = _cut(members, None, sqrt(pi / 2), method)
    median = float(np.median(members))
    shift = median - float(members.mean())
    interval = found.interval and Interval(
        median - (found.value - found.interval.low) * sqrt(pi / 2),
        median + (found.interval.high - found.value) * sqrt(pi / 2),
    )
    return Cut(found.value + shift, found.se, None, interval, found.spread, found.members, found.outlying)


def _cut(members: FloatArray, share: float | None, factor: float, method: Method) -> Cut:
    n = members.size
    if n < 2:  # noqa: PLR2004 - one member has no spread
        raise TooFewPersonsError("a panel has at least two members", n=n)
    spread = float(members.std(ddof=1))
    return Cut(
        value=float(members.mean()),
        se=factor * spread / sqrt(n),
        share=share,
        interval=t_interval(members, method.group_interval),
        spread=spread,
        members=tuple(members.tolist()),
        outlying=_outlying(members),
    )


def _outlying(members: FloatArray) -> tuple[int, ...]:
    """Members far from all others: each is compared with a spread that the member has no part in."""
    if members.size < 4:  # noqa: PLR2004 - three others give no spread to speak of
        return ()
    found = []
    for place, own in enumerate(members):
        others = np.delete(members, place)
        if abs(own - others.mean()) > 2 * max(float(others.std(ddof=1)), 1e-9):
            found.append(place)
    return tuple(found)
