"""Явка: organisational data, live and exact, by school. Counted by the database, whatever the number of schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, CampaignState, Seat, SeatState, Wave, WaveKind, WaveState
from diagnostics.database import session
from diagnostics.people.models import OrgNode


@dataclass(frozen=True, slots=True)
class SchoolTurnout:
    """One school in one wave. `started`: began and did not send yet. `school_id` None: works at no school."""

    school_id: str | None
    school: str
    municipality: str
    expected: int
    started: int
    submitted: int

    @property
    def share(self) -> float:
        """Submitted of expected, 0…1."""
        return self.submitted / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class WaveTurnout:
    campaign_id: str
    campaign_title: str
    wave_id: str
    kind: WaveKind
    state: WaveState
    opens_at: datetime
    closes_at: datetime
    zone: str
    paused_at: datetime | None
    schools: tuple[SchoolTurnout, ...]

    @property
    def expected(self) -> int:
        return sum(one.expected for one in self.schools)

    @property
    def submitted(self) -> int:
        return sum(one.submitted for one in self.schools)


@dataclass(frozen=True, slots=True)
class StageTurnout:
    """One wave over all the schools of somebody's places. `silent`: schools from which nobody has sent."""

    campaign_id: str
    campaign_title: str
    wave_id: str
    kind: WaveKind
    state: WaveState
    opens_at: datetime
    closes_at: datetime
    zone: str
    paused_at: datetime | None
    schools: int
    silent: int
    expected: int
    started: int
    submitted: int

    @property
    def share(self) -> float:
        return self.submitted / self.expected if self.expected else 0.0


_ABOUT = (
    Campaign.id,
    Campaign.title,
    Wave.id,
    Wave.kind,
    Wave.state,
    Wave.opens_at,
    Wave.closes_at,
    Wave.zone,
    Wave.paused_at,
)
_TOLD = (
    Wave.state != WaveState.PLANNED,
    Wave.kind != WaveKind.SURVEY,  # counted by circles: `queries.self_assessments`
    Campaign.state.in_([CampaignState.OPEN, CampaignState.CLOSED]),
)


def turnout(wave_id: str) -> list[SchoolTurnout]:
    """All schools of a wave in the order of their names; for the organiser."""
    return _schools(Seat.wave_id == wave_id)[wave_id]


def turnout_in(scope: Iterable[str]) -> list[WaveTurnout]:
    """Opened waves of living and finished diagnoses, cut to the schools under `scope`; newest first."""
    return _waves(scope)


def turnout_at(wave_id: str, scope: Iterable[str]) -> WaveTurnout | None:
    """One such wave; None where none of the schools takes part in it."""
    return next(iter(_waves(scope, Wave.id == wave_id)), None)


def stages_in(scope: Iterable[str]) -> list[StageTurnout]:
    """The same waves with totals only; newest first."""
    under = _under(scope)
    if under is None:
        return []
    expected, started, submitted = _counts()
    by_school = (
        sa.select(
            Seat.wave_id,
            expected.label("expected"),
            started.label("started"),
            submitted.label("submitted"),
        )
        .join(OrgNode, OrgNode.id == Seat.school_id)
        .where(under, Seat.state != SeatState.WITHDRAWN)
        .group_by(Seat.wave_id, Seat.school_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            *_ABOUT,
            sa.func.count(),
            sa.func.sum(sa.case((by_school.c.submitted == 0, 1), else_=0)),
            sa.func.sum(by_school.c.expected),
            sa.func.sum(by_school.c.started),
            sa.func.sum(by_school.c.submitted),
        )
        .select_from(by_school)
        .join(Wave, Wave.id == by_school.c.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .where(*_TOLD)
        .group_by(*_ABOUT)
        .order_by(Wave.opens_at.desc(), Wave.id)
    )
    found: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [StageTurnout(*row[: len(_ABOUT)], *map(int, row[len(_ABOUT) :])) for row in found]


def _waves(scope: Iterable[str], *conditions: sa.ColumnElement[bool]) -> list[WaveTurnout]:
    under = _under(scope)
    if under is None:
        return []
    rows = session.execute(
        sa.select(*_ABOUT)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .where(*conditions, *_TOLD)
        .order_by(Wave.opens_at.desc(), Wave.id)
    ).all()
    schools = _schools(under, Seat.wave_id.in_([row[2] for row in rows]))
    return [WaveTurnout(*row, schools=tuple(schools[row[2]])) for row in rows if row[2] in schools]


def _under(scope: Iterable[str]) -> sa.ColumnElement[bool] | None:
    paths = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    return sa.or_(*paths) if paths else None


def _counts() -> tuple[sa.ColumnElement[int], sa.ColumnElement[int], sa.ColumnElement[int]]:
    """Expected, started, submitted."""

    def of(state: SeatState) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((Seat.state == state, 1), else_=0))

    return sa.func.count(), of(SeatState.STARTED), of(SeatState.SUBMITTED)


def _schools(*conditions: sa.ColumnElement[bool]) -> dict[str, list[SchoolTurnout]]:
    municipality = sa.orm.aliased(OrgNode)
    rows = session.execute(
        sa.select(Seat.wave_id, OrgNode.id, OrgNode.short_name, municipality.short_name, *_counts())
        .select_from(Seat)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .outerjoin(municipality, municipality.id == Seat.municipality_id)
        .where(*conditions, Seat.state != SeatState.WITHDRAWN)
        .group_by(Seat.wave_id, OrgNode.id, OrgNode.short_name, municipality.short_name)
        .order_by(municipality.short_name, OrgNode.short_name)
    )
    found: dict[str, list[SchoolTurnout]] = defaultdict(list)
    for wave_id, school_id, school, place, expected, started, submitted in rows:
        found[wave_id].append(
            SchoolTurnout(school_id, school or "", place or "", expected, started, submitted)
        )
    return found
