"""Which counts of one group may stand together: hidden ones stay open to every subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.releases.hiding import hide_rows
from diagnostics.releases.intruder import Figures, bounds

#: A hidden count must remain possible over a span of at least so many people (rule D7).
OPEN_BY = 5.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts that are released together about the same people.

    Attributes
    ----------
    atoms : people of each disjoint cell; their sum is the group, which is known (явка)
    figures : published name → the atoms it counts
    partitions : names that together make the whole group, each person in one
    """

    atoms: tuple[int, ...]
    figures: Figures
    partitions: Sequence[tuple[str, ...]] = ()

    @property
    def total(self) -> int:
        return sum(self.atoms)

    @property
    def values(self) -> dict[str, int]:
        return {name: sum(self.atoms[cell] for cell in cells) for name, cells in self.figures.items()}


def hidden_names(counts: Counts, minimum: int) -> frozenset[str]:
    """Names that must be hidden, few people or not.

    First every count, or the rest of the group beside it, below `minimum`; then the complementary rule on
    each partition; then, while linear solving narrows some hidden count to less than `OPEN_BY`, the smallest
    count still shown. Ends at the latest when nothing is shown.
    """
    values = counts.values
    hidden = {name for name, value in values.items() if _small(value, counts.total, minimum)}
    for names in counts.partitions:
        shown = hide_rows([values[name] for name in names], minimum).rows
        hidden |= {name for name, visible in zip(names, shown, strict=True) if not visible}
    while _narrow(counts, values, hidden):
        hidden.add(min(values.keys() - hidden, key=lambda name: (values[name], name)))
    return frozenset(hidden)


def _small(value: int, total: int, minimum: int) -> bool:
    """Nearly all is as telling as nearly nobody."""
    return min(value, total - value) < minimum


def _narrow(counts: Counts, values: Mapping[str, int], hidden: set[str]) -> bool:
    known = {name: value for name, value in values.items() if name not in hidden}
    if not known:
        return False
    for name in sorted(hidden, key=lambda name: (values[name], name)):  # the smallest is the likeliest
        low, high = bounds(len(counts.atoms), counts.figures, known, counts.total, [name])[name]
        if high - low < OPEN_BY:
            return True
    return False
