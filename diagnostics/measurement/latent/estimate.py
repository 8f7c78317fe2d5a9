"""Items with slopes of their own by marginal likelihood: 2PL, graded response, generalised partial credit."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, TooFewItemsError
from diagnostics.measurement.latent.allowed import SLOPES, Model, Way, allowed
from diagnostics.measurement.latent.answers import Answers, prepare, refuse_unconnected
from diagnostics.measurement.latent.calibration import EstimatedItem, LatentCalibration
from diagnostics.measurement.latent.climb import Top, climb
from diagnostics.measurement.latent.families import Adjacent, Family, Graded, Shape
from diagnostics.measurement.latent.grid import POINTS, Grid
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.latent.one_slope import climb_one_slope
from diagnostics.measurement.latent.prior import Prior, steps_of
from diagnostics.measurement.latent.problem import Problem
from diagnostics.measurement.latent.starting import start
from diagnostics.measurement.numeric import FloatArray, one_blas_thread

#: Priors of maximum a posteriori.
PRIOR = Prior()
#: A slope below this tells no stronger person from a weaker one.
LEAST_SLOPE = 0.0


def calibrate(
    scores: ArrayLike,
    model: Model | str,
    names: tuple[str, ...] | None = None,
    *,
    way: Way | str | None = None,
    maxima: ArrayLike | None = None,
    points: int = POINTS,
    prior: Prior = PRIOR,
) -> LatentCalibration:
    """Estimate items under a standard normal population from the answers, missing ones left out.

    ln L = Σ_n ln ∫ Π_i P(x_ni | θ) φ(θ) dθ on a uniform grid over ±6, finer where the test is so
    informative that 41 points would not do. Equal rows are one unit; standard errors come from the exact
    observed information, those of thresholds by the delta method.
    Source: Bock, Aitkin 1981, Psychometrika 46: 443–459; Muraki 1992; Samejima 1969; Louis 1982.

    Parameters
    ----------
    scores : persons × items, whole steps 0…m, NaN = not presented
    model : "2pl" (right-or-wrong items), "grm", "gpcm"; "rasch" (slopes one), "1pl" (one common slope)
    names : names of the columns
    way : "marginal_likelihood" or "map"; None = what the number of persons allows
    maxima : (items,) declared maximum scores; answers above are refused
    points : of the grid, at least
    prior : of maximum a posteriori

    Returns
    -------
    LatentCalibration
        Constant items and such as do not rise with the rest are excluded by name.

    Raises
    ------
    BadInputError
        If scores are no whole steps, lie above the maximum, or a "2pl" item has more than two categories.
    NotOfferedError
        For models and ways that are never used (3PL, joint likelihood, …).
    TooFewPersonsError
        With `n` and `needed`; `n` counts the answers of the item that has fewest.
    EmptyDataError, TooFewItemsError
        If nothing is left to estimate.
    NotConnectedError
        If parts of the test share no person.
    NotConvergedError
        If the likelihood has no finite maximum.
    """
    asked = Model(model)
    answers = prepare(scores, names, maxima)
    with one_blas_thread():
        while True:
            found = _estimate(answers, asked, None if way is None else Way(way), points, prior)
            flat = np.array([one.item.slope <= LEAST_SLOPE for one in found.estimates])
            if not flat.any():
                return found
            answers = answers.without(flat, "not_rising")
            refuse_unconnected(answers)


def _estimate(
    answers: Answers, model: Model, way: Way | None, points: int, prior: Prior
) -> LatentCalibration:
    least = int(answers.answered().min(initial=answers.n))
    may = allowed(model, least, way or (None if model in SLOPES else Way.MARGINAL))
    if may.way not in {Way.MARGINAL, Way.MAP}:
        raise may.refused()
    _refuse_unfit(answers, model)
    family: Family = Graded() if model is Model.GRM else Adjacent()
    grid = Grid.of(points)
    if model in SLOPES:
        problem = Problem.of(answers, family, grid, prior if may.way is Way.MAP else None)
        top = climb(problem, start(problem), answers.names)
    else:
        top = climb_one_slope(answers, grid, is_free=model is Model.ONE_PL)
    shape = Shape.of(answers.maxima)
    estimates = _estimates(top, answers, family, shape, tied=model not in SLOPES)
    return LatentCalibration(
        model=model.value,
        method=may.way.value,
        estimates=estimates,
        excluded=answers.excluded,
        collapsed=answers.collapsed,
        n=answers.n,
        n_least=least,
        loglik=top.expected.loglik,
        log_posterior=top.value if may.way is Way.MAP else None,
        n_parameters=int(top.covariance.shape[0]),
        iterations=top.iterations,
        converged=True,
        grid=top.points,
        provisional=may.provisional,
    )


def _refuse_unfit(answers: Answers, model: Model) -> None:
    """Two items share only the product of their slopes; 2PL knows right and wrong alone."""
    needed = 3 if model in SLOPES else 2
    if len(answers.names) < needed:
        raise TooFewItemsError(
            "too few items that differ between persons", items=len(answers.names), needed=needed
        )
    if model is Model.TWO_PL and (answers.maxima > 1).any():
        many = tuple(name for name, top in zip(answers.names, answers.maxima, strict=True) if top > 1)
        raise BadInputError(
            "items with more than two categories are graded response or partial credit", items=many
        )


def _estimates(
    top: Top, answers: Answers, family: Family, shape: Shape, *, tied: bool
) -> tuple[EstimatedItem, ...]:
    steps = steps_of(top.table, family.curve)
    places = np.cumsum(shape.valid.ravel()).reshape(shape.valid.shape) - 1
    if tied:  # one slope, or none, in front of all levels
        free = top.covariance.shape[0] - int(shape.maxima.sum())
        levels = free - 1 + np.cumsum(shape.steps.ravel()).reshape(shape.steps.shape)
        places = np.column_stack((np.full(shape.maxima.size, 0 if free else -1), levels))
    found = []
    for item, maximum in enumerate(answers.maxima.tolist()):
        slope = float(top.table[item, 0])
        thresholds = -steps[item, :maximum] / slope
        own = places[item, : maximum + 1]
        covariance = np.zeros((maximum + 1, maximum + 1))
        known = slice(0 if own[0] >= 0 else 1, None)
        covariance[known, known] = top.covariance[np.ix_(own[known], own[known])]
        turn = np.column_stack((-thresholds, _by_levels(maximum, family.curve))) / slope
        errors = np.sqrt(np.einsum("ki,ij,kj->k", turn, covariance, turn))
        raw = answers.scores[item]
        is_plain = raw[-1] - raw[0] == maximum
        estimate = LatentItem(
            answers.names[item],
            slope,
            tuple(thresholds.tolist()),
            family.curve,
            0.0,
            raw[0],
            () if is_plain else raw,
        )
        se_slope = float(np.sqrt(covariance[0, 0])) if own[0] >= 0 else None
        found.append(EstimatedItem(estimate, se_slope, tuple(errors.tolist())))
    return tuple(found)


def _by_levels(maximum: int, curve: Curve) -> FloatArray:
    """Thresholds × levels: derivative of −t_k by e_h."""
    own = -np.eye(maximum)
    return own if curve is Curve.GRADED else own + np.eye(maximum, k=-1)
