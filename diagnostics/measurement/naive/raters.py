"""Slow twins of `raters`: kappa pair by pair, variance components mark by mark."""

from __future__ import annotations

from itertools import product

from diagnostics.measurement.numeric import FloatArray


def quadratic_kappa(first: list[float], second: list[float]) -> float:
    """1 − mean squared difference of the pairs / the same over all combinations of two works."""
    n = len(first)
    seen = sum((one - two) ** 2 for one, two in zip(first, second, strict=True)) / n
    chance = sum((one - two) ** 2 for one, two in product(first, second)) / n**2
    return 1 - seen / chance


def absolute_agreement(marks: FloatArray) -> tuple[float, float]:
    """ICC(2,1) and ICC(2,k) from the three variance components of works, raters and error."""
    n, k = marks.shape
    whole = sum(marks[i, j] for i in range(n) for j in range(k)) / (n * k)
    row = [sum(marks[i, j] for j in range(k)) / k for i in range(n)]
    column = [sum(marks[i, j] for i in range(n)) / n for j in range(k)]
    rest = sum((marks[i, j] - row[i] - column[j] + whole) ** 2 for i in range(n) for j in range(k))
    error = rest / ((n - 1) * (k - 1))
    works = (k * sum((mean - whole) ** 2 for mean in row) / (n - 1) - error) / k
    raters = (n * sum((mean - whole) ** 2 for mean in column) / (k - 1) - error) / n
    return works / (works + raters + error), works / (works + (raters + error) / k)
