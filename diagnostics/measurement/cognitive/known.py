"""Persons diagnosed by items that are known from an earlier wave."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.cognitive.counted import counted, right_or_wrong
from diagnostics.measurement.cognitive.em import Estimate, posterior
from diagnostics.measurement.cognitive.persons import ByPattern, Mastery
from diagnostics.measurement.cognitive.q_matrix import Gate, QMatrix, able, profiles, weaknesses
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import BoolArray, complete_vector, one_blas_thread


def mastery(
    scores: ArrayLike,
    q: QMatrix,
    gate: Gate,
    *,
    guess: ArrayLike,
    slip: ArrayLike,
    profile_shares: ArrayLike,
) -> Mastery:
    """Diagnose any number of persons by items whose chances are known from an earlier wave.

    Parameters
    ----------
    scores : persons × items of 0, 1 and NaN
    guess, slip : (items,) chances, 1 − s > g
    profile_shares : (2^K,) shares of the profiles, the first skill being the lowest bit

    Raises
    ------
    BadInputError
        If lengths differ, a chance does not lie within 0…1 with 1 − s > g, or shares do not sum to one.
    """
    matrix = right_or_wrong(scores, len(q.items))
    at = _known(q, guess, slip, profile_shares)
    answered: BoolArray = np.asarray(~np.isnan(matrix).all(axis=1))
    alone = [name for one in weaknesses(q) if one.code == "no_single_item" for name in one.skills]
    told = np.asarray(~np.isin(q.skills, alone))
    data = counted(matrix)
    with one_blas_thread():
        chances, _ = posterior(data, able(q, gate), at)
        each = ByPattern.of(chances, profiles(len(q.skills)))
    return each.persons(data.pattern[answered], answered, told)


def _known(q: QMatrix, guess: ArrayLike, slip: ArrayLike, profile_shares: ArrayLike) -> Estimate:
    low, high = complete_vector(guess, "guess"), 1 - complete_vector(slip, "slip")
    shares = complete_vector(profile_shares, "profile_shares")
    if low.size != len(q.items) or high.size != low.size or shares.size != 2 ** len(q.skills):
        raise BadInputError("one chance an item, one share a profile")
    if not ((low > 0) & (low < high) & (high < 1)).all():
        raise BadInputError("0 < g < 1 − s < 1 for each item")
    if (shares < 0).any() or not np.isclose(shares.sum(), 1.0):
        raise BadInputError("shares of the profiles sum to one")
    return Estimate(low, high, shares)
