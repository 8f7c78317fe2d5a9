"""How often the conclusions are right, where the true values are known (simulated persons)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import complete_vector


@dataclass(frozen=True, slots=True)
class VerdictRates:
    """Shares, 0…1; None where the whole is empty.

    Attributes
    ----------
    n : persons
    undecided : neither confirmed nor surely none
    wrong : of the decided, decided wrongly
    found : of the true deficits, confirmed
    false_names : of the confirmed, without a deficit
    """

    n: int
    undecided: float
    wrong: float | None
    found: float | None
    false_names: float | None


def verdict_rates(below: ArrayLike, deficits: ArrayLike, method: Method = METHOD) -> VerdictRates:
    """Compare P(true value below the cut) with the truth.

    Parameters
    ----------
    below : (persons,) probabilities
    deficits : (persons,) whether the true value lies below the cut

    Raises
    ------
    EmptyDataError, BadInputError
        Without persons; if lengths differ or a probability is none.
    """
    chance, truth = complete_vector(below, "below"), np.asarray(deficits, dtype=bool)
    if chance.shape != truth.shape or ((chance < 0) | (chance > 1)).any():
        raise BadInputError("one probability and one truth a person")
    if not chance.size:
        raise EmptyDataError("nobody was judged")
    confirmed, free = chance >= method.confirmed_from, chance <= method.surely_none_to
    decided = int((confirmed | free).sum())
    wrong = int((confirmed & ~truth).sum() + (free & truth).sum())
    return VerdictRates(
        n=chance.size,
        undecided=1 - decided / chance.size,
        wrong=_share(wrong, decided),
        found=_share(int((confirmed & truth).sum()), int(truth.sum())),
        false_names=_share(int((confirmed & ~truth).sum()), int(confirmed.sum())),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
