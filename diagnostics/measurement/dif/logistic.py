"""Does the group matter beside the score, the same at all scores or not? Logistic regression of all items at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.dif.strata import Sample, Tables, sample_of, tables, totals_of
from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, item_names, special

MAX_ITERATIONS = 50
STILL = 1e-9
#: A coefficient further out (standardised score) belongs to a fit without a finite maximum.
FAR = 30.0


@dataclass(frozen=True, slots=True)
class LogisticDif:
    """One item; effect size first.

    Attributes
    ----------
    name : of the item
    effect : rise of Nagelkerke's R² by group and its interaction with the score
    group, group_se, group_interval : log odds of the focal group at equal score (model without interaction)
    uniform, p_uniform : likelihood-ratio chi-square (1 df) of the group beside the score
    nonuniform, p_nonuniform : of the interaction beside both (1 df)
    size : "A" negligible, "B" moderate, "C" large (Jodoin, Gierl 2001: 0.035, 0.070, and significant at 2 df);
        None where `reason` stands
    reason : "too_few_persons" (no letter), "constant", "separated" (no finite maximum), or None
    """

    name: str
    effect: float | None = None
    group: float | None = None
    group_se: float | None = None
    group_interval: Interval | None = None
    uniform: float | None = None
    p_uniform: float | None = None
    nonuniform: float | None = None
    p_nonuniform: float | None = None
    size: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """Per item: coefficients items × p, their variances, deviance; `finite` where the search arrived."""

    at: FloatArray
    variances: FloatArray
    deviance: FloatArray
    finite: FloatArray


def logistic_dif(
    scores: ArrayLike, focal: ArrayLike, names: tuple[str, ...] | None = None, method: Method = METHOD
) -> tuple[LogisticDif, ...]:
    """Three nested models of each item: score; score and group; score, group and their product.

    Persons of one total, group and presented set are one binomial cell, so ten thousand persons are a few dozen
    rows and all items are fitted together. The total includes the item.
    Source: Swaminathan, Rogers 1990, J. Educ. Meas. 27: 361–370; effect size Nagelkerke 1991, Jodoin, Gierl 2001.

    Parameters
    ----------
    scores : persons × items, 0 or 1, NaN = not presented
    focal : (persons,) true for the focal group

    Raises
    ------
    BadInputError, EmptyDataError
        If answers are not 0 and 1, or a group has nobody.
    """
    sample = sample_of(scores, focal)
    labels = item_names(names, sample.answers.shape[1])
    of = tables(sample, totals_of(sample))
    right, trials, design = _cells(of, sample)
    fits = [_fit(right, trials, design[:, :columns]) for columns in (1, 2, 3, 4)]
    lettered = min(int(sample.focal.sum()), int((~sample.focal).sum())) >= method.dif_letter_persons
    n = trials.sum(axis=0)
    return tuple(
        _item(name, place, fits, float(n[place]), lettered=lettered, method=method)
        for place, name in enumerate(labels)
    )


def _cells(of: Tables, sample: Sample) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Right answers and trials cells × items, and the design cells × 4; cells of both groups one under another."""
    right = np.vstack((of.right, of.focal_right))
    trials = right + np.vstack((of.wrong, of.focal_wrong))
    total = totals_of(sample)
    score = (np.tile(of.totals, 2) - total.mean()) / (float(total.std()) or 1.0)
    focal = np.repeat([0.0, 1.0], of.totals.size)
    return right, trials, np.column_stack((np.ones(focal.size), score, focal, score * focal))


def _fit(right: FloatArray, trials: FloatArray, design: FloatArray) -> _Fit:
    """Newton's method for all items; an item that leaves for infinity is given up, the others go on."""
    items, columns = right.shape[1], design.shape[1]
    at = np.zeros((items, columns))
    moving, inverse = np.ones(items, dtype=bool), np.zeros((items, columns, columns))
    for _ in range(MAX_ITERATIONS):
        chance = special().expit(design @ at.T)
        weight = trials * chance * (1 - chance)
        slope = (right - trials * chance).T @ design
        information = np.einsum("ci,cp,cq->ipq", weight, design, design, optimize=True)
        inverse = np.linalg.pinv(information, rcond=1e-12, hermitian=True)
        step = np.einsum("ipq,iq->ip", inverse, slope) * moving[:, None]
        at += np.clip(step, -2.0, 2.0)
        moving &= np.abs(at).max(axis=1) < FAR
        if not (np.abs(step) > STILL).any():
            break
    logits = design @ at.T
    loglik = (right * logits - trials * np.logaddexp(0.0, logits)).sum(axis=0)
    arrived = moving & (np.abs(step).max(axis=1) <= STILL)
    return _Fit(at, np.diagonal(inverse, axis1=1, axis2=2), -2 * loglik, arrived.astype(np.float64))


def _item(
    name: str, place: int, fits: list[_Fit], n: float, *, lettered: bool, method: Method
) -> LogisticDif:
    null, score, group, product = (float(fit.deviance[place]) for fit in fits)
    if not fits[0].finite[place] or null < 1e-9:  # noqa: PLR2004 - everybody or nobody solved it
        return LogisticDif(name, reason="constant")
    if not all(fit.finite[place] for fit in fits[1:]):
        return LogisticDif(name, reason="separated")
    uniform, nonuniform = max(0.0, score - group), max(0.0, group - product)
    effect = _nagelkerke(null, product, n) - _nagelkerke(null, score, n)
    value, error = float(fits[2].at[place, 2]), float(np.sqrt(max(fits[2].variances[place, 2], 0.0)))
    half = normal_quantile(method.group_interval) * error
    tail = special().chdtrc
    return LogisticDif(
        name=name,
        effect=effect,
        group=value,
        group_se=error,
        group_interval=Interval(value - half, value + half),
        uniform=uniform,
        p_uniform=float(tail(1, uniform)),
        nonuniform=nonuniform,
        p_nonuniform=float(tail(1, nonuniform)),
        size=_size(effect, float(tail(2, uniform + nonuniform))) if lettered else None,
        reason=None if lettered else "too_few_persons",
    )


def _nagelkerke(null: float, deviance: float, n: float) -> float:
    return float((1 - np.exp((deviance - null) / n)) / (1 - np.exp(-null / n)))


def _size(effect: float, p: float) -> str:
    if effect < 0.035 or p >= 0.05:  # noqa: PLR2004 - Jodoin, Gierl 2001
        return "A"
    return "B" if effect < 0.070 else "C"  # noqa: PLR2004 - the same
