"""Where persons stand on the scale of items with slopes: posterior mean and mode, likelihood, Warm's estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.ability import Abilities
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent import canonical, tabled
from diagnostics.measurement.latent.canonical import Pull
from diagnostics.measurement.latent.coding import Coded, coded
from diagnostics.measurement.latent.grid import Grid, points_for
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.numeric import BoolArray, FloatArray, one_blas_thread
from diagnostics.measurement.patterns import count_sets, presented_sets

#: Persons for whom a table of their own item set is worth while.
PERSONS_A_SET = 16
#: Persons worked on at once.
PERSONS = 2_048
#: Points at which the greatest test information is sought.
LOOK = np.linspace(-6, 6, 121)


class Estimator(StrEnum):
    """Which estimate of ability."""

    #: Mean of the posterior: for showing one result, never for change (it shrinks towards the population).
    EAP = "eap"
    #: Mode of the posterior.
    MAP = "map"
    #: Maximum likelihood; does not exist for the least and the greatest score.
    ML = "ml"
    #: Warm's weighted likelihood: nearly unbiased, always finite.
    WLE = "wle"


@dataclass(frozen=True, slots=True)
class Population:
    """Normal population of EAP and MAP."""

    mean: float = 0.0
    sd: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no population."""
        if not (np.isfinite([self.mean, self.sd]).all() and self.sd > 0):
            raise BadInputError("a population has a finite mean and a positive deviation")


STANDARD = Population()


def abilities(
    scores: ArrayLike,
    items: Sequence[LatentItem],
    estimator: Estimator | str = Estimator.WLE,
    *,
    population: Population = STANDARD,
    maxima: ArrayLike | None = None,
) -> Abilities:
    """Estimate every person from the items that were shown (NaN = not presented).

    EAP: mean and standard deviation of p(θ | x) on a uniform grid. MAP, ML, WLE: root of the score, for MAP
    with the normal prior, for WLE with Warm's J / 2I; SE = 1 / √I, for MAP with the prior's precision.
    Source: Bock, Mislevy 1982 (EAP); Warm 1989 (WLE).

    Parameters
    ----------
    scores : persons × items, raw whole scores, columns as `items`
    population : prior of EAP and MAP
    maxima : declared maxima; scores above are refused

    Returns
    -------
    Abilities
        `reason` is "no_answers", or "no_finite_estimate" where the likelihood has no maximum.

    Raises
    ------
    BadInputError
        If the columns are not the items, or scores are no whole steps or too high.
    EmptyDataError
        If there are no items.
    """
    kind, answers = Estimator(estimator), coded(scores, items, maxima)
    theta, error = np.full(answers.codes.shape[0], np.nan), np.full(answers.codes.shape[0], np.nan)
    answered = answers.answered
    with one_blas_thread():
        if answered.any():
            part = answers if answered.all() else answers.rows(answered)
            theta[answered], error[answered] = _estimates(part, items, kind, population)
    return _told(theta, error, answered)


def _estimates(
    answers: Coded, items: Sequence[LatentItem], kind: Estimator, population: Population
) -> tuple[FloatArray, FloatArray]:
    grid = _grid(items, population)
    if not canonical.is_canonical(items):
        return _tabled(answers, items, kind, population, grid)
    if answers.shown is None:
        return _canonical(answers, items, kind, population, grid)
    if count_sets(answers.shown) * PERSONS_A_SET > answers.codes.shape[0] > PERSONS_A_SET:
        return _tabled(answers, items, kind, population, grid)
    theta, error = np.empty(answers.codes.shape[0]), np.empty(answers.codes.shape[0])
    for one in presented_sets(answers.shown):
        own = [items[index] for index in one.items]
        part = Coded(answers.codes[np.ix_(one.persons, one.items)], None)
        theta[one.persons], error[one.persons] = _canonical(part, own, kind, population, grid)
    return theta, error


def _grid(items: Sequence[LatentItem], population: Population) -> Grid:
    """Uniform grid over the population, fine enough for the most informative point."""
    most = float(curves(items, population.mean + population.sd * LOOK).information().sum(axis=1).max())
    plain = Grid.of(points_for(most * population.sd**2))
    return Grid(population.mean + population.sd * plain.theta, plain.log_weight)


def _pull(kind: Estimator, population: Population) -> Pull:
    if kind is Estimator.MAP:
        return Pull(mean=population.mean, precision=1 / population.sd**2)
    return Pull(is_weighted=kind is Estimator.WLE)


def _canonical(
    answers: Coded, items: Sequence[LatentItem], kind: Estimator, population: Population, grid: Grid
) -> tuple[FloatArray, FloatArray]:
    """One table of the sums that occur where slopes are equal, one inverse function where they are not."""
    slopes = {item.slope for item in items}
    if len(slopes) == 1:
        totals = _sums(answers, np.ones(len(items))).astype(np.int64)
        points = np.arange(sum(item.maximum for item in items) + 1)
        sums = slopes.pop() * points
        theta, error = _of_sums(sums.astype(np.float64), None, items, kind, population, grid)
        return theta[totals], error[totals]
    sums = _sums(answers, np.array([item.slope for item in items]))
    return _of_sums(sums, answers, items, kind, population, grid)


def _sums(answers: Coded, slopes: FloatArray) -> FloatArray:
    """(persons,) Σ a·x."""
    found = np.empty(answers.codes.shape[0])
    for start in range(0, found.size, PERSONS):
        rows = slice(start, start + PERSONS)
        found[rows] = answers.codes[rows].astype(np.float64) @ slopes
    return found


def _of_sums(
    sums: FloatArray,
    answers: Coded | None,
    items: Sequence[LatentItem],
    kind: Estimator,
    population: Population,
    grid: Grid,
) -> tuple[FloatArray, FloatArray]:
    if kind is Estimator.EAP:
        return canonical.expected_a_posteriori(sums, items, grid)
    highest = np.array([item.slope * item.maximum for item in items])
    least, most = float(np.minimum(highest, 0).sum()), float(np.maximum(highest, 0).sum())
    edge = 1e-9 * (most - least)
    inner: BoolArray = np.ones(sums.size, dtype=bool)
    if kind is Estimator.ML:
        inner = (sums > least + edge) & (sums < most - edge)
    theta, error = np.full(sums.size, np.nan), np.full(sums.size, np.nan)
    if not inner.any():
        return theta, error
    found = canonical.solved(sums[inner], items, _pull(kind, population))
    if found is not None:
        theta[inner], error[inner] = found
        return theta, error
    if answers is None:
        answers = _examples(sums.size, items)
    return _tabled(answers, items, kind, population, grid)


def _examples(count: int, items: Sequence[LatentItem]) -> Coded:
    """A pattern of each total 0, 1, … of items with equal slopes."""
    maxima = np.array([item.maximum for item in items])
    before = np.cumsum(maxima) - maxima
    codes = np.clip(np.arange(count)[:, None] - before, 0, maxima)
    return Coded(codes.astype(np.int8), None)


def _tabled(
    answers: Coded, items: Sequence[LatentItem], kind: Estimator, population: Population, grid: Grid
) -> tuple[FloatArray, FloatArray]:
    mean, deviation = tabled.expected_a_posteriori(answers, items, grid)
    if kind is Estimator.EAP:
        return mean, deviation
    return tabled.solved(answers, items, _pull(kind, population), mean)


def _told(theta: FloatArray, error: FloatArray, answered: BoolArray) -> Abilities:
    known = np.isfinite(theta) & np.isfinite(error)
    if known.all():
        return Abilities(tuple(theta.tolist()), tuple(error.tolist()), (None,) * theta.size)
    reason = np.where(answered, "no_finite_estimate", "no_answers").astype(object)
    reason[known] = None
    return Abilities(_or_none(theta, known), _or_none(error, known), tuple(reason))


def _or_none(values: FloatArray, known: BoolArray) -> tuple[float | None, ...]:
    found = values.astype(object)
    found[~known] = None
    return tuple(found)
