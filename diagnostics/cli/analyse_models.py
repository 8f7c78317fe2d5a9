"""From answers to calibrated items of any model: one shape for all estimators, every refusal one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from diagnostics.cli.analyse_reading import Answers, DataRefused, shortened
from diagnostics.measurement.ability import abilities, separation_reliability
from diagnostics.measurement.calibration import CalibratedItem, Calibration, ExcludedItem
from diagnostics.measurement.errors import (
    BadInputError,
    EmptyDataError,
    EstimationError,
    NotConnectedError,
    NotConvergedError,
    TooFewItemsError,
    TooFewPersonsError,
)
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.patterns import presented_sets
from diagnostics.measurement.rasch import calibrate

#: Highest category of one item: beyond it a column holds points of a test and no categories.
MOST_STEPS = 20
#: Conditional likelihood sums over sets of shown items; above this work it takes minutes.
MOST_WORK = 60_000


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item; None where a figure does not exist (the slope of the Rasch family has no error)."""

    name: str
    a: float
    se_a: float | None
    b: float
    se_b: float | None
    thresholds: tuple[float | None, ...]
    se_thresholds: tuple[float | None, ...]
    lowest: int


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """What every estimator says about a file of answers.

    Attributes
    ----------
    method, identification : how the items were found and where the zero stands
    theta, theta_se : (persons,) abilities with their errors, NaN = no answers
    latent : the items as curves; None where a category was never reached, so that a curve is unknown
    ability : kind of the abilities
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
    ability: str


def estimate(answers: Answers, model: str) -> Estimated:
    """Items and abilities under the model.

    Raises
    ------
    DataRefused
        If a cell is no category of the model, or the data cannot carry it: one sentence.
    """
    _refuse_cells(answers, model)
    return refused_in_words(lambda: _conditional(answers, model), answers)


def refused_in_words(make: Callable[[], Estimated], answers: Answers) -> Estimated:
    """Run an estimator; its reason becomes a sentence.

    Raises
    ------
    DataRefused
    """
    try:
        return make()
    except EmptyDataError as error:
        raise DataRefused("there are no answers") from error
    except TooFewItemsError as error:
        raise DataRefused(
            f"fewer than two items tell people apart: nothing can be compared ({_told(answers)})"
        ) from error
    except TooFewPersonsError as error:
        raise DataRefused(str(error)) from error
    except NotConnectedError as error:
        apart = error.params.get("items", ())
        names = shortened([str(name) for name in apart]) if isinstance(apart, tuple) else ""
        raise DataRefused(
            f"items without a common scale: nobody who did well and badly joins {names} with the others"
        ) from error
    except NotConvergedError as error:
        raise DataRefused(
            f"{answers.values.shape[0]} people do not determine {len(answers.names)} items:"
            " the likelihood has no finite maximum"
        ) from error
    except (BadInputError, EstimationError) as error:
        raise DataRefused(str(error)) from error


def _told(answers: Answers) -> str:
    n = answers.values.shape[0]
    return f"{n} {'person' if n == 1 else 'people'}, {len(answers.names)} columns"


def _refuse_cells(answers: Answers, model: str) -> None:
    values = answers.values
    answers.refuse_cell(values < 0, "is negative: categories begin at 0")
    answers.refuse_cell(
        values != np.where(np.isnan(values), values, np.floor(values)), "is no whole category"
    )
    lowest = np.fmin.reduce(values, axis=0, initial=np.inf)
    if model in {"rasch", "2pl"}:
        answers.refuse_cell(
            values > lowest + 1,
            f"is a third answer and {model} knows two: take --model {'pcm' if model == 'rasch' else 'grm'}",
        )
    answers.refuse_cell(
        values > lowest + MOST_STEPS, f"is more than {MOST_STEPS} categories above the lowest of the item"
    )


def _conditional(answers: Answers, model: str) -> Estimated:
    """Rasch and partial credit: nothing is assumed about the people."""
    sets = len(presented_sets(~np.isnan(answers.values)))
    if sets > 1 and sets * len(answers.names) > MOST_WORK:
        raise DataRefused(
            f"{sets} different sets of shown items among {answers.values.shape[0]} people are too many for"
            " conditional likelihood: answers are missing at random; keep people who were shown all items"
        )
    found = calibrate(answers.values, answers.names)
    return of_conditional(found, answers, model)


def of_conditional(found: Calibration, answers: Answers, model: str) -> Estimated:
    """The conditional calibration with everybody's weighted likelihood estimate."""
    place = {name: column for column, name in enumerate(answers.names)}
    columns = [place[item.name] for item in found.items]
    people = abilities(answers.values[:, columns], found.items)
    theta, errors = _floats(people.theta), _floats(people.se)
    known = np.isfinite(theta)
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
        items=tuple(_figures(item) for item in found.items),
        excluded=found.excluded,
        collapsed=found.collapsed,
        theta=theta,
        theta_se=errors,
        reliability=separation_reliability(theta[known], errors[known]),
        latent=_latent(found),
        ability="wle",
    )


def _floats(values: tuple[float | None, ...]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _figures(item: CalibratedItem) -> ItemFigures:
    return ItemFigures(
        name=item.name,
        a=1.0,
        se_a=None,
        b=item.location,
        se_b=item.se,
        thresholds=item.thresholds,
        se_thresholds=item.se_thresholds,
        lowest=item.lowest,
    )


def _latent(found: Calibration) -> tuple[LatentItem, ...] | None:
    try:
        return of_calibrated(found.items)
    except BadInputError:
        return None
