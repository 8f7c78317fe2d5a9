"""An order of its own for each sitting: of the items within a section, and of the options within an item.

The order follows from the sitting's stored seed and the codes alone, by a keyed hash: the same after a break,
on another device and in the next release. What is not asked leaves its place; nothing else moves.

- Words to read and a consent stay where they stand, and no question passes them: they speak of what follows.
- Items of one case, rows of one matrix, and an item with the one that its condition looks at stay together,
  in the order of the document.
- Options move among themselves; «затрудняюсь ответить» stays last. A scale (opinions, frequency, levels,
  observation) keeps its order, or it would be no scale. Codes are untouched, so keys and statistics are too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from instruments.document import Instrument, Item, ItemBase, RowItem, Section, Shuffle
from instruments.rules import looked_at

STAYING = frozenset({"info", "consent"})
# Item type → its lists that may stand in any order; a list that is not named keeps the author's order.
LOOSE: Mapping[str, tuple[str, ...]] = {
    "single": ("options",),
    "multiple": ("options",),
    "matching": ("options",),
    "ordering": ("options",),
}


def shuffle_of(instrument: Instrument, section: Section) -> Shuffle:
    return section.shuffle or instrument.shuffle


def moves_items(instrument: Instrument, section: Section) -> bool:
    return shuffle_of(instrument, section) in ("items", "both")


def moves_options(instrument: Instrument, section: Section) -> bool:
    return shuffle_of(instrument, section) in ("options", "both")


def is_shuffled(instrument: Instrument, form: str) -> bool:
    """Whether a sitting has anything of the form in an order of its own."""
    return any(shuffle_of(instrument, section) != "none" for section in instrument.form(form).sections)


def in_own_order(
    instrument: Instrument, section: Section, items: Mapping[str, Item], seed: int
) -> tuple[str, ...]:
    """Codes of the section's items as this sitting has them."""
    if not moves_items(instrument, section):
        return section.items
    written: Sequence[ItemBase] = instrument.items  # a form shows a row as a question of its own
    matrices = {row.code: row.matrix for row in written if isinstance(row, RowItem)}
    found: list[str] = []
    for run in _runs(section.items, items):
        units = _units(run, items, matrices)
        found += [
            code for unit in sorted(units, key=lambda unit: _draw(seed, "item", unit[0])) for code in unit
        ]
    return tuple(found)


def with_own_options(instrument: Instrument, section: Section, item: Item, seed: int) -> Item:
    """The item with its options as this sitting has them."""
    lists = LOOSE.get(item.type, ()) if moves_options(instrument, section) else ()
    if not lists:
        return item
    own = {name: _own(getattr(item, name), seed, item.code, name) for name in lists}
    return item.model_copy(update=own)


def _own(choices: Sequence[Any], seed: int, item: str, name: str) -> tuple[Any, ...]:
    return tuple(sorted(choices, key=lambda one: _draw(seed, name, item, one.code)))


def _draw(seed: int, *what: str) -> bytes:
    """A number out of a hat that gives everybody with this seed the same one."""
    return blake2b("\0".join(what).encode(), key=seed.to_bytes(8), digest_size=16).digest()


def _runs(codes: Iterable[str], items: Mapping[str, Item]) -> Iterator[list[str]]:
    """Stretches of questions between what stays; each staying item is a stretch of its own."""
    run: list[str] = []
    for code in codes:
        if items[code].type in STAYING:
            yield run
            yield [code]
            run = []
        else:
            run.append(code)
    yield run


def _units(run: Sequence[str], items: Mapping[str, Item], matrices: Mapping[str, str]) -> list[list[str]]:
    """What moves as one, each in the order of the document."""
    belongs = {code: code for code in run}
    for group in _groups(run, items, matrices):
        for code in group[1:]:
            first, other = belongs[group[0]], belongs[code]
            belongs = {one: first if whose == other else whose for one, whose in belongs.items()}
    units: dict[str, list[str]] = {}
    for code in run:
        units.setdefault(belongs[code], []).append(code)
    return list(units.values())


def _groups(
    run: Sequence[str], items: Mapping[str, Item], matrices: Mapping[str, str]
) -> Iterator[list[str]]:
    shared: dict[tuple[str, str | None], list[str]] = {}
    for code in run:
        for name, of in (("case", items[code].stimulus), ("matrix", matrices.get(code))):
            if of is not None:
                shared.setdefault((name, of), []).append(code)
        yield [code, *(other for other in looked_at(items[code].show_if) if other in run)]
    yield from shared.values()
