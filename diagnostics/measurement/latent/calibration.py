"""Items of a marginal model as they are frozen, and everything that says how far to trust them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from diagnostics.measurement.calibration import ExcludedItem, read_calibration
from diagnostics.measurement.latent.items import Curve, LatentItem


@dataclass(frozen=True, slots=True)
class EstimatedItem:
    """One item with the standard errors of its slope (None where it is fixed), its thresholds and their mean.

    `se_location` is None in calibrations that were frozen before it was reckoned.
    """

    item: LatentItem
    se_slope: float | None
    se_thresholds: tuple[float, ...]
    se_location: float | None = None


@dataclass(frozen=True, slots=True)
class LatentCalibration:
    """Items of one test on one scale, estimated under a standard normal population.

    Attributes
    ----------
    model : "rasch", "1pl", "2pl", "grm", "gpcm"
    method : "marginal_likelihood" or "map"
    estimates : items with standard errors, in the order of the columns
    excluded : items without an estimate and why: "no_answers", "all_highest", "all_lowest", "constant",
        "not_rising" (its answers do not rise with what the others measure)
    collapsed : items some of whose categories nobody reached (their scores stand in `LatentItem.scores`)
    n, n_least : persons with an answer; answers of the item that has fewest
    loglik, n_parameters : marginal log-likelihood of the answers (without priors); free parameters
    log_posterior : what MAP climbed but for constants of the priors, None for maximum likelihood
    iterations : E-steps
    converged : always true (a failure is an error), stated because documents outlive code
    errors : "observed_information"; "observed_information_of_a_sample" where persons × categories are so many
        that what the missing θ takes away was reckoned from some thousands of persons
    grid : points of the quadrature over ±6
    provisional : too few persons to carry abilities of persons
    """

    model: str
    method: str
    estimates: tuple[EstimatedItem, ...]
    excluded: tuple[ExcludedItem, ...]
    collapsed: tuple[str, ...]
    n: int
    n_least: int
    loglik: float
    log_posterior: float | None
    n_parameters: int
    iterations: int
    converged: bool
    grid: int
    provisional: bool = False
    identification: str = "population_standard_normal"
    metric: float = 1.0
    errors: str = "observed_information"

    @property
    def items(self) -> tuple[LatentItem, ...]:
        """The estimated items, as persons are scored and tests are described with."""
        return tuple(one.item for one in self.estimates)

    def item(self, name: str) -> EstimatedItem | None:
        """Return the item of that name, None where it has no estimate."""
        return next((one for one in self.estimates if one.item.name == name), None)

    def to_json(self) -> str:
        """Canonical text: same calibration, same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> LatentCalibration:
        """Read what `to_json` wrote.

        Raises
        ------
        BadInputError
            If the text is not such a document.
        """
        return read_calibration(text, cls, "estimates", _estimate)


def _estimate(found: dict[str, object]) -> EstimatedItem:
    item = dict(found["item"])  # type: ignore[call-overload]
    item |= {
        "thresholds": tuple(item["thresholds"]),
        "scores": tuple(item["scores"]),
        "curve": Curve(item["curve"]),
    }
    return EstimatedItem(
        LatentItem(**item),
        found["se_slope"],  # type: ignore[arg-type]
        tuple(found["se_thresholds"]),  # type: ignore[arg-type]
        found.get("se_location"),  # type: ignore[arg-type]
    )
