"""What was decided about the questions of a version."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.catalogue.models import ItemDecision, Verdict
from diagnostics.database import Json, session


@dataclass(frozen=True, slots=True)
class Decision:
    """`figures`: what its author had read, {"n", "p", "r", "wave_id"}."""

    item: str
    verdict: Verdict
    reason: str
    figures: Json
    person_id: str
    at: datetime


def decisions(version_id: str) -> dict[str, tuple[Decision, ...]]:
    """Question → its log, the newest decision first: that one holds."""
    rows = session.scalars(
        sa.select(ItemDecision)
        .where(ItemDecision.version_id == version_id)
        .order_by(ItemDecision.created_at.desc(), ItemDecision.id)
    )
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        found[row.item].append(
            Decision(row.item, row.verdict, row.reason, row.figures, row.person_id, row.created_at)
        )
    return {item: tuple(log) for item, log in found.items()}
