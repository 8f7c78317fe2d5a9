"""Allowed moves of a sitting, one table; a move is one UPDATE … WHERE state = old."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from diagnostics.database import moved
from diagnostics.sittings.models import Sitting, SittingState

MOVES: Mapping[SittingState, frozenset[SittingState]] = {
    SittingState.OPEN: frozenset({SittingState.SUBMITTED, SittingState.STOPPED, SittingState.ERASED}),
    SittingState.SUBMITTED: frozenset({SittingState.ERASED}),
    SittingState.STOPPED: frozenset({SittingState.ERASED}),
    SittingState.ERASED: frozenset(),
}


def move(sitting_id: str, to: SittingState, **values: object) -> bool:
    """Whether the sitting was in a state that allows the move and now is in the new one."""
    sources = [state for state, targets in MOVES.items() if to in targets]
    return moved(
        sa.update(Sitting)
        .where(Sitting.id == sitting_id, Sitting.state.in_(sources))
        .values(state=to, **values)
    )
