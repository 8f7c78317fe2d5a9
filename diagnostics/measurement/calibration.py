"""Calibrated items as they are frozen: what an ability estimate and a link need, and how it was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

from diagnostics.measurement.errors import BadInputError, EstimationError

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """One item on the common scale (logits, D = 1).

    Attributes
    ----------
    name : code of the item
    location, se : mean of its steps (the difficulty of a right-or-wrong item) with standard error
    thresholds, se_thresholds : each step; None where a neighbouring category was never observed
    lowest : score that is category 0; scores outside lowest … lowest + steps count as the nearest
    cumulative : ln of the category weights 0, η_1, … η_m; None = a category that nobody reached
    """

    name: str
    location: float
    se: float
    thresholds: tuple[float | None, ...]
    se_thresholds: tuple[float | None, ...]
    lowest: int
    cumulative: tuple[float | None, ...]

    @property
    def maximum(self) -> int:
        """Highest category."""
        return len(self.cumulative) - 1


@dataclass(frozen=True, slots=True)
class ExcludedItem:
    """An item without an estimate: "no_answers", "all_highest", "all_lowest" or "constant"."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """Items of one test on one scale, and everything that says how far to trust them.

    Attributes
    ----------
    model : "rasch" (all items right or wrong) or "pcm" (partial credit)
    items, excluded : with and without an estimate, in the order of the columns
    n, n_informative : persons with an answer; those whose total is neither the least nor the greatest
    loglik, n_parameters, iterations : conditional log-likelihood and the Newton steps it took
    converged : always true (a failure is an error), stated because documents outlive code
    identification : all thresholds of all items average zero
    collapsed : items whose lowest or highest category nobody (informative) reached
    """

    model: str
    items: tuple[CalibratedItem, ...]
    excluded: tuple[ExcludedItem, ...]
    n: int
    n_informative: int
    loglik: float
    n_parameters: int
    iterations: int
    converged: bool
    collapsed: tuple[str, ...]
    identification: str = "thresholds_sum_zero"
    metric: float = 1.0
    method: str = "conditional_likelihood"

    def item(self, name: str) -> CalibratedItem | None:
        """Return the item of that name, None where it has no estimate."""
        return next((one for one in self.items if one.name == name), None)

    def to_json(self) -> str:
        """Canonical text: same calibration, same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Calibration:
        """Read what `to_json` wrote.

        Raises
        ------
        BadInputError
            If the text is not such a document.
        """
        return read_calibration(text, cls, "items", _item)


def read_calibration(
    text: str, kind: Callable[..., Kind], key: str, read: Callable[[dict[str, object]], object]
) -> Kind:
    """A calibration of either kind from its text: `read` makes each of the items that stand under `key`.

    Raises
    ------
    BadInputError
        If the text is not such a document.
    """
    try:
        found = json.loads(text)
        rows = {
            key: tuple(read(one) for one in found[key]),
            "excluded": tuple(ExcludedItem(**one) for one in found["excluded"]),
            "collapsed": tuple(found["collapsed"]),
        }
        return kind(**found | rows)
    except (ValueError, TypeError, KeyError, AttributeError, EstimationError) as error:
        raise BadInputError("this is not a calibration") from error


def _item(found: dict[str, object]) -> CalibratedItem:
    rows = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    return CalibratedItem(**rows)  # type: ignore[arg-type]
