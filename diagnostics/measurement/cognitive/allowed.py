"""Which model of skills may be estimated from how many persons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from diagnostics.measurement.errors import EstimationError, NotOfferedError, TooFewPersonsError
from diagnostics.measurement.method import METHOD, Method


class SkillModel(StrEnum):
    """How needed skills make an answer right."""

    DINA = "dina"
    DINO = "dino"
    #: Any chances for any sets of skills (de la Torre 2011, Psychometrika 76: 179–199).
    GENERAL = "gdina"


@dataclass(frozen=True, slots=True)
class SkillAllowance:
    """Answer to "may this model be estimated from n persons?".

    `refusal` : "too_few_persons", "not_built" (enough persons, but this program has no such model); None =
    allowed.
    """

    model: SkillModel
    n: int
    needed: int
    refusal: str | None = None

    def refused(self) -> EstimationError:
        """The refusal as an error."""
        facts = {"model": self.model.value, "reason": self.refusal, "n": self.n, "needed": self.needed}
        if self.refusal == "too_few_persons":
            return TooFewPersonsError("too few persons for this model", **facts)
        return NotOfferedError("this model is not built", **facts)


def allowed(model: SkillModel, n: int, method: Method = METHOD) -> SkillAllowance:
    """DINA and DINO from `skills_from` persons; the general model would be from `general_skills_from` and is not built."""
    is_general = model is SkillModel.GENERAL
    needed = method.general_skills_from if is_general else method.skills_from
    if n < needed:
        return SkillAllowance(model, n, needed, "too_few_persons")
    return SkillAllowance(model, n, needed, "not_built" if is_general else None)
