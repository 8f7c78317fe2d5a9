"""What may be estimated from how many persons, and what is never estimated at all (methods: calibration)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from diagnostics.measurement.errors import EstimationError, NotOfferedError, TooFewPersonsError
from diagnostics.measurement.method import METHOD, Method


class Model(StrEnum):
    """How the chance of an answer follows from the ability."""

    #: Slopes of one, population N(0, 1).
    RASCH = "rasch"
    #: One common slope, population N(0, 1): the Rasch model of a population whose deviation is the slope.
    ONE_PL = "1pl"
    PCM = "pcm"
    RSM = "rsm"
    TWO_PL = "2pl"
    GRM = "grm"
    GPCM = "gpcm"
    THREE_PL = "3pl"


class Way(StrEnum):
    """How the parameters are found."""

    CONDITIONAL = "conditional_likelihood"
    MARGINAL = "marginal_likelihood"
    MAP = "map"
    #: Of items and persons together: known from elsewhere, never offered.
    JOINT = "joint_likelihood"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Answer to "may this model be estimated from n persons?".

    Attributes
    ----------
    way : how; None = refused
    provisional : the estimates describe this sample and carry no abilities of persons
    refusal : "too_few_persons", "only_imported" (3PL), "never" (joint likelihood); None = allowed
    n, needed : persons there are and persons from which it is allowed (0 = no number would do)
    """

    model: Model
    way: Way | None
    n: int
    needed: int
    provisional: bool = False
    refusal: str | None = None

    def refused(self, items: tuple[str, ...] = ()) -> EstimationError:
        """The refusal as an error with its facts; `items` = those with so few answers, where others have more."""
        facts: dict[str, object] = {
            "model": self.model.value,
            "reason": self.refusal,
            "n": self.n,
            "needed": self.needed,
            "items": items,
        }
        if self.refusal == "too_few_persons":
            return TooFewPersonsError("too few persons for this model", **facts)
        return NotOfferedError("this model is not estimated in this way", **facts)


#: Models whose items have slopes of their own.
SLOPES = frozenset({Model.TWO_PL, Model.GRM, Model.GPCM})
_CONDITIONAL = frozenset({Model.RASCH, Model.PCM, Model.RSM})


def allowed(model: Model, n: int, way: Way | None = None, method: Method = METHOD) -> Allowance:
    """Way in which the model is estimated from n persons; the asked `way` where it is allowed.

    Rasch family: below the method's `min_calibration_persons` provisionally; conditionally unless asked
    otherwise. Slopes: with priors, and with more persons by likelihood alone. 3PL is scored with imported
    parameters only; joint maximum likelihood is biased and never used.
    """
    if way is Way.JOINT:
        return Allowance(model, None, n, 0, refusal="never")
    if model is Model.THREE_PL:
        return Allowance(model, None, n, 0, refusal="only_imported")
    return _of_slopes(model, n, way, method) if model in SLOPES else _of_rasch(model, n, way, method)


def _of_slopes(model: Model, n: int, way: Way | None, method: Method) -> Allowance:
    if way is Way.CONDITIONAL:
        return Allowance(model, None, n, 0, refusal="never")
    chosen = way or (Way.MARGINAL if n >= method.likelihood_from else Way.MAP)
    needed = method.likelihood_from if chosen is Way.MARGINAL else method.priors_from
    if n < needed:
        return Allowance(model, None, n, needed, refusal="too_few_persons")
    return Allowance(model, chosen, n, needed)


def _of_rasch(model: Model, n: int, way: Way | None, method: Method) -> Allowance:
    chosen = way or (Way.CONDITIONAL if model in _CONDITIONAL else Way.MARGINAL)
    if chosen is Way.MAP or (chosen is Way.CONDITIONAL and model is Model.ONE_PL):
        return Allowance(model, None, n, 0, refusal="never")
    if chosen is Way.MARGINAL and model in {Model.PCM, Model.RSM}:
        return Allowance(model, None, n, 0, refusal="never")
    needed = method.rasch_provisional_from
    if n < needed:
        return Allowance(model, None, n, needed, refusal="too_few_persons")
    return Allowance(model, chosen, n, needed, provisional=n < method.min_calibration_persons)
