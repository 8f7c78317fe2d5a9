"""Rasch and partial credit items by conditional maximum likelihood."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import CalibratedItem, Calibration
from diagnostics.measurement.conditional import Booklet, Layout, expected_and_information, log_normaliser
from diagnostics.measurement.errors import NotConvergedError
from diagnostics.measurement.numeric import FloatArray, one_blas_thread
from diagnostics.measurement.responses import Responses, prepare

MAX_ITERATIONS = 60
#: Largest Newton step (logits) after which none is needed: the error left is of the order of its square.
STILL = 1e-5
#: No sensible item lies so far out: the likelihood is running away.
FAR = 25.0
#: A variance of a thousand logits squared is no estimate but a direction without information.
UNDETERMINED = 1e6


class Identification(StrEnum):
    """What is set to zero, since only differences of difficulties are defined."""

    #: The mean of all thresholds of all items.
    THRESHOLDS = "thresholds_sum_zero"
    #: The sum of all cumulative category parameters (eRm); the same thing for right-or-wrong items.
    CUMULATIVE = "cumulative_sum_zero"


def calibrate(
    scores: ArrayLike,
    names: tuple[str, ...] | None = None,
    identification: Identification = Identification.THRESHOLDS,
) -> Calibration:
    """Estimate the steps of all items; right-or-wrong and partial-credit items may stand side by side.

    An item of one step is a Rasch item, so the Rasch model is the partial credit model of such items
    (Masters 1982). Newton's method on the concave conditional likelihood with exact second derivatives.
    Items missing by design are handled exactly: persons are grouped by the items they were shown.
    Source: Andersen 1972; Fischer, Ponocny 1994; Mair, Hatzinger 2007 (eRm) for the normalisation.

    Parameters
    ----------
    scores : persons × items, whole steps 0…m, NaN = not presented
    names : names of the columns
    identification : zero of the scale

    Raises
    ------
    BadInputError
        If scores are negative, infinite or not whole, or names do not fit.
    EmptyDataError, TooFewItemsError
        If nothing is left to estimate.
    NotConnectedError
        If parts of the test share no informative person, or one part was always done better.
    NotConvergedError
        If the likelihood has no finite maximum after all.
    """
    with one_blas_thread():
        responses = prepare(scores, names)
        problem = _problem(responses)
        fit = _newton(responses, problem)
    return calibration_of(responses, problem.layout, fit, identification)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Where the climb ended: ln e_ih with covariance."""

    parameters: FloatArray
    covariance: FloatArray
    loglik: float
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The conditional likelihood of all booklets as a function of the parameters."""

    layout: Layout
    booklets: list[Booklet]
    counts: FloatArray

    def log_likelihood(self, at: FloatArray) -> float:
        return float(self.counts @ at) - sum(log_normaliser(one, self.layout, at) for one in self.booklets)

    def derivatives(self, at: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Gradient and information by ln e_ih."""
        gradient, information = self.counts.copy(), np.zeros((at.size, at.size))
        for one in self.booklets:
            expected, part = expected_and_information(one, self.layout, at)
            gradient[one.parameters] -= expected
            information[np.ix_(one.parameters, one.parameters)] += part
        return gradient, information

    def newton_step(self, at: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Step and covariance of the parameters."""
        gradient, information = self.derivatives(at)
        # Adding c·h to every ln e_ih changes nothing; one extra row pins that direction.
        free = self.layout.step / np.linalg.norm(self.layout.step)
        covariance = inverse(information + np.trace(information) * np.outer(free, free))
        return covariance @ gradient, covariance

    def climb(self, at: FloatArray, value: float, step: FloatArray) -> tuple[FloatArray, float]:
        """Full Newton step, halved while it does not climb."""
        for _ in range(30):
            there = at + step
            reached = self.log_likelihood(there)
            if reached >= value - 1e-9 * abs(value):
                return there, reached
            step = step / 2
        raise NotConvergedError("no step climbs the conditional likelihood")


def inverse(information: FloatArray) -> FloatArray:
    """Covariance of what is determined; NotConvergedError otherwise."""
    try:
        covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise NotConvergedError("the answers do not determine all steps") from error
    if not (np.abs(covariance) < UNDETERMINED).all():
        raise NotConvergedError("the answers do not determine all steps")
    return covariance


def _problem(responses: Responses) -> Problem:
    counts = counts_of(responses)
    item, category = np.nonzero(counts[:, 1:])  # one parameter for each category ≥ 1 that somebody reached
    layout = Layout(item, category + 1, responses.maxima)
    return Problem(layout, booklets_of(responses, layout), counts[item, category + 1])


def counts_of(responses: Responses) -> FloatArray:
    """Items × categories: informative persons in each."""
    steps = range(int(responses.maxima.max()) + 1)
    return np.array(
        [np.count_nonzero(responses.scores == step, axis=0) for step in steps], dtype=np.float64
    ).T


def booklets_of(responses: Responses, layout: Layout) -> list[Booklet]:
    """One booklet a set of shown items, with the persons of each total."""
    totals = np.nansum(responses.scores, axis=1).astype(np.int64)
    found = []
    for one in responses.sets:
        most = int(layout.maxima[one.items].sum())
        persons = np.bincount(totals[one.persons], minlength=most + 1)
        found.append(Booklet.of(layout, one.items, persons.astype(np.float64)))
    return found


def _newton(responses: Responses, problem: Problem) -> Fit:
    layout = problem.layout
    zeros = (responses.scores == 0).sum(axis=0)
    at = np.asarray(np.log((problem.counts + 0.5) / (zeros[layout.item] + 0.5)))
    value = problem.log_likelihood(at)
    for iteration in range(1, MAX_ITERATIONS + 1):
        step, covariance = problem.newton_step(at)
        at, value = problem.climb(at, value, step)
        if np.abs(step).max() < STILL:
            return Fit(at, covariance, value, iteration)
        if np.abs(at / layout.step).max() > FAR:
            break
    raise NotConvergedError("the conditional likelihood has no finite maximum", iterations=iteration)


def calibration_of(
    responses: Responses, layout: Layout, fit: Fit, identification: Identification
) -> Calibration:
    """The estimates as they are frozen."""
    centre = _centre(layout, identification)
    items = tuple(_item(index, responses, layout, fit, centre) for index in range(len(responses.names)))
    return Calibration(
        model="rasch" if (responses.maxima == 1).all() else "pcm",
        items=items,
        excluded=responses.excluded,
        n=responses.n,
        n_informative=responses.scores.shape[0],
        loglik=fit.loglik,
        n_parameters=int(layout.item.size - 1),
        iterations=fit.iterations,
        converged=True,
        collapsed=responses.collapsed,
        identification=identification.value,
    )


def _centre(layout: Layout, identification: Identification) -> FloatArray:
    """Contrast that gives the amount by which every threshold is lowered."""
    if identification is Identification.THRESHOLDS:
        return np.asarray(np.where(layout.tops(), -1.0, 0.0) / layout.maxima.sum())
    return np.asarray(np.full(layout.item.size, -1.0) / layout.step.sum())


def _item(index: int, responses: Responses, layout: Layout, fit: Fit, centre: FloatArray) -> CalibratedItem:
    own = np.flatnonzero(layout.item == index)
    maximum = int(responses.maxima[index])
    at = {int(layout.step[parameter]): int(parameter) for parameter in own}
    shift = float(centre @ fit.parameters)
    place = _row(layout, {at[maximum]: -1.0 / maximum}) - centre
    known = [_threshold_row(layout, at, step, centre) for step in range(1, maximum + 1)]
    return CalibratedItem(
        name=responses.names[index],
        location=float(place @ fit.parameters),
        se=_error(place, fit),
        thresholds=tuple(None if row is None else float(row @ fit.parameters) for row in known),
        se_thresholds=tuple(None if row is None else _error(row, fit) for row in known),
        lowest=int(responses.lowest[index]),
        cumulative=(
            0.0,
            *(
                float(fit.parameters[at[step]] + step * shift) if step in at else None
                for step in range(1, maximum + 1)
            ),
        ),
    )


def _threshold_row(layout: Layout, at: dict[int, int], step: int, centre: FloatArray) -> FloatArray | None:
    """Contrast that gives threshold `step` = η_{step−1} − η_step, centred; None beside an unseen category."""
    if step not in at or (step > 1 and step - 1 not in at):
        return None
    places = {at[step]: -1.0} | ({at[step - 1]: 1.0} if step > 1 else {})
    return _row(layout, places) - centre


def _row(layout: Layout, places: dict[int, float]) -> FloatArray:
    row = np.zeros(layout.item.size)
    row[list(places)] = list(places.values())
    return row


def _error(row: FloatArray, fit: Fit) -> float:
    return math.sqrt(max(float(row @ fit.covariance @ row), 0.0))
