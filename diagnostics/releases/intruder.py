"""The motivated intruder: what linear solving can learn from a released table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from diagnostics.measurement.numeric import FloatArray, optimize

Figures = Mapping[str, frozenset[int]]  # name → atoms (cells nobody publishes by themselves) that it counts


def bounds(
    atoms: int, figures: Figures, known: Mapping[str, int], total: int, asked: Collection[str]
) -> dict[str, tuple[float, float]]:
    """Least and greatest value that each asked figure can have, given the known ones.

    Atoms are people in disjoint cells, none negative, `total` in all; `known` are the released counts.
    """
    rows = [np.ones(atoms), *(_row(figures[name], atoms) for name in known)]
    values = [float(total), *map(float, known.values())]
    return {name: _range(_row(figures[name], atoms), rows, values) for name in asked}


def _row(cells: Collection[int], atoms: int) -> FloatArray:
    row = np.zeros(atoms)
    row[list(cells)] = 1.0
    return row


def _range(aim: FloatArray, rows: Sequence[FloatArray], values: Sequence[float]) -> tuple[float, float]:
    ends = []
    for sign in (1.0, -1.0):
        found = optimize().linprog(
            sign * aim, A_eq=np.array(rows), b_eq=values, bounds=(0, None), method="highs"
        )
        ends.append(sign * float(found.fun))
    return ends[0], ends[1]
