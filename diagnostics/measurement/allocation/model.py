"""The route as a mixed-integer linear programme.

Variables: x_r ∈ {0, 1} for each resource; y_ck ∈ [0, 1], the k-th pass over need c (the slopes fall, so
passes fill up in order by themselves); four slacks by which limits may be exceeded, held at 0 unless a
relaxation is sought. Source: Williams 2013, *Model Building in Mathematical Programming*, §7.2–9.2.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from diagnostics.measurement.allocation.problem import Problem
from diagnostics.measurement.allocation.value import SLOPES, price
from diagnostics.measurement.numeric import FloatArray, optimize

#: Limits that can be relaxed, in the order of the slack variables.
SLACKS = ("hours", "steps", "period", "formats")


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Taken resources (numbers), slacks by `SLACKS`, relative gap; `taken` None = no route exists."""

    taken: tuple[int, ...] | None
    slacks: tuple[float, ...]
    gap: float
    proven: bool


class Model:
    """Constraints of one problem; the objective and the freedom of the slacks come with each solution."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.resources = len(problem.resources)
        self.passes = len(problem.needs) * len(SLOPES)
        self.size = self.resources + self.passes + len(SLACKS)
        self._rows: list[dict[int, float]] = []
        self._upper: list[float] = []
        self._write()

    def best(self, seconds: float) -> Solution:
        """Route of the greatest value within the limits."""
        gain = np.zeros(self.size)
        weights = np.repeat([need.weight for need in self.problem.needs], len(SLOPES))
        gain[self.resources : self.resources + self.passes] = weights * np.tile(
            SLOPES, len(self.problem.needs)
        )
        gain[: self.resources] = [-price(self.problem, one) for one in self.problem.resources]
        return self._solve(-gain, (), np.zeros(len(self.problem.needs)), seconds)

    def relaxed(self, kinds: tuple[str, ...], needs: FloatArray, seconds: float) -> Solution:
        """Route that touches each need marked 1 in `needs` and exceeds the given limits least."""
        burden = np.zeros(self.size)
        burden[: self.resources] = [1e-4 * price(self.problem, one) for one in self.problem.resources]
        burden[-len(SLACKS) :] = self.units()
        return self._solve(burden, kinds, needs, seconds)

    def units(self) -> FloatArray:
        """Weight of one unit of each slack, so that a tenth more hours compares with a tenth more steps."""
        limits = self.problem.limits
        days = (limits.ends - limits.begins).days + 1
        steps = max(limits.max_steps, 1)
        return np.array([1 / max(limits.hours, 1.0), 1 / steps, 1 / days, 1 / steps])

    def _at_most(self, row: dict[int, float], upper: float) -> None:
        self._rows.append(row)
        self._upper.append(upper)

    def _write(self) -> None:
        problem, limits = self.problem, self.problem.limits
        hours, steps, period, formats = range(self.size - len(SLACKS), self.size)
        self._write_coverage()
        self._at_most({r: one.hours for r, one in enumerate(problem.resources)} | {hours: -1.0}, limits.hours)
        self._at_most(dict.fromkeys(range(self.resources), 1.0) | {steps: -1.0}, limits.max_steps)
        unwished = [r for r, one in enumerate(problem.resources) if problem.unwished(one)]
        self._at_most(dict.fromkeys(unwished, 1.0) | {formats: -1.0}, 0.0)
        groups: dict[str, dict[int, float]] = {}
        for r, one in enumerate(problem.resources):
            if days := problem.days_outside(one):
                self._at_most({r: float(days), period: -1.0}, 0.0)
            if one.content is not None:
                groups.setdefault(one.content, {})[r] = 1.0
            for before in sorted(one.requires & set(problem.places) - limits.completed):
                self._at_most({r: 1.0, problem.places[before]: -1.0}, 0.0)
        for row in groups.values():
            self._at_most(row, 1.0)

    def _write_coverage(self) -> None:
        """Passes over a need never exceed what the taken resources cover; these rows stand first."""
        needs = {need.competence: place for place, need in enumerate(self.problem.needs)}
        rows: list[dict[int, float]] = [
            {self.resources + place * len(SLOPES) + k: 1.0 for k in range(len(SLOPES))}
            for place in needs.values()
        ]
        for r, one in enumerate(self.problem.resources):
            for competence, share in one.covers:
                if competence in needs:
                    rows[needs[competence]][r] = -share
        for row in rows:
            self._at_most(row, 0.0)

    def _bounds(self, kinds: tuple[str, ...]) -> tuple[FloatArray, FloatArray]:
        problem, limits = self.problem, self.problem.limits
        lower, upper = np.zeros(self.size), np.ones(self.size)
        for r, one in enumerate(problem.resources):
            unmet = one.requires - limits.completed - set(problem.places)
            if unmet or one.code in limits.excluded | limits.completed:
                upper[r] = 0.0
            lower[r] = float(one.code in limits.required)
        # More than all hours, steps and days together is never needed.
        most = (
            sum(one.hours for one in problem.resources),
            self.resources,
            max(map(problem.days_outside, problem.resources), default=0),
            self.resources,
        )
        upper[-len(SLACKS) :] = [
            size if kind in kinds else 0.0 for kind, size in zip(SLACKS, most, strict=True)
        ]
        return lower, upper

    def _matrix(self, needs: FloatArray) -> tuple[Any, FloatArray]:
        """Sparse constraint matrix; a marked need adds: at least one resource that covers it."""
        rows, limits = list(self._rows), list(self._upper)
        for place in np.flatnonzero(needs):
            touching = [r for r in self._rows[place] if r < self.resources]
            rows.append(dict.fromkeys(touching, -1.0))
            limits.append(-1.0)
        where = [
            (row, column, factor) for row, entries in enumerate(rows) for column, factor in entries.items()
        ]
        row, column, factor = zip(*where, strict=True) if where else ((), (), ())
        sparse = importlib.import_module("scipy.sparse")
        return sparse.csr_array((factor, (row, column)), shape=(len(rows), self.size)), np.array(limits)

    def _solve(
        self, burden: FloatArray, kinds: tuple[str, ...], needs: FloatArray, seconds: float
    ) -> Solution:
        lower, upper = self._bounds(kinds)
        if (lower > upper).any():  # a required resource whose own prerequisite does not exist
            return Solution(None, (0.0,) * len(SLACKS), 0.0, proven=True)
        tools = optimize()
        matrix, limits = self._matrix(needs)
        whole = np.r_[np.ones(self.resources), np.zeros(self.passes), 0.0, 1.0, 0.0, 0.0]
        found = tools.milp(
            burden,
            integrality=whole,
            bounds=tools.Bounds(lower, upper),
            constraints=tools.LinearConstraint(matrix, -np.inf, limits),
            options={"time_limit": seconds, "mip_rel_gap": 1e-6},
        )
        if found.x is None:
            return Solution(None, (0.0,) * len(SLACKS), 0.0, proven=found.status == 2)  # noqa: PLR2004 - infeasible
        taken = tuple(int(r) for r in np.flatnonzero(found.x[: self.resources] > 0.5))  # noqa: PLR2004
        slacks = tuple(float(size) for size in found.x[-len(SLACKS) :])
        return Solution(taken, slacks, float(found.mip_gap or 0.0), proven=found.status == 0)
