"""Classical statistics of items and of a test: what a pilot of any size can say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval, fisher_interval, wilson_interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import (
    BoolArray,
    FloatArray,
    answer_matrix,
    complete_vector,
    item_names,
    one_blas_thread,
    optional,
    special,
)
from diagnostics.measurement.polarity import against, turned

#: A sum of squares below this share of the squares themselves is rounding.
ROUNDING = 1e-14
#: Persons whose products are summed at once.
BLOCK = 1024


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item in a group.

    Attributes
    ----------
    name, n : code of the item; persons it was presented to
    omitted : of these, persons who left it out
    mean, p : mean score; the same as a share of the maximum (difficulty, 0…1)
    p_interval : Wilson, right-or-wrong items only
    r_rest, r_interval : correlation with the rest of the test, Fisher interval
    flags : "too_easy", "too_hard", "low_discrimination"
    reason : "counts_only" (n below the method's limit; figures are None), "provisional" or None
    """

    name: str
    n: int
    omitted: int
    mean: float | None
    p: float | None
    p_interval: Interval | None
    r_rest: float | None
    r_interval: Interval | None
    flags: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class ScaleStatistics:
    """A test in a group.

    Attributes
    ----------
    n, n_complete : persons with an answer; persons who were shown every item
    mean, sd : of the total of complete persons (points, n − 1)
    alpha, alpha_interval : Cronbach's alpha with Feldt's exact interval
    sem : sd · √(1 − alpha)
    reason : why alpha is None: "too_few_persons", "too_few_items", "no_variance", "incomplete",
        "unreversed_items" (alpha is negative because the items in `against` run the other way),
        "negative_alpha" (items do not hang together at all)
    against : items that run against the others; empty unless that is the reason
    """

    n: int
    n_complete: int
    mean: float | None
    sd: float | None
    alpha: float | None
    alpha_interval: Interval | None
    sem: float | None
    items: tuple[ItemStatistics, ...]
    reason: str | None
    against: tuple[str, ...] = ()


def analyse(
    scores: ArrayLike,
    maxima: ArrayLike,
    names: tuple[str, ...] | None = None,
    omitted: ArrayLike | None = None,
    method: Method = METHOD,
) -> ScaleStatistics:
    """Describe every item and the test.

    Source: Lord, Novick 1968; Feldt 1965, Psychometrika 30: 357–370 (interval of alpha).

    Parameters
    ----------
    scores : persons × items, NaN = not presented; an omitted item is presented and scored 0
    maxima : (items,) greatest possible score of each item
    names : names of the columns
    omitted : persons × items, true where a presented item was left out

    Raises
    ------
    BadInputError
        If shapes differ, a maximum is not positive or a score exceeds it.
    """
    matrix, greatest = answer_matrix(scores), complete_vector(maxima, "maxima")
    labels = item_names(names, matrix.shape[1])
    skipped = None if omitted is None else np.asarray(omitted, dtype=bool)
    same = skipped is None or skipped.shape == matrix.shape
    if greatest.size != matrix.shape[1] or not same or (greatest <= 0).any():
        raise BadInputError("one positive maximum an item, one omission mark an answer")
    # The highest score of all is found faster than that of each item, and mostly decides.
    if (
        np.fmax.reduce(matrix, axis=None, initial=0.0) > greatest.min(initial=np.inf)
        and (matrix > greatest).any()
    ):
        raise BadInputError("a score exceeds its maximum")
    with one_blas_thread():
        products = _products(matrix) if matrix.size and not np.isnan(matrix).any() else None
        items = _items(matrix, greatest, labels, skipped, products, method)
        return _test(matrix, greatest, items, products, method)


def _items(
    matrix: FloatArray,
    greatest: FloatArray,
    names: tuple[str, ...],
    skipped: BoolArray | None,
    products: FloatArray | None,
    method: Method,
) -> tuple[ItemStatistics, ...]:
    """`products` are those of the columns where nothing is missing."""
    if products is not None:
        count, mean = np.full(len(names), matrix.shape[0]), matrix.mean(axis=0)
        rest = _rest_of_complete(products, matrix.shape[0], greatest)
        left_out = np.zeros(len(names)) if skipped is None else skipped.sum(axis=0)
    else:
        shown = ~np.isnan(matrix)
        count = shown.sum(axis=0)
        mean = np.nansum(matrix, axis=0) / np.maximum(count, 1)
        rest = rest_correlations(matrix, greatest)
        left_out = np.zeros(len(names)) if skipped is None else (skipped & shown).sum(axis=0)
    return tuple(
        _item(name, int(n), int(lost), float(average), float(maximum), optional(r), method)
        for name, n, lost, average, maximum, r in zip(
            names, count, left_out, mean, greatest, rest, strict=True
        )
    )


def _item(
    name: str, n: int, omitted: int, mean: float, maximum: float, r: float | None, method: Method
) -> ItemStatistics:
    if n < method.item_counts_below:
        return ItemStatistics(name, n, omitted, None, None, None, None, None, (), "counts_only")
    p = mean / maximum
    return ItemStatistics(
        name=name,
        n=n,
        omitted=omitted,
        mean=mean,
        p=p,
        p_interval=wilson_interval(p, n, method.group_interval) if maximum == 1 else None,
        r_rest=r,
        r_interval=None if r is None else fisher_interval(r, n, method.group_interval),
        flags=_flags(p, r, method),
        reason="provisional" if n < method.item_provisional_below else None,
    )


def _flags(p: float, r: float | None, method: Method) -> tuple[str, ...]:
    easy = ("too_easy",) if p > method.item_too_easy else ()
    hard = ("too_hard",) if p < method.item_too_hard else ()
    weak = ("low_discrimination",) if r is not None and r < method.item_discrimination else ()
    return (*easy, *hard, *weak)


def rest_correlations(matrix: FloatArray, greatest: FloatArray) -> FloatArray:
    """(items,) correlation of each item with the share reached on the other presented items; NaN if undefined.

    With complete data this is the usual corrected item–total correlation. Where forms differ, the rest is a
    share of what the person was shown, so a longer form does not look like a better person.
    """
    if matrix.size and not np.isnan(matrix).any():
        return _rest_of_complete(_products(matrix), matrix.shape[0], greatest)
    found = rest_shares(matrix, greatest)
    others = ~np.isnan(found)
    own, rest = np.where(others, matrix, 0.0), np.where(others, found, 0.0)
    count = np.maximum(others.sum(axis=0), 1)
    x = np.where(others, own - own.sum(axis=0) / count, 0.0)
    y = np.where(others, rest - rest.sum(axis=0) / count, 0.0)
    scale = np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))
    # Rounding leaves a constant item a spread of about 1e-16 of its size: that is no spread.
    defined = scale > 1e-12 * np.maximum(count, 1) * greatest
    correlations = np.full(scale.size, np.nan)
    np.divide((x * y).sum(axis=0), scale, out=correlations, where=defined)
    return correlations


def _rest_of_complete(products: FloatArray, n: int, greatest: FloatArray) -> FloatArray:
    """The same where everybody was shown everything: all sums follow from the products of the columns."""
    own, with_total = np.diag(products), products.sum(axis=1)
    rest = np.maximum(products.sum() - 2 * with_total + own, 0.0)
    others = greatest.sum() - greatest
    scale = np.sqrt(own * rest)
    correlations = np.full(scale.size, np.nan)
    # Rounding, as below; one item alone has no rest.
    defined = (others > 0) & (scale > 1e-12 * n * greatest * others)
    np.divide(with_total - own, scale, out=correlations, where=defined)
    return correlations


def _products(matrix: FloatArray) -> FloatArray:
    """Items × items: sums of products of deviations from the means; nothing is missing."""
    away, products = matrix.mean(axis=0), np.zeros((matrix.shape[1],) * 2)
    room = np.empty((min(BLOCK, matrix.shape[0]), matrix.shape[1]))  # stays in the processor's cache
    for start in range(0, matrix.shape[0], BLOCK):
        part = matrix[start : start + BLOCK]
        part = np.subtract(part, away, out=room[: len(part)])
        products += part.T @ part
    return products


def rest_shares(matrix: FloatArray, greatest: FloatArray) -> FloatArray:
    """Persons × items: the share reached on all other presented items; NaN where an item was not presented or alone."""
    shown = ~np.isnan(matrix)
    own = np.where(shown, matrix, 0.0)
    possible = shown @ greatest
    return np.divide(
        own.sum(axis=1)[:, None] - own,
        possible[:, None] - greatest,
        out=np.full_like(own, np.nan),
        where=shown & (possible[:, None] - greatest > 0),
    )


def _test(
    matrix: FloatArray,
    greatest: FloatArray,
    items: tuple[ItemStatistics, ...],
    products: FloatArray | None,
    method: Method,
) -> ScaleStatistics:
    complete, answered = matrix, matrix.shape[0]
    if products is None:
        missing = np.isnan(matrix)
        answered = int((~missing).any(axis=1).sum()) if matrix.size else 0
        complete = matrix[~missing.any(axis=1)] if matrix.shape[1] else matrix[:0]
    n, total = complete.shape[0], complete.sum(axis=1)
    mean = float(total.mean()) if n else None
    sd = float(total.std(ddof=1)) if n > 1 else None
    alpha, reason = _alpha(complete, products, incomplete=answered > n)
    places: tuple[int, ...] = ()
    if alpha is not None and alpha < 0:
        places, alpha, reason = against(complete), None, "negative_alpha"
        reason = "unreversed_items" if _hangs_together(turned(complete, places, greatest), method) else reason
    interval = None if alpha is None else feldt_interval(alpha, n, len(items), method.group_interval)
    sem = None if alpha is None or sd is None else sd * float(np.sqrt(1 - alpha))
    named = tuple(items[place].name for place in places) if reason == "unreversed_items" else ()
    return ScaleStatistics(answered, n, mean, sd, alpha, interval, sem, items, reason, named)


def _hangs_together(complete: FloatArray, method: Method) -> bool:
    """Whether alpha is surely above 0: only then is turning items round the explanation, not chance."""
    alpha, _ = _alpha(complete, None, incomplete=False)
    return (
        alpha is not None
        and feldt_interval(alpha, complete.shape[0], complete.shape[1], method.group_interval).low > 0
    )


def _alpha(
    complete: FloatArray, products: FloatArray | None, *, incomplete: bool
) -> tuple[float | None, str | None]:
    """`products` of the columns, where they are known already."""
    n, k = complete.shape
    if k < 2:  # noqa: PLR2004 - alpha compares items
        return None, "too_few_items"
    if n < 2:  # noqa: PLR2004 - a variance needs two persons
        return None, "incomplete" if incomplete else "too_few_persons"
    products = _products(complete) if products is None else products
    whole = float(products.sum())
    if whole <= ROUNDING * n * float(np.square(complete[0]).sum() + 1):
        return None, "no_variance"
    return k / (k - 1) * (1 - float(np.trace(products)) / whole), None


def feldt_interval(alpha: float, n: int, k: int, coverage: float) -> Interval:
    """Exact interval of alpha under normal theory: (1 − α̂)/(1 − α) follows F(n − 1, (n − 1)(k − 1)).

    Source: Feldt 1965; Feldt, Woodruff, Salih 1987.
    """
    tail = (1 - coverage) / 2
    quantile = special().fdtri
    first, second = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - alpha) * float(quantile(first, second, 1 - tail))
    return Interval(low, 1 - (1 - alpha) * float(quantile(first, second, tail)))
