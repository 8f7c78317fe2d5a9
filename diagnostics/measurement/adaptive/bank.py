"""Items that an adaptive test may draw on, with everything that does not depend on the person worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.adaptive import population as grid
from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.latent.persons import STANDARD, Population
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, IntArray, item_names

#: Information is looked up at abilities this many logits apart.
CELL = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """A calibrated bank.

    Attributes
    ----------
    items : on one scale
    contents : names of the contents; `content` : (items,) place of each item's content among them
    nodes, prior : abilities at which a person is weighed, and their shares in the population
    likelihood : items × categories × nodes, P(category)
    ranking : cells × items, most informative first, at abilities nodes[0] + CELL · row
    """

    items: tuple[LatentItem, ...]
    contents: tuple[str, ...]
    content: IntArray
    nodes: FloatArray
    prior: FloatArray
    likelihood: FloatArray
    ranking: IntArray

    def place(self, name: str) -> int:
        """Row of an item.

        Raises
        ------
        BadInputError
            If the bank has no such item.
        """
        for place, item in enumerate(self.items):
            if item.name == name:
                return place
        raise BadInputError("the bank has no such item", item=name)

    def cells(self, ability: FloatArray) -> IntArray:
        """Row of `ranking` for each ability."""
        row = np.rint((ability - self.nodes[0]) / CELL)
        return np.clip(row, 0, self.ranking.shape[0] - 1).astype(np.int64)


def bank(
    items: Sequence[LatentItem],
    contents: Sequence[str],
    *,
    persons: int,
    population: Population = STANDARD,
    method: Method = METHOD,
) -> Bank:
    """Work a bank out.

    Parameters
    ----------
    items : calibrated together or linked
    contents : content of each item
    persons : of the calibration
    population : whose abilities are expected

    Raises
    ------
    TooFewPersonsError
        If the calibration rests on fewer than `bank_from` (items of slope one) or `bank_slopes_from` of the method.
    BadInputError, EmptyDataError
        If names repeat or contents do not fit; without items.
    """
    needed = method.bank_from if all(_of_slope_one(item) for item in items) else method.bank_slopes_from
    if persons < needed:
        raise TooFewPersonsError("this calibration cannot steer a test", n=persons, needed=needed)
    item_names(tuple(item.name for item in items), len(items))
    if len(contents) != len(items):
        raise BadInputError("one content an item", contents=len(contents), items=len(items))
    nodes = grid.nodes(population)
    names = tuple(dict.fromkeys(contents))
    return Bank(
        items=tuple(items),
        contents=names,
        content=np.array([names.index(one) for one in contents], dtype=np.int64),
        nodes=nodes,
        prior=grid.weights(),
        likelihood=np.maximum(curves(items, nodes).chances, grid.LEAST_CHANCE).transpose(1, 2, 0).copy(),
        ranking=_ranking(items, nodes),
    )


def _of_slope_one(item: LatentItem) -> bool:
    return item.slope == 1 and item.curve is Curve.ADJACENT and not item.guessing


def _ranking(items: Sequence[LatentItem], nodes: FloatArray) -> IntArray:
    cells = np.arange(nodes[0], nodes[-1] + CELL / 2, CELL)
    # Some cells at a time: a large bank of items with many categories fills memory otherwise.
    parts = [
        np.argsort(-curves(items, part).information(), axis=1, kind="stable")
        for part in np.array_split(cells, max(1, cells.size // 50))
    ]
    return np.concatenate(parts)
