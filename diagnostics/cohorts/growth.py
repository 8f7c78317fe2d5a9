"""From the gathered findings of a diagnosis to the figures of its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics import clock
from diagnostics.campaigns.models import WaveState
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts import context
from diagnostics.cohorts.blocks import Column, Measuring, describe
from diagnostics.cohorts.cells import cells_of
from diagnostics.cohorts.columns import Pairs, block_codes, block_column, taken, whole_column
from diagnostics.cohorts.comparing import Compared, compare
from diagnostics.cohorts.effort import effort
from diagnostics.cohorts.figures import WHOLE, Growth, Logits, PersonFigures, Snapshot
from diagnostics.cohorts.gathering import Gathered
from diagnostics.cohorts.persons import people_of
from diagnostics.cohorts.scales import measured, official_scale
from diagnostics.cohorts.selected import return_to_mean
from diagnostics.cohorts.sources import sources_of
from diagnostics.measurement.levels import Transitions as Moves
from diagnostics.measurement.method import Method
from diagnostics.releases.protect import Counts
from reports.contents.common import OfficialScale
from reports.contents.entry_exit import BlockChange, RankTest, Transitions


@dataclass(frozen=True, slots=True)
class _Described:
    whole: BlockChange | None
    blocks: tuple[BlockChange, ...]
    ranks: tuple[RankTest, ...]
    transitions: Transitions | None
    cells: dict[str, Counts]
    people: tuple[PersonFigures, ...]


_NOTHING = _Described(None, (), (), None, {}, ())


def growth(gathered: Gathered) -> Growth | None:
    """Figures between entry and exit; None until somebody has a result at both stages' waves."""
    entry, leave = gathered.entry, gathered.exit
    if entry is None or leave is None or not entry.results or not leave.results:
        return None
    method = catalogue.method(gathered.campaign.method_id)
    compared = compare(entry, leave, method)
    scale = official_scale(gathered.campaign)
    columns = _columns(gathered, compared, scale) if compared.allowed and gathered.matched else []
    described = _describe(gathered, compared, columns, scale, method) if columns else _NOTHING
    return Growth(
        snapshot=_snapshot(gathered, compared, described, columns, scale, method),
        members=gathered.matched,
        people=described.people,
        cells=described.cells,
        closed=leave.wave.state is WaveState.CLOSED,
    )


def _pairs(gathered: Gathered) -> Pairs:
    entry, leave = gathered.entry, gathered.exit
    if entry is None or leave is None:
        return ()
    return [(entry.results[person], leave.results[person]) for person in gathered.matched]


def _columns(gathered: Gathered, compared: Compared, scale: OfficialScale) -> list[Column]:
    """The whole work first, then the blocks."""
    pairs = _pairs(gathered)
    levels, framework = measured(scale), catalogue.framework(gathered.campaign.framework_id)
    blocks = [block_column(code, pairs, compared, levels, framework) for code in block_codes(pairs)]
    whole = whole_column(gathered.matched, pairs, compared, levels)
    return [whole, *(one for one in blocks if one is not None)]


def _describe(
    gathered: Gathered, compared: Compared, columns: Sequence[Column], scale: OfficialScale, method: Method
) -> _Described:
    how = Measuring(compared.link_percent, method)
    found = [describe(column, how) for column in columns]
    cells = {column.code: cells_of(column, method, table=column.code == WHOLE) for column in columns}
    moves = columns[0].moves
    return _Described(
        whole=found[0][0],
        blocks=tuple(line for line, _ in found[1:]),
        ranks=tuple(test for _, test in found if test),
        transitions=_transitions(moves, scale) if moves else None,
        cells={code: counts for code, counts in cells.items() if counts is not None},
        people=people_of(gathered, columns[0], scale),
    )


def _transitions(moves: Moves, scale: OfficialScale) -> Transitions:
    return Transitions(levels=tuple(level.short for level in scale.levels), counts=moves.counts)


def _snapshot(
    gathered: Gathered, compared: Compared, found: _Described, columns: Sequence[Column], scale: OfficialScale,
    method: Method,
) -> Snapshot:  # fmt: skip
    entry, leave = gathered.entry, gathered.exit
    if entry is None or leave is None:
        raise ValueError("both stages stand behind a snapshot")
    sources = sources_of(gathered.campaign, (*entry.results.values(), *leave.results.values()))
    if sources is None:
        raise ValueError("results stand behind a snapshot")
    left, exact = context.attrition(gathered, method)
    lines = context.reliability(gathered, compared, method)
    whole = columns[0] if columns else None
    return Snapshot(
        group=gathered.group,
        diagnosis=gathered.campaign.title,
        entry_on=clock.local(entry.wave.opens_at, entry.wave.zone).date(),
        exit_on=clock.local(leave.wave.opens_at, leave.wave.zone).date(),
        scale=scale,
        sources=sources,
        flow=context.flow(gathered),
        participants=context.participants(gathered),
        comparability=compared.said,
        reason=compared.reason,
        dropped=compared.dropped,
        whole=found.whole,
        logits=_logits(gathered, compared),
        blocks=found.blocks,
        ranks=found.ranks,
        transitions=found.transitions,
        common_items=context.common_items(gathered, compared),
        attrition=left,
        reliability=lines,
        cautions=context.cautions(gathered, compared, whole, exact, lines, method),
        effort=effort(gathered, compared),
        returned=return_to_mean(gathered, whole, lines, method),
    )


def _logits(gathered: Gathered, compared: Compared) -> Logits | None:
    link = compared.link
    if link is None or not compared.allowed or link.result.error is None or not gathered.matched:
        return None
    first = taken(link.entry, gathered.matched, compared.entry).theta
    second = taken(link.exit, gathered.matched, compared.exit).theta
    return Logits(
        entry=float(np.nanmean(first)), exit=float(np.nanmean(second)), link_error=link.result.error
    )
