"""How sure are the levels of persons whose ability has a standard error?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import FloatArray, complete_vector, special

#: A person whose likeliest class is less likely than this stands on a border.
SURE = 0.90


@dataclass(frozen=True, slots=True)
class Classification:
    """Expected quality of the levels of these persons.

    Attributes
    ----------
    accuracy : mean probability of the assigned class
    consistency : mean probability that two such measurements fall into one class
    accuracy_by_class : of the persons assigned to each class; None where nobody is
    assigned : class of each person, 0 = lowest
    chances : persons × classes
    undecided : persons whose assigned class is less likely than 0.90
    """

    accuracy: float
    consistency: float
    accuracy_by_class: tuple[float | None, ...]
    assigned: tuple[int, ...]
    chances: tuple[tuple[float, ...], ...]
    undecided: int


def classification(theta: ArrayLike, se: ArrayLike, cuts: ArrayLike) -> Classification:
    """Accuracy = mean Φ-probability of the assigned class under θ ~ N(θ̂, SE²).

    Source: Rudner 2001, PARE 7(14); 2005, PARE 10(13). Use with WLE; an EAP already leans to the mean.

    Parameters
    ----------
    theta, se : (persons,) estimates and their standard errors, logits
    cuts : (classes − 1,) rising cuts, logits

    Raises
    ------
    EmptyDataError, BadInputError
        Without persons; if lengths differ, an error is not positive or the cuts do not rise.
    """
    at, error, edges = (
        complete_vector(theta, "theta"),
        complete_vector(se, "se"),
        complete_vector(cuts, "cuts"),
    )
    if not at.size:
        raise EmptyDataError("nobody to classify")
    if at.shape != error.shape or (error <= 0).any() or not edges.size or (np.diff(edges) <= 0).any():
        raise BadInputError("one positive error a person, rising cuts")
    below = special().ndtr((edges - at[:, None]) / error[:, None])
    chances = np.diff(np.column_stack((np.zeros(at.size), below, np.ones(at.size))), axis=1)
    assigned = np.searchsorted(edges, at, side="right")
    own = chances[np.arange(at.size), assigned]
    return Classification(
        accuracy=float(own.mean()),
        consistency=float((chances**2).sum(axis=1).mean()),
        accuracy_by_class=tuple(_mean(own[assigned == place]) for place in range(edges.size + 1)),
        assigned=tuple(assigned.tolist()),
        chances=tuple(map(tuple, chances.tolist())),
        undecided=int((own < SURE).sum()),
    )


def _mean(values: FloatArray) -> float | None:
    return float(values.mean()) if values.size else None
