"""What may be estimated from how many persons, and what is never estimated at all (methods: calibration)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from diagnostics.measurement.errors import EstimationError, NotOfferedError, TooFewPersonsError
from diagnostics.measurement.method import METHOD

#: Persons from which difficulties of the Rasch family are estimated at all, provisionally.
RASCH_PROVISIONAL_FROM = 25
#: … from which they carry abilities of persons.
RASCH_FROM = METHOD.min_calibration_persons
#: Persons from which slopes are estimated, held by priors: below, free slopes are worse than equal ones.
PRIORS_FROM = 150
#: … by the likelihood alone.
LIKELIHOOD_FROM = 500


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


def allowed(model: Model, n: int, way: Way | None = None) -> Allowance:
    """Way in which the model is estimated from n persons; the asked `way` where it is allowed.

    Rasch family: from 25 persons, below 100 provisionally; conditionally unless asked otherwise. Slopes:
    not below 150, with priors from 150, by likelihood alone from 500. 3PL is scored with imported
    parameters only; joint maximum likelihood is biased and never used.
    """
    if way is Way.JOINT:
        return Allowance(model, None, n, 0, refusal="never")
    if model is Model.THREE_PL:
        return Allowance(model, None, n, 0, refusal="only_imported")
    return _of_slopes(model, n, way) if model in SLOPES else _of_rasch(model, n, way)


def _of_slopes(model: Model, n: int, way: Way | None) -> Allowance:
    if way is Way.CONDITIONAL:
        return Allowance(model, None, n, 0, refusal="never")
    chosen = way or (Way.MARGINAL if n >= LIKELIHOOD_FROM else Way.MAP)
    needed = LIKELIHOOD_FROM if chosen is Way.MARGINAL else PRIORS_FROM
    if n < needed:
        return Allowance(model, None, n, needed, refusal="too_few_persons")
    return Allowance(model, chosen, n, needed)


def _of_rasch(model: Model, n: int, way: Way | None) -> Allowance:
    chosen = way or (Way.CONDITIONAL if model in _CONDITIONAL else Way.MARGINAL)
    if chosen is Way.MAP or (chosen is Way.CONDITIONAL and model is Model.ONE_PL):
        return Allowance(model, None, n, 0, refusal="never")
    if chosen is Way.MARGINAL and model in {Model.PCM, Model.RSM}:
        return Allowance(model, None, n, 0, refusal="never")
    if n < RASCH_PROVISIONAL_FROM:
        return Allowance(model, None, n, RASCH_PROVISIONAL_FROM, refusal="too_few_persons")
    return Allowance(model, chosen, n, RASCH_PROVISIONAL_FROM, provisional=n < RASCH_FROM)
