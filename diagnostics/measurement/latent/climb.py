"""Up the marginal likelihood: EM with squared extrapolation, then Newton steps with the observed information."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from diagnostics.measurement.errors import NotConvergedError
from diagnostics.measurement.latent.families import Expected
from diagnostics.measurement.latent.grid import Grid, points_for
from diagnostics.measurement.latent.information import observed
from diagnostics.measurement.latent.posterior import SAMPLE, affordable, units_of
from diagnostics.measurement.latent.problem import Problem
from diagnostics.measurement.numeric import BoolArray, FloatArray

#: E-steps after which we give up.
MAX_STEPS = 500
#: Largest change by one EM step from which Newton takes over, where a first look at the information is
#: cheap beside an E-step, and where it is not.
NEAR = 0.02
NEARER = 0.001
#: Largest Newton step (slopes and levels, logits) after which none is needed.
STILL = 1e-5
#: The information is computed anew where the parameters moved by more since.
FRESH = 1e-3
#: Newton steps on one information; each must be at most this share of the one before.
CHORDS = 12
SHRINKS = 0.5
#: No sensible slope or level lies so far out: the likelihood is running away.
FAR_SLOPE = 25.0
FAR_LEVEL = 60.0
HALVINGS = 8
#: Rounding of a sum over all persons.
ROUNDING = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Top:
    """Where the climb ended.

    Attributes
    ----------
    table : items × (1 + most steps), slopes and levels
    value : log-likelihood, with priors the log posterior density
    covariance : of the free parameters
    iterations, points : E-steps; points of the grid
    is_sampled : whether the covariance rests on a sample of the units
    rising : (items,) whether answers rise with what the others measure, priors apart
    """

    table: FloatArray
    expected: Expected
    value: float
    covariance: FloatArray
    iterations: int
    points: int
    rising: BoolArray
    is_sampled: bool = False


@dataclass(slots=True, eq=False)
class _Climb:
    problem: Problem
    names: tuple[str, ...]
    table: FloatArray
    expected: Expected
    value: float
    steps: int = 1

    def look(self, table: FloatArray) -> tuple[Expected, float]:
        if self.steps >= MAX_STEPS:
            raise NotConvergedError("the iterations did not end", iterations=self.steps)
        self.steps += 1
        expected = self.problem.expect(table)
        return expected, self.problem.value(table, expected)

    def stand(self, table: FloatArray, expected: Expected, value: float) -> None:
        self.table, self.expected, self.value = table, expected, value
        far = (np.abs(table[:, 0]) > FAR_SLOPE) | (np.abs(table[:, 1:]) > FAR_LEVEL).any(axis=1)
        if far.any():
            items = tuple(self.names[item] for item in np.flatnonzero(far))
            raise NotConvergedError(
                "the likelihood has no finite maximum", items=items, iterations=self.steps
            )

    def refine(self) -> None:
        """Take a finer grid where the test is so informative that posteriors fall between the points."""
        needed = points_for(self.problem.most_information(self.table))
        if needed > self.problem.grid.size:
            self.problem = self.problem.on(Grid.of(needed))
            self.stand(self.table, *self.look(self.table))

    def affordable(self) -> int:
        """Units that the standard errors rest on."""
        return affordable(self.problem.blocks, self.problem.grid.size)

    def lower(self, value: float) -> bool:
        """Whether a value lies below where we stand, rounding apart."""
        return not value >= self.value - ROUNDING * abs(self.value)


def climb(problem: Problem, start: FloatArray, names: tuple[str, ...]) -> Top:
    """Maximum of the marginal likelihood (or posterior density) from `start`.

    EM with SQUAREM until near, then Newton steps with one observed information, made anew where it has
    grown old. Every accepted step climbs.
    Source: Bock, Aitkin 1981 (EM); Varadhan, Roland 2008, Scand. J. Statist. 35: 335–353 (SQUAREM).

    Raises
    ------
    NotConvergedError
        If a parameter runs away (with the names of the items), the answers do not determine all
        parameters, or the steps do not end.
    """
    expected = problem.expect(start)
    at = _Climb(problem, names, start, expected, problem.value(start, expected))
    is_large = units_of(problem.blocks) > 2 * SAMPLE
    near = NEAR if is_large else NEARER
    while True:
        _squarem(at, near)
        at.refine()
        covariance = _polish(at, sample=is_large)
        if covariance is not None:
            return _top(at, covariance)
        near /= 10
        if near < STILL / 100:
            raise NotConvergedError("the answers do not determine all parameters", iterations=at.steps)


def _top(at: _Climb, covariance: FloatArray) -> Top:
    return Top(
        at.table,
        at.expected,
        at.value,
        covariance,
        at.steps,
        at.problem.grid.size,
        _rising(at),
        is_sampled=at.affordable() < units_of(at.problem.blocks),
    )


def _squarem(at: _Climb, near: float) -> None:
    """Cycles of two EM steps and an extrapolation until an EM step changes less than `near`."""
    while True:
        before = at.table
        first = _em_step(at)
        change = first - before
        if np.abs(change).max() < near:
            return
        second = at.problem.maximise(first, at.expected)
        bend = second - first - change
        if np.abs(second - first).max() < near or not np.abs(bend).max() > 0:
            _em_step(at)
            return
        length = max(1.0, float(np.linalg.norm(change) / np.linalg.norm(bend)))
        third = before + 2 * length * change + length**2 * bend
        if length > 1 and at.problem.is_defined(third):
            found, reached = at.look(third)
            if not at.lower(reached):
                at.stand(third, found, reached)
                at.refine()
                continue
        _em_step(at)
        at.refine()


def _em_step(at: _Climb) -> FloatArray:
    """To the maximum of the expected likelihood; less far where that does not climb (MAP is not concave)."""
    there = at.problem.maximise(at.table, at.expected)
    for _ in range(HALVINGS):
        expected, value = at.look(there)
        if not at.lower(value):
            break
        there = (there + at.table) / 2
    at.stand(there, expected, value)
    return there


def _polish(at: _Climb, *, sample: bool) -> FloatArray | None:
    """Newton steps to the end; None where the place is not near enough for them."""
    if sample:
        first = inverse(observed(at.problem, at.table, at.expected, SAMPLE))
        if first is not None:
            _chords(at, first)
    while True:
        covariance = inverse(observed(at.problem, at.table, at.expected, at.affordable()))
        if covariance is None:
            return None
        origin = at.table
        ended = _chords(at, covariance)
        if ended is None:
            return None
        if ended and np.abs(at.table - origin).max() < FRESH:
            return covariance


def _chords(at: _Climb, covariance: FloatArray) -> bool | None:
    """Steps with one information: True = nothing moves any more, False = look anew, None = not near."""
    valid = at.problem.shape.valid
    last = np.inf
    for _ in range(CHORDS):
        gradient, _ = at.problem.newton(at.table, at.expected)
        step = np.zeros_like(at.table)
        step[valid] = covariance @ gradient[valid]
        size = float(np.abs(step).max())
        if size < STILL:
            return True
        if size > SHRINKS * last:
            return False
        there = at.table + step
        if not at.problem.is_defined(there):
            return None
        expected, value = at.look(there)
        if at.lower(value):
            return None
        at.stand(there, expected, value)
        last = size
    return False


def _rising(at: _Climb) -> BoolArray:
    """A prior keeps every slope positive; the answers alone may say otherwise."""
    if at.problem.prior is None:
        return at.table[:, 0] > 0
    alone = replace(at.problem, prior=None).maximise(at.table, at.expected)
    return np.asarray(alone[:, 0] > 0)


def inverse(information: FloatArray) -> FloatArray | None:
    """Inverse of a positive definite matrix, else None."""
    try:
        root = np.linalg.cholesky(information)
        half = np.linalg.inv(root)
    except np.linalg.LinAlgError:
        return None
    return np.asarray(half.T @ half)
