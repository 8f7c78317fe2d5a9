"""Which skills a person has mastered: items estimated from a wave, persons from their answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import ExcludedItem
from diagnostics.measurement.cognitive.counted import Counted, counted, right_or_wrong
from diagnostics.measurement.cognitive.em import GAP, Estimate, Fitted, estimate
from diagnostics.measurement.cognitive.fit import SkillFit, skill_fit
from diagnostics.measurement.cognitive.information import standard_errors
from diagnostics.measurement.cognitive.persons import ByPattern
from diagnostics.measurement.cognitive.q_matrix import Gate, QMatrix, able, profiles, weaknesses
from diagnostics.measurement.cognitive.results import Diagnosis, SkillItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError, TooFewPersonsError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, one_blas_thread, optional


def diagnose(
    scores: ArrayLike,
    q: QMatrix,
    gate: Gate = Gate.ALL,
    *,
    min_persons: int | None = None,
    errors: bool = True,
    method: Method = METHOD,
) -> Diagnosis:
    """Estimate guessing and slipping of all items, and mastery of all persons.

    P(right) = 1 − s for who has all needed skills (DINA) or any of them (DINO), g for who has not; the
    shares of the profiles are free; 1 − s > g throughout. Answers that are missing do not count.
    Source: Junker, Sijtsma 2001, Appl. Psychol. Meas. 25: 258–272; Templin, Henson 2006, Psychol. Methods
    11: 287–305.

    Parameters
    ----------
    scores : persons × items of 0, 1 and NaN, columns as the rows of `q`
    min_persons : fewer persons with an answer are refused; None = as the method says
    errors : whether standard errors are computed (they cost a few steps of the search)

    Raises
    ------
    BadInputError
        If scores are not 0 or 1, columns do not fit, or a skill has no item left in which persons differ.
    EmptyDataError, TooFewPersonsError
        Without answers; with fewer than `min_persons`.
    NotConvergedError
        If the likelihood has no maximum that can be reached.
    """
    matrix = right_or_wrong(scores, len(q.items))
    answered: BoolArray = np.asarray(~np.isnan(matrix).all(axis=1))
    n = int(answered.sum())
    if not n:
        raise EmptyDataError("there are no answers")
    needed = method.skills_from if min_persons is None else min_persons
    if n < needed:
        raise TooFewPersonsError("skills need more persons", n=n, needed=needed)
    excluded = _constant(matrix, q)
    varying = ~np.isin(q.items, [one.name for one in excluded])
    used = _left(q, varying)
    data = counted(matrix[np.ix_(answered, varying)])
    alike, class_of = np.unique(able(used, gate), axis=0, return_inverse=True)
    with one_blas_thread():
        fitted = estimate(data, alike)
        spread = standard_errors(data, alike, fitted) if errors else _no_errors(alike)
        fit = skill_fit(data, alike, fitted.at, used.items, method)
        found = _Found(used, gate, data, fitted, spread, class_of.ravel(), fit)
        return found.told(excluded, answered)


def _constant(matrix: FloatArray, q: QMatrix) -> tuple[ExcludedItem, ...]:
    right, wrong = (matrix == 1).any(axis=0), (matrix == 0).any(axis=0)
    reasons = np.where(right, "all_highest", np.where(wrong, "all_lowest", "no_answers"))
    return tuple(
        ExcludedItem(q.items[place], str(reasons[place])) for place in np.flatnonzero(~(right & wrong))
    )


def _left(q: QMatrix, varying: BoolArray) -> QMatrix:
    if not varying.any():
        raise BadInputError("persons differ in no item", skills=q.skills)
    return q.of(varying)


def _no_errors(alike: BoolArray) -> tuple[FloatArray, FloatArray]:
    unknown = np.full(alike.shape[1], np.nan)
    return unknown, unknown


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """All that was found, before it is told: `class_of` gives the class of each profile."""

    q: QMatrix
    gate: Gate
    data: Counted
    fitted: Fitted
    spread: tuple[FloatArray, FloatArray]
    class_of: IntArray
    fit: SkillFit

    def told(self, excluded: tuple[ExcludedItem, ...], answered: BoolArray) -> Diagnosis:
        q, at = self.q, self.fitted.at
        weak = weaknesses(q)
        clear = np.asarray(~np.isin(q.skills, [name for one in weak for name in one.skills]))
        _, first = np.unique(self.class_of, return_index=True)
        each = ByPattern.of(self.fitted.posterior, profiles(len(q.skills))[first])
        sure = each.expected(self.data)
        return Diagnosis(
            gate=self.gate,
            skills=q.skills,
            items=_items(q, at, self.spread),
            excluded=excluded,
            profile_shares=_shares(at, self.class_of),
            mastery_shares=_clear(sure.masters, clear),
            persons=each.persons(self.data.pattern, answered, clear),
            accuracy=_clear(sure.accuracy, clear),
            profile_accuracy=sure.profile_accuracy if clear.all() else None,
            weaknesses=weak,
            fit=self.fit,
            n=int(answered.sum()),
            loglik=self.fitted.loglik,
            n_parameters=2 * len(q.items) + at.shares.size - 1,
            steps=self.fitted.steps,
        )


def _clear(values: FloatArray, clear: BoolArray) -> tuple[float | None, ...]:
    return tuple(value if ok else None for value, ok in zip(values.tolist(), clear, strict=True))


def _shares(at: Estimate, class_of: IntArray) -> tuple[float | None, ...]:
    alone = np.bincount(class_of)[class_of] == 1
    return _clear(at.shares[class_of], alone)


def _items(q: QMatrix, at: Estimate, spread: tuple[FloatArray, FloatArray]) -> tuple[SkillItem, ...]:
    slip = 1 - at.right
    return tuple(
        SkillItem(
            name,
            float(at.guess[place]),
            float(slip[place]),
            optional(float(spread[0][place])),
            optional(float(spread[1][place])),
            "able_no_better" if at.right[place] - at.guess[place] < 1.5 * GAP else None,
        )
        for place, name in enumerate(q.items)
    )
