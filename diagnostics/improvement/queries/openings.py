from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from diagnostics.database import session
from diagnostics.improvement.models import OpeningState, ZonesOpening


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Who above the school may see its zones; `taken_by`: the place whose report they stand in."""

    state: OpeningState
    changed_at: datetime | None
    taken_by: str

    @property
    def is_open(self) -> bool:
        return self.state in (OpeningState.OPEN, OpeningState.TAKEN)


def opening(campaign_id: str) -> OpeningView:
    row = session.get(ZonesOpening, campaign_id)
    if row is None:
        return OpeningView(OpeningState.CLOSED, None, "")
    return OpeningView(row.state, row.changed_at, row.taken_by or "")
