"""The motivated intruder: what linear solving can learn from a released table."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from diagnostics.measurement.numeric import FloatArray, optimize

Figures = Mapping[str, frozenset[int]]  # name → atoms (cells nobody publishes by themselves) that it counts


def bounds(
    atoms: int, figures: Figures, known: Mapping[str, int], total: int, asked: Collection[str]
) -> dict[str, tuple[float, float]]:
    """Least and greatest value that each asked figure can have, given the known ones.

    Atoms are people in disjoint cells, none negative, `total` in all; `known` are the released counts.
    """
    told, wanted = tuple(known), tuple(asked)
    table = np.array([np.ones(atoms), *(_row(figures[name], atoms) for name in (*told, *wanted))])
    # Atoms that stand in the same sums cannot be told apart: one unknown does for all of them.
    table = np.unique(table, axis=1)
    equations, aims = table[: len(told) + 1], table[len(told) + 1 :]
    values = np.array([float(total), *(float(known[name]) for name in told)])
    return {name: _range(aim, equations, values) for name, aim in zip(wanted, aims, strict=True)}


def _row(cells: Collection[int], atoms: int) -> FloatArray:
    row = np.zeros(atoms)
    row[list(cells)] = 1.0
    return row


def _range(aim: FloatArray, equations: FloatArray, values: FloatArray) -> tuple[float, float]:
    ends = []
    for sign in (1.0, -1.0):
        found = optimize().linprog(sign * aim, A_eq=equations, b_eq=values, bounds=(0, None), method="highs")
        ends.append(sign * float(found.fun))
    return ends[0], ends[1]
