"""Items with slopes of their own by marginal likelihood: 2PL, graded response, generalised partial credit."""

from __future__ import annotations

from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, TooFewItemsError
from diagnostics.measurement.latent.allowed import SLOPES, Allowance, Model, Way, allowed
from diagnostics.measurement.latent.answers import Answers, prepare, refuse_unconnected
from diagnostics.measurement.latent.calibration import LatentCalibration
from diagnostics.measurement.latent.climb import Top, climb
from diagnostics.measurement.latent.families import Adjacent, Family, Graded
from diagnostics.measurement.latent.freezing import estimated_items
from diagnostics.measurement.latent.grid import Grid
from diagnostics.measurement.latent.one_slope import climb_one_slope
from diagnostics.measurement.latent.prior import Prior
from diagnostics.measurement.latent.problem import Problem
from diagnostics.measurement.latent.starting import start
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import one_blas_thread


def calibrate(
    scores: ArrayLike,
    model: Model | str,
    names: tuple[str, ...] | None = None,
    *,
    way: Way | str | None = None,
    maxima: ArrayLike | None = None,
    points: int | None = None,
    prior: Prior | None = None,
    method: Method = METHOD,
) -> LatentCalibration:
    """Estimate items under a standard normal population from the answers, missing ones left out.

    ln L = Σ_n ln ∫ Π_i P(x_ni | θ) φ(θ) dθ on a uniform grid over ±6, finer where a test is very sharp.
    Errors come from the observed information, those of thresholds by the delta method.
    Source: Bock, Aitkin 1981, Psychometrika 46: 443–459; Muraki 1992; Samejima 1969; Louis 1982.

    Parameters
    ----------
    scores, names : persons × items, whole steps 0…m, NaN = not presented; names of the columns
    model : "2pl" (right-or-wrong items), "grm", "gpcm"; "rasch" (slopes one), "1pl" (one common slope)
    way : "marginal_likelihood" or "map"; None = what the number of persons allows
    maxima : (items,) declared maximum scores; answers above are refused
    points, prior : of the grid, at least; of maximum a posteriori; None = as the method says

    Raises
    ------
    BadInputError
        If scores are no whole steps, lie above the maximum, or a "2pl" item has more than two categories.
    NotOfferedError
        For models and ways that are never used (3PL, joint likelihood, …).
    TooFewPersonsError
        With `n`, the answers of the item that has fewest, `needed`, and `items` where only some have so few.
    EmptyDataError, TooFewItemsError
        If nothing is left when constant items and such as do not rise with the rest are put aside.
    NotConnectedError, NotConvergedError
        If parts of the test share no person; if the likelihood has no finite maximum.
    """
    asked, chosen = Model(model), None if way is None else Way(way)
    grid = Grid.of(method.grid_points if points is None else points)
    with one_blas_thread():
        answers = prepare(scores, names, maxima)
        while True:
            may = _allowance(asked, answers, chosen, method)
            _refuse_unfit(answers, asked)
            top = _climbed(answers, may, grid, prior or Prior.of(method))
            if top.rising.all():
                return _calibration(may, answers, top)
            answers = answers.without(~top.rising, "not_rising")
            refuse_unconnected(answers)


def _calibration(may: Allowance, answers: Answers, top: Top) -> LatentCalibration:
    is_map = may.way is Way.MAP
    is_tied = may.model not in SLOPES
    return LatentCalibration(
        model=may.model.value,
        method=Way.MAP.value if is_map else Way.MARGINAL.value,
        estimates=estimated_items(top, answers, family_of(may.model), is_tied=is_tied),
        excluded=answers.excluded,
        collapsed=answers.collapsed,
        n=answers.n,
        n_least=may.n,
        loglik=top.expected.loglik,
        log_posterior=top.value if is_map else None,
        n_parameters=int(top.covariance.shape[0]),
        iterations=top.iterations,
        converged=True,
        grid=top.points,
        provisional=may.provisional,
        errors="observed_information_of_a_sample" if top.is_sampled else "observed_information",
    )


def family_of(model: Model) -> Family:
    """Curves of the model's categories."""
    return Graded() if model is Model.GRM else Adjacent()


def _allowance(model: Model, answers: Answers, way: Way | None, method: Method) -> Allowance:
    """What the item with the fewest answers allows."""
    least = int(answers.answered().min(initial=answers.n))
    found = allowed(model, least, way or (None if model in SLOPES else Way.MARGINAL), method)
    if found.way in {Way.MARGINAL, Way.MAP}:
        return found
    few = answers.answered() < found.needed
    names = tuple(name for name, is_few in zip(answers.names, few, strict=True) if is_few)
    raise found.refused(() if few.all() else names)


def _climbed(answers: Answers, may: Allowance, grid: Grid, prior: Prior) -> Top:
    if may.model not in SLOPES:
        return climb_one_slope(answers, grid, is_free=may.model is Model.ONE_PL)
    held = prior if may.way is Way.MAP else None
    problem = Problem.of(answers, family_of(may.model), grid, held)
    return climb(problem, start(problem), answers.names)


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
