"""Where the climb begins."""

from __future__ import annotations

import numpy as np

from diagnostics.measurement.latent.families import Family, Shape
from diagnostics.measurement.latent.items import Curve
from diagnostics.measurement.latent.problem import Problem
from diagnostics.measurement.numeric import FloatArray

#: Logistic and normal curves, (16 √3 / 15π)²: by how much a population flattens a curve of slope one.
FLATTENED = 0.346


def starting_levels(counts: FloatArray, shape: Shape, family: Family) -> FloatArray:
    """Items × most steps: log odds of the categories, steepened by what the population flattened."""
    held = counts + 0.5
    if family.curve is Curve.GRADED:
        above = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
        logits = np.log((above[:, 1:] + 0.5) / (counts.sum(axis=1, keepdims=True) - above[:, 1:] + 0.5))
    else:
        logits = np.log(held[:, 1:] / held[:, :1])
    return np.where(shape.steps, np.sqrt(1 + FLATTENED) * logits, 0.0)


def start(problem: Problem) -> FloatArray:
    """Slopes of one (flatter where adjacent categories are many) and levels from the counts."""
    slopes = np.ones(problem.shape.maxima.size)
    if problem.family.curve is Curve.ADJACENT:
        slopes /= np.sqrt(problem.shape.maxima)
    levels = starting_levels(problem.counts, problem.shape, problem.family)
    return np.column_stack((slopes, levels))
