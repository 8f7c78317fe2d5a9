"""Observed information of the marginal likelihood: complete information minus what the missing θ takes away.

Source: Louis 1982, JRSS B 44: 226–233; the same matrix by Oakes 1999.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.measurement.latent.families import Expected, Family, Shape
from diagnostics.measurement.latent.posterior import Posterior, persons_of, posteriors, some_of
from diagnostics.measurement.latent.problem import Problem
from diagnostics.measurement.numeric import FloatArray, IntArray

Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What the derivatives by slopes and levels are made of; parameters stand as slopes, then all steps.

    Attributes
    ----------
    term : (steps,) term of each step
    gather : steps × slopes, what a step counts for in the derivative by a slope
    order : (parameters,) where each stands among the free parameters of the caller
    """

    term: IntArray
    gather: FloatArray
    order: IntArray

    @classmethod
    def free(cls, family: Family, shape: Shape, terms: int) -> Places:
        """Every item has a slope of its own; parameters item by item."""
        order = np.cumsum(shape.valid.ravel()).reshape(shape.valid.shape) - 1
        item, steps = shape.step_item, np.arange(shape.step_item.size)
        gather = np.zeros((steps.size, shape.maxima.size))
        gather[steps, item] = step_order(family, shape)
        places = np.concatenate((order[:, 0], order[:, 1:][shape.steps]))
        return cls(steps if terms == steps.size else item, gather, places)


def step_order(family: Family, shape: Shape) -> FloatArray:
    """(steps of all items,) what each counts for in the derivative by the slope."""
    return np.broadcast_to(family.step_weights(shape), shape.steps.shape)[shape.steps]


def observed(problem: Problem, table: FloatArray, expected: Expected, units: int) -> FloatArray:
    """Parameters × parameters, in the order of the valid places of the table.

    What the missing θ takes away is reckoned from about so many units, spread over all.
    """
    shape, grid = problem.shape, problem.grid
    log_terms = problem.family.log_terms(table, shape, grid.theta)
    places = Places.free(problem.family, shape, log_terms.shape[0])
    chances = problem.family.chances(table, shape, grid.theta)[shape.steps]
    lost = Lost(grid.theta, chances, places, log_terms.shape[0])
    blocks = some_of(problem.blocks, units)
    for one in posteriors(blocks, grid, table[:, 0], log_terms):
        lost.add(one)
    share = persons_of(blocks) / persons_of(problem.blocks)
    _, by_item = problem.newton(table, expected, exact=True)
    complete = np.zeros((*shape.valid.shape, *shape.valid.shape))
    items = np.arange(shape.maxima.size)
    complete[items, :, items, :] = by_item
    flat = shape.valid.ravel()
    return np.asarray(complete.reshape(flat.size, flat.size)[np.ix_(flat, flat)] - lost.total() / share)


class Lost:
    """Σ over persons of Cov(complete score | answers), gathered block by block.

    The score of one answer is linear in z and in the terms of the person, with factors that depend on θ
    alone; so the covariance needs their cross-products at each point of the grid, no persons × parameters².
    """

    def __init__(self, theta: FloatArray, chances: FloatArray, places: Places, terms: int) -> None:
        self.theta, self.chances, self.places = theta, chances, places
        self.slopes = places.gather.shape[1]
        self.found = np.zeros((places.order.size, places.order.size))
        self.joint = np.zeros((theta.size, terms, terms + self.slopes))
        self.has_joint = False
        self.shown: FloatArray | None = None
        self.present = np.zeros(theta.size)
        self.codes = np.zeros((theta.size, self.slopes))

    def add(self, one: Posterior) -> None:
        """Take in a block."""
        share = one.density / one.total
        moments = np.stack((self.theta, self.theta**2)) @ share
        if one.terms.ndim == 1 and one.terms is not self.shown:
            self._flush()
            self.shown = one.terms
        mean = self._mean_scores(one, share.T, moments[0])
        mean *= np.sqrt(one.weights)[:, None]
        self.found -= mean.T @ mean
        square = one.codes * np.sqrt(one.weights * moments[1])[:, None]
        self.found[: self.slopes, : self.slopes] += square.T @ square
        if one.terms.ndim == 1:
            self.present += share @ one.weights
            self.codes += (share * one.weights) @ one.codes
        else:
            self._add_each(one, share)

    def _add_each(self, one: Posterior, share: FloatArray) -> None:
        """Cross-products of single units; single precision of a part is more than a standard error needs."""
        self.has_joint = True
        basis: Single = np.hstack((one.terms, one.codes)).astype(np.float32)
        terms = np.ascontiguousarray(basis[:, : one.terms.shape[1]].T)
        weights: Single = (share * one.weights).astype(np.float32)
        for point, row in enumerate(weights):
            self.joint[point] += (terms * row) @ basis

    def _mean_scores(self, one: Posterior, share: FloatArray, ability: FloatArray) -> FloatArray:
        """Units × parameters: E(score | answers) but for what does not depend on θ."""
        found = np.empty((one.weights.size, self.found.shape[0]))
        levels, rising = found[:, self.slopes :], found[:, : self.slopes]
        if one.terms.ndim == 1:
            found[:] = share @ self._spread(one.terms)
        else:
            terms = one.terms[:, self.places.term]
            levels[:] = (share @ -self.chances.T) * terms
            rising[:] = ((share @ (self.chances * -self.theta).T) * terms) @ self.places.gather
        rising += one.codes * ability[:, None]
        return found

    def _spread(self, terms: FloatArray) -> FloatArray:
        """Points × parameters: the scores of everybody who was shown the same items, but for z."""
        steps = -(self.chances * terms[self.places.term][:, None]).T
        return np.hstack(((steps * self.theta[:, None]) @ self.places.gather, steps))

    def _flush(self) -> None:
        """Reckon what has been gathered for one set of shown items."""
        if self.shown is not None and self.present.any():
            spread = self._spread(self.shown)
            self.found += spread.T @ (spread * self.present[:, None])
            cross = spread.T @ (self.codes * self.theta[:, None])
            self.found[:, : self.slopes] += cross
            self.found[: self.slopes] += cross.T
        self.present[:] = 0.0
        self.codes[:] = 0.0

    def _each(self) -> None:
        """Reckon what has been gathered unit by unit."""
        terms, steps = self.joint.shape[1], np.arange(self.places.term.size)
        for point, theta in enumerate(self.theta):
            by_term = np.zeros((terms, steps.size))
            by_term[self.places.term, steps] = -self.chances[:, point]
            spread = np.hstack((theta * (by_term @ self.places.gather), by_term))
            self.found += spread.T @ self.joint[point, :, :terms] @ spread
            cross = theta * (spread.T @ self.joint[point, :, terms:])
            self.found[:, : self.slopes] += cross
            self.found[: self.slopes] += cross.T

    def total(self) -> FloatArray:
        """The sum over all blocks, in the order of the caller."""
        self._flush()
        if self.has_joint:
            self._each()
        found = np.empty_like(self.found)
        found[np.ix_(self.places.order, self.places.order)] = (self.found + self.found.T) / 2
        return found
