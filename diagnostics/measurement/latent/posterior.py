"""The E-step: how likely each point of the grid is for each person, and what that leaves for the items.

The answers of a person enter through s = Σ a z and, where items were missing or categories are graded,
through the terms that belong to them. With everything shown and adjacent categories only s differs between
persons, so one step costs persons × points, not persons × items × points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.latent.answers import Answers, CodeArray
from diagnostics.measurement.latent.families import Expected, Family, Shape
from diagnostics.measurement.latent.grid import Grid
from diagnostics.measurement.numeric import FloatArray, IntArray
from diagnostics.measurement.patterns import count_sets, presented_sets

#: Units worked on at once: points × units fit the processor's second cache …
UNITS = 2048
#: … and so do units × terms where each unit has terms of its own.
CELLS = 65_536
#: A group of units with the same items shown is worth a block of its own from this size.
GROUP = 64

#: Units on which a first look at the information is taken: a direction to climb in needs no more.
SAMPLE = 8_192
#: Multiplications spent on cross-products of single units; beyond, these come from a sample of units.
BUDGET = 5e9

Terms = FloatArray | CodeArray
Codes = CodeArray | IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some units: z, their terms (one row for all, or a row each) and the persons behind each."""

    codes: Codes
    terms: Terms
    weights: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Points × units, and what stands beside it."""

    codes: FloatArray
    terms: FloatArray
    weights: FloatArray
    #: exp(ln prior + ln likelihood − peak), not yet divided by `total`.
    density: FloatArray
    total: FloatArray
    peak: FloatArray


def blocks_of(answers: Answers, family: Family, shape: Shape) -> list[Block]:
    """Blocks of units; units with the same items shown stand together where that saves work."""
    is_graded = family.term_codes(answers, shape, slice(0, 0)) is not None
    if answers.shown is None or is_graded or count_sets(answers.shown) * GROUP > answers.weights.size:
        everything = np.ones(len(answers.names))
        terms = int(shape.maxima.sum()) if is_graded else len(answers.names)
        has_own = is_graded or answers.shown is not None
        size = min(UNITS, max(256, CELLS // terms)) if has_own else UNITS
        return [
            _block(answers, family, shape, slice(start, start + size), everything)
            for start in range(0, answers.weights.size, size)
        ]
    found = []
    for one in presented_sets(answers.shown):
        terms = answers.shown[one.persons[0]].astype(np.float64)
        for start in range(0, one.persons.size, UNITS):
            rows = one.persons[start : start + UNITS]
            codes = family.slope_codes(answers.codes[rows])
            found.append(Block(codes, terms, answers.weights[rows]))
    return found


def _block(answers: Answers, family: Family, shape: Shape, rows: slice, everything: FloatArray) -> Block:
    terms: Terms | None = family.term_codes(answers, shape, rows)
    if terms is None:
        terms = everything if answers.shown is None else answers.shown[rows].view(np.int8)
    return Block(family.slope_codes(answers.codes[rows]), terms, answers.weights[rows])


def units_of(blocks: Sequence[Block]) -> int:
    """Rows that differ or were not compared."""
    return sum(one.weights.size for one in blocks)


def persons_of(blocks: Sequence[Block]) -> float:
    """Persons behind all units."""
    return sum(float(one.weights.sum()) for one in blocks)


def affordable(blocks: Sequence[Block], points: int) -> int:
    """Units whose cross-products at each point of the grid are within the budget of standard errors."""
    if all(one.terms.ndim == 1 for one in blocks):
        return units_of(blocks)
    terms, slopes = blocks[0].terms.shape[-1], blocks[0].codes.shape[1]
    return max(SAMPLE, int(BUDGET / (terms * (terms + slopes) * points)))


def some_of(blocks: Sequence[Block], units: int) -> Sequence[Block]:
    """Blocks spread evenly over all that hold about so many units."""
    wanted = max(1, round(units * len(blocks) / units_of(blocks)))
    if wanted >= len(blocks):
        return blocks
    return [blocks[int(place)] for place in np.linspace(0, len(blocks) - 1, wanted)]


def posteriors(
    blocks: Sequence[Block], grid: Grid, slopes: FloatArray, log_terms: FloatArray
) -> Iterator[Posterior]:
    """Walk over the blocks."""
    for block in blocks:
        codes = block.codes.astype(np.float64)
        terms = block.terms.astype(np.float64, copy=False)
        density = np.multiply.outer(grid.theta, codes @ slopes)
        if terms.ndim == 1:
            density += (grid.log_weight + terms @ log_terms)[:, None]
        else:
            density += log_terms.T @ terms.T
            density += grid.log_weight[:, None]
        peak = density.max(axis=0)
        density -= peak
        np.exp(density, out=density)
        yield Posterior(codes, terms, block.weights, density, density.sum(axis=0), peak)


def expect(blocks: Sequence[Block], grid: Grid, slopes: FloatArray, log_terms: FloatArray) -> Expected:
    """Expected counts at the points of the grid under the given parameters."""
    present = np.zeros(log_terms.shape)
    slope = np.zeros(slopes.size)
    loglik = 0.0
    for one in posteriors(blocks, grid, slopes, log_terms):
        share = one.weights / one.total
        slope += ((grid.theta @ one.density) * share) @ one.codes
        if one.terms.ndim == 1:
            present += np.multiply.outer(one.terms, one.density @ share)
        else:
            present += one.terms.T @ (one.density * share).T
        loglik += float(one.weights @ (one.peak + np.log(one.total)))
    return Expected(loglik, slope, present)
