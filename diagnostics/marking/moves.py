"""Allowed moves of a text, one table; a move is one UPDATE … WHERE state = old."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from diagnostics.database import moved
from diagnostics.marking.models import MarkedText, TextState

_OPEN = frozenset({TextState.WAITING, TextState.DIFFERING, TextState.SETTLED, TextState.REPLACED})
MOVES: Mapping[TextState, frozenset[TextState]] = {
    TextState.WAITING: _OPEN,
    TextState.DIFFERING: _OPEN,
    TextState.SETTLED: _OPEN | {TextState.GIVEN},
    TextState.GIVEN: frozenset({TextState.REPLACED}),
    TextState.REPLACED: frozenset({TextState.WAITING, TextState.DIFFERING, TextState.SETTLED}),
}


def sources(to: TextState) -> list[TextState]:
    return [state for state, targets in MOVES.items() if to in targets]


def move(text_id: str, to: TextState, **values: object) -> bool:
    """Whether the text was in a state that allows the move and now is in the new one."""
    return moved(
        sa.update(MarkedText)
        .where(MarkedText.id == text_id, MarkedText.state.in_(sources(to)))
        .values(state=to, **values)
    )


def take_turn(text_id: str) -> bool:
    """Whether the text still takes marks; who comes second waits here until the first one is done."""
    open_states = (TextState.WAITING, TextState.DIFFERING, TextState.SETTLED)
    return moved(
        sa.update(MarkedText)
        .where(MarkedText.id == text_id, MarkedText.state.in_(open_states))
        .values(turn=MarkedText.turn + 1)
    )
