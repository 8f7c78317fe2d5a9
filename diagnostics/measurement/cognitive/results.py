"""A wave diagnosed: items, profiles and persons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.calibration import ExcludedItem
from diagnostics.measurement.cognitive.fit import SkillFit
from diagnostics.measurement.cognitive.persons import Mastery
from diagnostics.measurement.cognitive.q_matrix import Gate, Weakness


@dataclass(frozen=True, slots=True)
class SkillItem:
    """One item.

    Attributes
    ----------
    guess, slip : chance of those who are not able to be right, and of those who are to be wrong
    se_guess, se_slip : standard errors; None where the answers do not determine them
    discrimination : 1 − slip − guess
    reason : "able_no_better" (those who are able were right no oftener: the key or the row of the
        Q matrix is in doubt) or None
    """

    name: str
    guess: float
    slip: float
    se_guess: float | None
    se_slip: float | None
    reason: str | None

    @property
    def discrimination(self) -> float:
        """How much oftener the able are right."""
        return 1 - self.slip - self.guess


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A wave diagnosed.

    Attributes
    ----------
    gate : how needed skills work together
    skills : names, in the order of all rows below
    items, excluded : with and without an estimate
    profile_shares : share of each of the 2^K profiles among the persons, the first skill being the
        lowest bit; None where a profile answers like another one
    mastery_shares : share of masters of each skill; None where `weaknesses` name it
    persons : what is known of each person, in the order of the rows
    accuracy : expected share of persons whose mastery of each skill is called right; None as above
    profile_accuracy : … whose whole profile is right; None if any skill is undetermined
    weaknesses : why some skills cannot be told from these items
    fit : whether the skills explain how items hang together
    n, loglik, n_parameters, steps : persons with an answer; marginal log-likelihood; steps of the search
    """

    gate: Gate
    skills: tuple[str, ...]
    items: tuple[SkillItem, ...]
    excluded: tuple[ExcludedItem, ...]
    profile_shares: tuple[float | None, ...]
    mastery_shares: tuple[float | None, ...]
    persons: Mastery
    accuracy: tuple[float | None, ...]
    profile_accuracy: float | None
    weaknesses: tuple[Weakness, ...]
    fit: SkillFit
    n: int
    loglik: float
    n_parameters: int
    steps: int

    @property
    def aic(self) -> float:
        """Akaike's criterion: smaller is better."""
        return 2 * self.n_parameters - 2 * self.loglik

    @property
    def bic(self) -> float:
        """Schwarz's criterion: smaller is better."""
        return float(np.log(self.n)) * self.n_parameters - 2 * self.loglik
