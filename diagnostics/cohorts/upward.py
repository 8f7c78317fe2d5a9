"""The copy that goes upward: hidden counts, rough figures, nothing of single people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from diagnostics.cohorts.cells import cell_name
from diagnostics.cohorts.figures import WHOLE, Growth, Snapshot
from diagnostics.releases import coarse
from diagnostics.releases.protect import hidden_names
from reports.contents.common import Interval
from reports.contents.entry_exit import (
    Attrition,
    BlockChange,
    Caution,
    CautionNote,
    CommonItem,
    Deficits,
    Effort,
    ReturnToMean,
    Transitions,
)

#: People from whom figures of single tasks and of the reliability of the work are told (rule D7).
ITEMS_FROM = 30


def upward(growth: Growth, minimum: int) -> Snapshot:
    """The snapshot as the region may see it.

    A block with fewer matched people than `minimum` is left out whole, and the whole work with it: the rest
    would be its remainder. Явка (invited, came) is organisational and stays exact.
    """
    exact = growth.snapshot
    n = exact.flow.both
    blocks = tuple(block for block in exact.blocks if block.n >= minimum)
    gone = tuple(block.title for block in exact.blocks if block.n < minimum)
    whole = exact.whole if exact.whole and exact.whole.n >= minimum and not gone else None
    hidden = {code: hidden_names(cells, minimum) for code, cells in growth.cells.items()}
    return replace(
        exact,
        whole=_block(whole, hidden.get(WHOLE)) if whole else None,
        logits=exact.logits if whole and n >= ITEMS_FROM else None,
        blocks=tuple(_block(block, hidden.get(block.code)) for block in blocks),
        ranks=(),
        transitions=_transitions(exact.transitions, hidden.get(WHOLE), n) if whole else None,
        common_items=tuple(_item(one) for one in exact.common_items) if n >= ITEMS_FROM else (),
        attrition=_attrition(exact.attrition, minimum),
        reliability=exact.reliability if n >= ITEMS_FROM else (),
        cautions=tuple(_caution(note, n) for note in exact.cautions),
        effort=tuple(_effort(one) for one in exact.effort) if n >= ITEMS_FROM else (),
        returned=_returned(exact.returned, minimum) if whole else None,
        hidden_below=minimum,
        hidden_blocks=gone,
    )


def _block(block: BlockChange, hidden: frozenset[str] | None) -> BlockChange:
    """Without cells behind them no counts are shown at all."""

    def count(name: str, value: int | None) -> int | None:
        if value is None or hidden is None or name in hidden:
            return None
        return coarse.count(value, block.n)

    moves = block.deficits
    return replace(
        block,
        entry=coarse.mean(block.entry, block.n),
        exit=coarse.mean(block.exit, block.n),
        entry_interval=_rough(block.entry_interval, block.n),
        exit_interval=_rough(block.exit_interval, block.n),
        change=coarse.mean(block.change, block.n),
        interval=_rough(block.interval, block.n),
        effect=None if block.effect is None else round(block.effect, 1),
        effect_interval=_tenths(block.effect_interval),
        gain=None if block.gain is None else round(block.gain, 1),
        deficits=Deficits(
            entry=count("entry", moves.entry),
            closed=count("closed", moves.closed),
            remaining=count("remaining", moves.remaining),
            new=count("new", moves.new),
            exit=count("exit", moves.exit),
        ),
        improved=count("improved", block.improved),
        same=count("same", block.same),
        worse=count("worse", block.worse),
        reliably_improved=count("reliably_improved", block.reliably_improved),
        reliably_worse=count("reliably_worse", block.reliably_worse),
        paths=(),
    )


def _rough(interval: Interval | None, people: int) -> Interval | None:
    return None if interval is None else Interval(*coarse.bounds(interval.low, interval.high, people))


def _tenths(interval: Interval | None) -> Interval | None:
    return None if interval is None else Interval(round(interval.low, 1), round(interval.high, 1))


def _transitions(moves: Transitions | None, hidden: Collection[str] | None, group: int) -> Transitions | None:
    if moves is None or hidden is None:
        return None
    return replace(
        moves,
        counts=tuple(
            tuple(_cell(row, column, value, hidden, group) for column, value in enumerate(line))
            for row, line in enumerate(moves.counts)
        ),
    )


def _cell(row: int, column: int, value: int | None, hidden: Collection[str], group: int) -> int | None:
    if value is None or cell_name(row, column) in hidden:
        return None
    return coarse.count(value, group)


def _item(item: CommonItem) -> CommonItem:
    return replace(
        item,
        entry=coarse.share(item.entry, item.n).percent,
        exit=coarse.share(item.exit, item.n).percent,
    )


def _effort(one: Effort) -> Effort:
    return replace(
        one,
        minutes=None if one.minutes is None else float(round(one.minutes)),
        omitted=round(one.omitted, 1),
        unreached=round(one.unreached, 1),
    )


def _attrition(gone: Attrition, minimum: int) -> Attrition:
    """Leavers are a group of their own: below the minimum nothing is said of their results."""
    if gone.n_left < minimum or gone.left_entry is None or gone.stayed_entry is None:
        return replace(gone, left_entry=None, stayed_entry=None)
    return replace(
        gone,
        left_entry=coarse.mean(gone.left_entry, gone.n_left),
        stayed_entry=coarse.mean(gone.stayed_entry, gone.n_stayed),
    )


def _returned(found: ReturnToMean | None, minimum: int) -> ReturnToMean | None:
    """Those who were not asked are a group of their own: the expectation would tell their mean."""
    if found is None or found.n_tested - found.n_asked < minimum:
        return None
    return replace(
        found,
        expected=coarse.mean(found.expected, found.n_asked),
        observed=coarse.mean(found.observed, found.n_asked),
    )


def _caution(note: CautionNote, people: int) -> CautionNote:
    """The linking error speaks of the forms; the other values are of people."""
    if note.value is None or note.code is Caution.LINKING_ERROR:
        return note
    return replace(note, value=coarse.mean(note.value, people))
