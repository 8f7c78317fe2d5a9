"""Allowed moves of an opening; a move is one UPDATE … WHERE state = old."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from diagnostics.database import moved
from diagnostics.improvement.errors import ZonesError
from diagnostics.improvement.models import OpeningState, ZonesOpening

OPENING_MOVES: Mapping[OpeningState, frozenset[OpeningState]] = {
    OpeningState.CLOSED: frozenset({OpeningState.OPEN}),
    OpeningState.OPEN: frozenset({OpeningState.CLOSED, OpeningState.TAKEN}),
    OpeningState.TAKEN: frozenset(),
}


def move_opening(campaign_id: str, to: OpeningState, **values: object) -> None:
    sources = [state for state, targets in OPENING_MOVES.items() if to in targets]
    statement = sa.update(ZonesOpening).where(
        ZonesOpening.campaign_id == campaign_id, ZonesOpening.state.in_(sources)
    )
    if not moved(statement.values(state=to, **values)):
        raise ZonesError("opening_refused", to=to.value)
