"""How precisely a test measures where decisions are made: information at points and against the cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.numeric import FloatArray, complete_vector

#: Where the greatest information is looked for.
REACH = 6.0
POINTS = 1_201


@dataclass(frozen=True, slots=True)
class PointPrecision:
    """A test at one ability.

    Attributes
    ----------
    theta, information : logits; Fisher information of all items
    error : standard error 1 / √information of an estimate there, None without information
    expected_share : expected share (0…1) of the maximum
    """

    theta: float
    information: float
    error: float | None
    expected_share: float


@dataclass(frozen=True, slots=True)
class CutPrecision:
    """A test against one cut.

    Attributes
    ----------
    at : the test at the cut
    share_of_peak : information at the cut as a share of the greatest of this test, None without any
    items : names of the items that say most at the cut, best first
    """

    at: PointPrecision
    share_of_peak: float | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestPrecision:
    """Greatest information of the test within ±6, and each cut."""

    __test__ = False

    peak: PointPrecision
    cuts: tuple[CutPrecision, ...]


def expected_scores(items: Sequence[LatentItem], theta: ArrayLike) -> FloatArray:
    """(points,) expected sum of categories.

    Raises
    ------
    EmptyDataError, BadInputError
        Without items; if an ability is not finite.
    """
    return np.asarray(curves(items, theta).expected().sum(axis=1))


def information(items: Sequence[LatentItem], theta: ArrayLike) -> FloatArray:
    """(points,) test information Σ_i Σ_k P'² / P (Samejima 1969; Lord 1980).

    Raises
    ------
    EmptyDataError, BadInputError
        Without items; if an ability is not finite.
    """
    return np.asarray(curves(items, theta).information().sum(axis=1))


def precision(items: Sequence[LatentItem], theta: ArrayLike) -> tuple[PointPrecision, ...]:
    """Describe the test at each ability.

    Raises
    ------
    EmptyDataError, BadInputError
        Without items; if an ability is not finite.
    """
    at = complete_vector(theta, "abilities")
    found = curves(items, at)
    carried = found.information().sum(axis=1)
    shares = found.expected().sum(axis=1) / sum(item.maximum for item in items)
    return tuple(
        PointPrecision(one, whole, None if whole <= 0 else float(whole**-0.5), share)
        for one, whole, share in zip(at.tolist(), carried.tolist(), shares.tolist(), strict=True)
    )


def against_cuts(items: Sequence[LatentItem], cuts: ArrayLike, best: int = 5) -> TestPrecision:
    """Where the test is sharpest, and how sharp it is at each cut (logits, rising).

    Raises
    ------
    EmptyDataError
        Without items.
    BadInputError
        If there are no cuts or they do not rise.
    """
    edges = complete_vector(cuts, "cuts")
    if not edges.size or (np.diff(edges) <= 0).any():
        raise BadInputError("cuts rise")
    theta = np.linspace(-REACH, REACH, POINTS)
    peak = precision(items, theta[[int(np.argmax(information(items, theta)))]])[0]
    by_item = curves(items, edges).information()
    found = []
    for row, at in zip(by_item, precision(items, edges), strict=True):
        order = np.argsort(-row, kind="stable")[:best]
        share = at.information / peak.information if peak.information > 0 else None
        found.append(CutPrecision(at, share, tuple(items[index].name for index in order if row[index] > 0)))
    return TestPrecision(peak, tuple(found))
