"""Answers of many sittings at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat, Wave, WaveKind
from diagnostics.database import session
from diagnostics.sittings.models import AnswerEvent, Sitting
from diagnostics.sittings.standing import GIVES_ANSWER, EventRow, Standing, standing
from instruments.items import Answer

_CHUNK = 500  # ids in one IN list
_COLUMNS = (
    AnswerEvent.sitting_id,
    AnswerEvent.position,
    AnswerEvent.kind,
    AnswerEvent.item,
    AnswerEvent.value,
    AnswerEvent.client,
    AnswerEvent.rival,
    AnswerEvent.at,
)


def answers_of_many(sitting_ids: Collection[str], items: Collection[str]) -> dict[str, dict[str, Answer]]:
    """Sitting → item → current answer, for some items only; sittings without any are absent."""
    ids = sorted(sitting_ids)
    found: dict[str, dict[str, Answer]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(_answering(ids[start : start + _CHUNK], sorted(items)))
        for sitting_id, events in groupby(rows, key=lambda row: row[0]):
            given = standing(EventRow(*tuple(row)[1:]) for row in events).answers
            if given:
                found[sitting_id] = dict(given)
    return found


def standings_of(sitting_ids: Collection[str]) -> dict[str, Standing]:
    """Where each of many sittings stands, by its events."""
    ids = sorted(sitting_ids)
    found = {sitting_id: standing(()) for sitting_id in ids}
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(_query(ids[start : start + _CHUNK]))
        for sitting_id, events in groupby(rows, key=itemgetter(0)):
            found[sitting_id] = standing(EventRow(*tuple(row)[1:]) for row in events)
    return found


def exits_among(sitting_ids: Collection[str]) -> dict[str, list[str]]:
    """Diagnosis → people whose exit work is among these sittings."""
    query = (
        sa.select(Wave.campaign_id, Seat.respondent_id)
        .select_from(Sitting)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(Sitting.id.in_(sitting_ids), Wave.kind == WaveKind.EXIT, Seat.respondent_id.is_not(None))
        .order_by(Wave.campaign_id, Seat.respondent_id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for campaign_id, person_id in session.execute(query):
        found[campaign_id].append(str(person_id))
    return found


def _query(ids: list[str]) -> sa.Select[Any]:
    query: sa.Select[Any] = sa.select(*_COLUMNS)
    return query.where(AnswerEvent.sitting_id.in_(ids)).order_by(AnswerEvent.sitting_id, AnswerEvent.position)


def _answering(ids: list[str], items: list[str]) -> sa.Select[Any]:
    return _query(ids).where(AnswerEvent.item.in_(items), AnswerEvent.kind.in_(GIVES_ANSWER))
