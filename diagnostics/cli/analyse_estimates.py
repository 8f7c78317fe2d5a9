"""Items and people by conditional or marginal likelihood, brought to one shape."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from diagnostics.cli.analyse_misfit import Misfit, misfit_of
from diagnostics.cli.analyse_reading import Answers, DataRefused
from diagnostics.measurement import ability
from diagnostics.measurement.calibration import CalibratedItem, Calibration, ExcludedItem
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.fit.mean_squares import Fit, item_fit
from diagnostics.measurement.fit.score_groups import Estimated as Parameters
from diagnostics.measurement.latent import estimate as latent
from diagnostics.measurement.latent.allowed import SLOPES
from diagnostics.measurement.latent.calibration import EstimatedItem
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.latent.persons import Estimator, abilities
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.patterns import count_sets
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.rating_scale import calibrate_rating_scale

#: Conditional likelihood sums over sets of shown items; above this work it takes minutes.
MOST_WORK = 60_000


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item; None where a figure does not exist (a fixed slope has no error).

    `b` is the mean of the thresholds; `scores` are the raw scores of the categories.
    """

    name: str
    a: float
    se_a: float | None
    b: float
    se_b: float | None
    thresholds: tuple[float | None, ...]
    se_thresholds: tuple[float | None, ...]
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """What every estimator says about a file of answers.

    Attributes
    ----------
    method, identification : how the items were found and where the zero stands
    n, n_informative : people with an answer; those who say something about the items
    theta, theta_se : (persons,) weighted likelihood abilities (Warm) with their errors, NaN = no answers
    reliability : share of the variance of the abilities that is no error
    latent : the items as curves; None where a category was never reached, so that a curve is unknown
    fit : mean squares of the items, None where its curve is unknown: the others are judged among themselves
    fit_given : what the answers are judged by: "total"; "ability" where slopes differ, or people saw so
        many different sets of items that the sums over totals would take long
    misfit : S-X² of items, Q3 of pairs, lz* of people; None where fewer than two curves are known
    """

    model: str
    method: str
    identification: str
    n: int
    n_informative: int
    loglik: float
    n_parameters: int
    iterations: int
    converged: bool
    items: tuple[ItemFigures, ...]
    excluded: tuple[ExcludedItem, ...]
    collapsed: tuple[str, ...]
    theta: FloatArray
    theta_se: FloatArray
    reliability: float | None
    latent: tuple[LatentItem, ...] | None
    fit: tuple[Fit | None, ...]
    fit_given: str
    misfit: Misfit | None
    provisional: bool


def conditional(answers: Answers, model: str) -> Estimated:
    """Rasch, partial credit, rating scale: nothing is assumed about the people, so any number of them may be told.

    Raises
    ------
    DataRefused
        If hardly two people saw the same items: the sums would take minutes.
    EstimationError
    """
    if _too_much(answers.values):
        instead = ": take --way marginal" if model == "rasch" else ""
        sets = count_sets(~np.isnan(answers.values))
        raise DataRefused(
            f"{sets} different sets of shown items are too many for conditional likelihood, answers are missing"
            f" at random{instead}"
        )
    estimator = calibrate_rating_scale if model == "rsm" else calibrate
    found = estimator(answers.values, answers.names)
    scores = _columns(answers, tuple(item.name for item in found.items))
    people = ability.abilities(scores, found.items)
    theta, errors = _floats(people.theta), _floats(people.se)
    known = np.isfinite(theta)
    items = _latent(found.items)
    fit, misfit = _judged(scores, found, theta, Parameters.PLACE if model == "rsm" else Parameters.THRESHOLDS)
    return Estimated(
        model=model,
        method=found.method,
        identification=found.identification,
        n=found.n,
        n_informative=found.n_informative,
        loglik=found.loglik,
        n_parameters=found.n_parameters,
        iterations=found.iterations,
        converged=found.converged,
        items=tuple(_of_family(item) for item in found.items),
        excluded=found.excluded,
        collapsed=found.collapsed,
        theta=theta,
        theta_se=errors,
        reliability=ability.separation_reliability(theta[known], errors[known]),
        latent=items,
        fit=fit,
        fit_given="total",
        misfit=misfit,
        provisional=found.n_informative < METHOD.min_calibration_persons,
    )


def marginal(answers: Answers, model: str, way: str | None) -> Estimated:
    """Models with slopes, or the Rasch model of a normal population.

    Raises
    ------
    EstimationError
    """
    found = latent.calibrate(answers.values, model, answers.names, way=way)
    scores = _columns(answers, tuple(item.name for item in found.items))
    people = abilities(scores, found.items, Estimator.WLE)
    shown = abilities(scores, found.items, Estimator.EAP)
    theta = _floats(people.theta)
    by_ability = found.model in SLOPES or _too_much(scores)
    return Estimated(
        model=model,
        method=found.method,
        identification=found.identification,
        n=found.n,
        n_informative=found.n,
        loglik=found.loglik,
        n_parameters=found.n_parameters,
        iterations=found.iterations,
        converged=found.converged,
        items=tuple(_of_slopes(one) for one in found.estimates),
        excluded=found.excluded,
        collapsed=found.collapsed,
        theta=theta,
        theta_se=_floats(people.se),
        reliability=_empirical(_floats(shown.theta), _floats(shown.se)),
        latent=found.items,
        fit=item_fit(scores, found.items, theta) if by_ability else conditional_item_fit(scores, found.items),
        fit_given="ability" if by_ability else "total",
        misfit=misfit_of(
            scores,
            found.items,
            theta,
            Parameters.SLOPES if found.model in SLOPES else Parameters.THRESHOLDS,
        ),
        provisional=found.provisional,
    )


def _too_much(values: FloatArray) -> bool:
    sets = count_sets(~np.isnan(values))
    return sets > 1 and sets * values.shape[1] > MOST_WORK


def _columns(answers: Answers, names: tuple[str, ...]) -> FloatArray:
    place = {name: column for column, name in enumerate(answers.names)}
    return answers.values[:, [place[name] for name in names]]


def _floats(values: tuple[float | None, ...]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _empirical(mean: FloatArray, deviation: FloatArray) -> float | None:
    """Variance of the posterior means over that plus the mean posterior variance (Bechger et al. 2003)."""
    known = np.isfinite(mean)
    if known.sum() < 2:  # noqa: PLR2004 - a variance needs two
        return None
    between, within = float(mean[known].var(ddof=1)), float((deviation[known] ** 2).mean())
    return between / (between + within)


def _of_family(item: CalibratedItem) -> ItemFigures:
    return ItemFigures(
        name=item.name,
        a=1.0,
        se_a=None,
        b=item.location,
        se_b=item.se,
        thresholds=item.thresholds,
        se_thresholds=item.se_thresholds,
        scores=tuple(range(item.lowest, item.lowest + item.maximum + 1)),
    )


def _of_slopes(one: EstimatedItem) -> ItemFigures:
    item = one.item
    return ItemFigures(
        name=item.name,
        a=item.slope,
        se_a=one.se_slope,
        b=item.location,
        se_b=one.se_location,
        thresholds=item.thresholds,
        se_thresholds=one.se_thresholds,
        scores=item.scores or tuple(range(item.lowest, item.lowest + item.maximum + 1)),
    )


def _judged(
    scores: FloatArray, found: Calibration, theta: FloatArray, estimated: Parameters
) -> tuple[tuple[Fit | None, ...], Misfit | None]:
    """Items with a known curve among themselves: given their own total the model holds for any of them."""
    places = [place for place, item in enumerate(found.items) if None not in item.cumulative]
    items = _latent(tuple(found.items[place] for place in places))
    nothing: list[None] = [None] * len(found.items)
    if items is None or len(items) < 2:  # noqa: PLR2004 - one item alone is judged by nothing
        return tuple(nothing), None
    mine = scores[:, places]
    fit = dict(zip(places, conditional_item_fit(mine, items), strict=True))
    misfit = misfit_of(mine, items, theta, estimated)
    groups = dict(zip(places, misfit.items, strict=True))
    every = range(len(found.items))
    return tuple(map(fit.get, every)), replace(misfit, items=tuple(map(groups.get, every)))


def _latent(items: tuple[CalibratedItem, ...]) -> tuple[LatentItem, ...] | None:
    try:
        return of_calibrated(items)
    except BadInputError:
        return None
