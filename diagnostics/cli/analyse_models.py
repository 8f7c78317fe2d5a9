"""Which estimator a model has, and why it cannot be given: every refusal one sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from diagnostics.cli.analyse_estimates import Estimated, conditional, marginal
from diagnostics.cli.analyse_reading import Answers, DataRefused, shortened
from diagnostics.measurement.errors import (
    BadInputError,
    EmptyDataError,
    EstimationError,
    NotConnectedError,
    NotConvergedError,
    NotOfferedError,
    TooFewItemsError,
    TooFewPersonsError,
)
from diagnostics.measurement.method import METHOD

#: Highest category of one item: beyond it a column holds points of a test and no categories.
MOST_STEPS = 20


#: Models whose default is conditional likelihood.
FAMILY = frozenset({"rasch", "pcm", "rsm"})
CONDITIONAL = "conditional_likelihood"


def estimate(answers: Answers, model: str, way: str | None = None) -> Estimated:
    """Items and abilities under the model.

    Parameters
    ----------
    way : "conditional_likelihood", "marginal_likelihood", "map"; None = what suits the model and the people

    Raises
    ------
    DataRefused
        If a cell is no category of the model, or the data cannot carry it: one sentence.
    """
    _refuse_cells(answers, model)
    if model in FAMILY and way in {None, CONDITIONAL}:
        return in_words(lambda: conditional(answers, model), answers)
    return in_words(lambda: marginal(answers, model, way), answers)


def in_words(make: Callable[[], Estimated], answers: Answers) -> Estimated:
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
        raise DataRefused(_too_few(error, answers)) from error
    except (TooFewPersonsError, NotOfferedError) as error:
        raise DataRefused(_not_allowed(error)) from error
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
        facts = error.params.get("items") or error.params.get("scores")
        which = f": {shortened([str(one) for one in facts])}" if isinstance(facts, tuple) else ""
        raise DataRefused(f"{error}{which}") from error


def _too_few(error: TooFewItemsError, answers: Answers) -> str:
    items, needed = error.params.get("items"), error.params.get("needed")
    if needed is not None:
        return f"{items} items tell people apart and {needed} are needed for slopes ({_told(answers)})"
    if isinstance(items, int) and items > 1:
        return "all items are right or wrong and have no steps to share: take --model rasch"
    return f"fewer than two items tell people apart: nothing can be compared ({_told(answers)})"


def _told(answers: Answers) -> str:
    n = answers.values.shape[0]
    return f"{n} {'person' if n == 1 else 'people'}, {len(answers.names)} columns"


def _not_allowed(error: EstimationError) -> str:
    """Which n the model needs, and what may be taken instead."""
    facts = error.params
    model, needed = facts.get("model"), facts.get("needed")
    if facts.get("reason") != "too_few_persons":
        return f"{model} is not estimated in this way: leave --way out"
    is_likelihood = needed == METHOD.likelihood_from
    other = f"; with priors (--way map) from {METHOD.priors_from}" if is_likelihood else ""
    instead = "" if model in FAMILY else f"; take --model {'rasch' if model == '2pl' else 'pcm'}"
    return f"{model} needs {needed} answers to every item and one has {facts.get('n')}{other}{instead}"


def _refuse_cells(answers: Answers, model: str) -> None:
    values = answers.values
    answers.refuse_cell(values < 0, "is negative: categories begin at 0")
    answers.refuse_cell(values > np.floor(values), "is no whole category")
    lowest = np.fmin.reduce(values, axis=0, initial=np.inf)
    if model in {"rasch", "1pl", "2pl"}:
        answers.refuse_cell(
            values > lowest + 1,
            f"is a third answer and {model} knows two: take --model {'grm' if model == '2pl' else 'pcm'}",
        )
    answers.refuse_cell(
        values > lowest + MOST_STEPS, f"is more than {MOST_STEPS} categories above the lowest of the item"
    )
