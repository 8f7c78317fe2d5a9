"""Allowed moves of every state of the stage, one table each; a move is one UPDATE … WHERE state = old."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TypeVar

import sqlalchemy as sa

from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Campaign, CampaignState, Seat, SeatState, Wave, WaveState
from diagnostics.database import moved

State = TypeVar("State", bound=enum.StrEnum)
Moves = Mapping[State, frozenset[State]]

CAMPAIGN_MOVES: Moves[CampaignState] = {
    CampaignState.DRAFT: frozenset({CampaignState.OPEN, CampaignState.WITHDRAWN}),
    CampaignState.OPEN: frozenset({CampaignState.CLOSED, CampaignState.WITHDRAWN}),
    CampaignState.CLOSED: frozenset(),
    CampaignState.WITHDRAWN: frozenset(),
}
WAVE_MOVES: Moves[WaveState] = {
    WaveState.PLANNED: frozenset({WaveState.OPEN}),
    WaveState.OPEN: frozenset({WaveState.CLOSED}),
    WaveState.CLOSED: frozenset(),
}
# Straight from expected to submitted: answers that came whole, on paper or from another system.
SEAT_MOVES: Moves[SeatState] = {
    SeatState.EXPECTED: frozenset({SeatState.STARTED, SeatState.SUBMITTED, SeatState.WITHDRAWN}),
    SeatState.STARTED: frozenset({SeatState.SUBMITTED, SeatState.WITHDRAWN}),
    SeatState.SUBMITTED: frozenset(),
    SeatState.WITHDRAWN: frozenset(),
}


def move_campaign(campaign_id: str, to: CampaignState, **values: object) -> None:
    if not _move(Campaign, campaign_id, to, CAMPAIGN_MOVES, values):
        raise MoveRefused("campaign_move_refused", to=to.value)


def move_wave(wave_id: str, to: WaveState, **values: object) -> None:
    if not _move(Wave, wave_id, to, WAVE_MOVES, values):
        raise MoveRefused("wave_move_refused", to=to.value)


def move_seat(seat_id: str, to: SeatState) -> None:
    if not _move(Seat, seat_id, to, SEAT_MOVES, {}):
        raise MoveRefused("seat_move_refused", to=to.value)


def sources(to: State, moves: Moves[State]) -> list[State]:
    """The states from which `to` may be reached."""
    return [state for state, targets in moves.items() if to in targets]


def _move(
    table: type[Campaign | Wave | Seat],
    row_id: str,
    to: State,
    moves: Moves[State],
    values: Mapping[str, object],
) -> bool:
    statement = sa.update(table).where(table.id == row_id, table.state.in_(sources(to, moves)))
    return moved(statement.values(state=to, **values))
