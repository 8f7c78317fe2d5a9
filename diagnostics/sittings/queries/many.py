"""Answers of many sittings at once."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.sittings.models import AnswerEvent
from diagnostics.sittings.standing import GIVES_ANSWER, EventRow, standing
from instruments.items import Answer

_CHUNK = 500  # ids in one IN list


def answers_of_many(sitting_ids: Collection[str], items: Collection[str]) -> dict[str, dict[str, Answer]]:
    """Sitting → item → current answer, for some items only; sittings without any are absent."""
    ids = sorted(sitting_ids)
    found: dict[str, dict[str, Answer]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(_query(ids[start : start + _CHUNK], sorted(items)))
        for sitting_id, events in groupby(rows, key=lambda row: row[0]):
            given = standing(EventRow(*tuple(row)[1:]) for row in events).answers
            if given:
                found[sitting_id] = dict(given)
    return found


def _query(ids: list[str], items: list[str]) -> sa.Select[tuple[object, ...]]:
    query: sa.Select[tuple[object, ...]] = sa.select(
        AnswerEvent.sitting_id,
        AnswerEvent.position,
        AnswerEvent.kind,
        AnswerEvent.item,
        AnswerEvent.value,
        AnswerEvent.client,
        AnswerEvent.rival,
        AnswerEvent.at,
    )
    return query.where(
        AnswerEvent.sitting_id.in_(ids), AnswerEvent.item.in_(items), AnswerEvent.kind.in_(GIVES_ANSWER)
    ).order_by(AnswerEvent.sitting_id, AnswerEvent.position)
