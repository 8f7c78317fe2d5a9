"""Is a part of a test worth reporting on its own, and how does the whole help to estimate it?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.numeric import FloatArray, complete_vector


@dataclass(frozen=True, slots=True)
class PartValue:
    """How well the true score of one part is foretold (proportional reduction of mean squared error).

    Attributes
    ----------
    by_part : from its own score (its reliability)
    by_total : from the total score
    by_all : from all parts together (augmented score)
    own : whether the part tells more than the total: then it is reported on its own
    """

    by_part: float
    by_total: float
    by_all: float
    own: bool


@dataclass(frozen=True, slots=True, eq=False)
class Augmented:
    """Parts of many persons, estimated with the help of all parts.

    Attributes
    ----------
    values : persons × parts, regressed estimates of true part scores (NaN rows = a part is missing)
    errors : (parts,) standard error of estimation
    parts : what each part is worth
    """

    values: FloatArray
    errors: FloatArray
    parts: tuple[PartValue, ...]


def augmented(scores: ArrayLike, reliabilities: ArrayLike) -> Augmented:
    """Kelley's regression on all parts: τ̂ = mean + Σ_τ Σ⁻¹ (x − mean), Σ_τ = Σ − diag(SEM²).

    Source: Wainer et al. 2001, in *Test Scoring*, ch. 9 (augmented scores); Haberman 2008, J. Educ. Behav. Stat.
    33: 204–229 (PRMSE: a part is reported when its own score foretells it better than the total).

    Parameters
    ----------
    scores : persons × parts, points; persons with a missing part are left out of the estimates
    reliabilities : (parts,) reliability of each part, 0…1

    Raises
    ------
    TooFewPersonsError, BadInputError
        With no more persons than parts; if a reliability lies outside 0…1, a part has no spread, or parts
        foretell one another completely.
    """
    matrix, reliability = (
        np.asarray(scores, dtype=np.float64),
        complete_vector(reliabilities, "reliabilities"),
    )
    if matrix.ndim != 2 or matrix.shape[1:] != reliability.shape:  # noqa: PLR2004 - persons and parts
        raise BadInputError("persons × parts, one reliability a part")
    if ((reliability < 0) | (reliability > 1)).any():
        raise BadInputError("a reliability lies in 0…1", reliabilities=reliability.tolist())
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    n, k = complete.shape
    if n <= k + 1:
        raise TooFewPersonsError("more persons than parts are needed", n=n, parts=k)
    observed = np.atleast_2d(np.cov(complete, rowvar=False))
    variances = np.diag(observed)
    if (variances <= 0).any() or np.linalg.eigvalsh(observed / np.sqrt(np.outer(variances, variances)))[
        0
    ] < 1e-9:  # noqa: PLR2004
        raise BadInputError("a part has no spread or is the sum of others")
    true = observed - np.diag(variances * (1 - reliability))
    slopes = np.linalg.solve(observed, true).T
    centre = complete.mean(axis=0)
    explained = np.einsum("ij,ji->i", slopes, true)
    left = np.maximum(np.diag(true) - explained, 0.0)
    return Augmented(
        values=centre + (matrix - centre) @ slopes.T,
        errors=np.sqrt(left),
        parts=tuple(_value(place, observed, true, float(explained[place])) for place in range(k)),
    )


def _value(place: int, observed: FloatArray, true: FloatArray, explained: float) -> PartValue:
    own_true = float(true[place, place])
    if own_true <= 0:
        return PartValue(0.0, 0.0, 0.0, own=False)
    by_part = own_true / float(observed[place, place])
    by_total = float(true[place].sum()) ** 2 / (own_true * float(observed.sum()))
    by_total = min(by_total, 1.0) if observed.sum() > 0 else 0.0
    return PartValue(by_part, by_total, min(explained / own_true, 1.0), own=by_part > by_total)
