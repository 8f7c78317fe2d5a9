"""Slow twins of the marginal models: person by person, item by item, point by point."""

from __future__ import annotations

import math
from collections.abc import Sequence

from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.numeric import FloatArray

POINTS = 97
REACH = 8.0
#: Step of numeric derivatives.
STEP = 1e-4


def chances(item: LatentItem, theta: float) -> list[float]:
    """P(x = 0), P(x = 1) and so on at one ability."""
    if item.curve is Curve.GRADED:
        above = [1.0, *(_logistic(item.slope * (theta - b)) for b in item.thresholds), 0.0]
        return [above[place] - above[place + 1] for place in range(item.maximum + 1)]
    weights = [1.0]
    for threshold in item.thresholds:
        weights.append(weights[-1] * math.exp(item.slope * (theta - threshold)))
    found = [weight / sum(weights) for weight in weights]
    if item.guessing:
        found = [(1 - item.guessing) * found[0], item.guessing + (1 - item.guessing) * found[1]]
    return found


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def log_likelihood_at(answers: FloatArray, items: Sequence[LatentItem], theta: float) -> float:
    """Σ ln P of one person's answers, missing ones (NaN) left out."""
    return sum(
        math.log(chances(item, theta)[int(answer)])
        for item, answer in zip(items, answers, strict=True)
        if not math.isnan(answer)
    )


def grid() -> list[tuple[float, float]]:
    """Points of ±8 and their shares of the standard normal population."""
    points = [-REACH + 2 * REACH * place / (POINTS - 1) for place in range(POINTS)]
    weights = [math.exp(-(point**2) / 2) for point in points]
    return [(point, weight / sum(weights)) for point, weight in zip(points, weights, strict=True)]


def marginal_log_likelihood(
    scores: FloatArray, items: Sequence[LatentItem], persons: Sequence[float] | None = None
) -> float:
    """Σ over rows of ln ∫ P(answers | θ) φ(θ) dθ; `persons` = how many gave each row, one without."""
    total = 0.0
    for row, count in zip(scores, persons or [1.0] * len(scores), strict=True):
        likelihood = sum(weight * math.exp(log_likelihood_at(row, items, theta)) for theta, weight in grid())
        total += count * math.log(likelihood)
    return total


def posterior_mean(answers: FloatArray, items: Sequence[LatentItem]) -> tuple[float, float]:
    """Mean and standard deviation of θ given one person's answers."""
    weights = [
        (theta, weight * math.exp(log_likelihood_at(answers, items, theta))) for theta, weight in grid()
    ]
    total = sum(weight for _, weight in weights)
    mean = sum(theta * weight for theta, weight in weights) / total
    return mean, math.sqrt(sum((theta - mean) ** 2 * weight for theta, weight in weights) / total)


def pulled_score(answers: FloatArray, items: Sequence[LatentItem], theta: float, kind: str) -> float:
    """Numeric derivative of the log-likelihood, with J / 2I ("wle") or minus θ ("map") added."""
    score = (
        log_likelihood_at(answers, items, theta + STEP) - log_likelihood_at(answers, items, theta - STEP)
    ) / (2 * STEP)
    if kind == "map":
        return score - theta
    information = bias = 0.0
    for item in items:
        before, here, after = (chances(item, theta + turn * STEP) for turn in (-1, 0, 1))
        for low, middle, high in zip(before, here, after, strict=True):
            rise, bend = (high - low) / (2 * STEP), (high - 2 * middle + low) / STEP**2
            information += rise**2 / middle
            bias += rise * bend / middle
    return score + bias / (2 * information)
