"""How often a task was before people, over all diagnoses and versions of its work: what is seen often becomes known."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat, Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.sittings.models import AnswerEvent, EventKind, Sitting

_ANSWERS = (EventKind.ANSWER, EventKind.CHOICE)


@dataclass(frozen=True, slots=True)
class Exposure:
    """People: `shown` to, `answered` by, `drawn` for as a clarifying task.

    diagnoses    in how many it was shown
    drawn_share  the largest share of those who took one diagnosis, to whom it was drawn; None where to nobody
    """

    shown: int
    answered: int
    drawn: int
    diagnoses: int
    drawn_share: float | None


def exposure_of(work: str, item: str) -> Exposure:
    """`work`: code of the instrument; every version of it counts."""
    versions = [one.id for one in catalogue.versions_of(VersionKind.INSTRUMENT, work)]
    if not versions:
        return Exposure(0, 0, 0, 0, None)
    rows = session.execute(_query(versions, item)).all()
    drawn = {row.campaign_id: row.drawn for row in rows if row.drawn}
    takers = _takers(versions, list(drawn))
    shares = [number / takers[campaign_id] for campaign_id, number in drawn.items()]
    return Exposure(
        shown=sum(row.shown for row in rows),
        answered=sum(row.answered for row in rows),
        drawn=sum(drawn.values()),
        diagnoses=len(rows),
        drawn_share=max(shares, default=None),
    )


def _query(versions: list[str], item: str) -> sa.Select[str, int, int, int]:
    def people(*kinds: EventKind) -> sa.ColumnElement[int]:
        who = sa.case((AnswerEvent.kind.in_(kinds), Sitting.id)) if kinds else Sitting.id
        return sa.func.count(sa.distinct(who))

    return (
        sa.select(
            Wave.campaign_id,
            people().label("shown"),
            people(*_ANSWERS).label("answered"),
            people(EventKind.DRAWN).label("drawn"),
        )
        .select_from(Sitting)
        .join(AnswerEvent, AnswerEvent.sitting_id == Sitting.id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(Sitting.instrument_id.in_(versions), AnswerEvent.item == item)
        .group_by(Wave.campaign_id)
    )


def _takers(versions: list[str], campaign_ids: list[str]) -> dict[str, int]:
    rows = session.execute(
        sa.select(Wave.campaign_id, sa.func.count())
        .select_from(Sitting)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(Sitting.instrument_id.in_(versions), Wave.campaign_id.in_(campaign_ids))
        .group_by(Wave.campaign_id)
    )
    return {row[0]: row[1] for row in rows}
