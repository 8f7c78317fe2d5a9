"""Diagnoses as a school meets them: its stages with exact counts, its people by name. No results anywhere.

A row stands at the school where the person worked when the stage began (`seat.school_id` is frozen), so who
moves away stays in last year's list, and who came later does not appear in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import (
    Campaign,
    CampaignPurpose,
    CampaignState,
    Privacy,
    Seat,
    SeatState,
    Wave,
    WaveKind,
    WaveState,
)
from diagnostics.database import Json, session
from diagnostics.people.models import OrgNode, PersonalData


@dataclass(frozen=True, slots=True)
class SchoolStage:
    """One stage of a launched diagnosis at one school. `started`: began and did not send yet."""

    school_id: str
    school: str
    campaign_id: str
    campaign_title: str
    privacy: Privacy
    wave_id: str
    kind: WaveKind
    state: WaveState
    opens_at: datetime
    closes_at: datetime
    zone: str
    paused_at: datetime | None
    expected: int
    started: int
    submitted: int
    visibility: Json  # what people were told before they began

    @property
    def unfinished(self) -> int:
        return self.expected - self.submitted

    @property
    def collects(self) -> bool:
        """Answers are taken now."""
        return self.state is WaveState.OPEN and self.closes_at > clock.now()

    @property
    def levels_to_school(self) -> bool:
        """The diagnosis lets the school see levels; each person still has to allow it."""
        return self.privacy is Privacy.NAMED and bool(self.visibility.get("levels_to_school"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of a school in a stage: whether the work is sent, nothing of what is in it."""

    seat_id: str
    person_id: str
    surname: str
    given_name: str
    patronymic: str
    position: str
    subject: str
    state: SeatState

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))

    @property
    def unfinished(self) -> bool:
        return self.state is not SeatState.SUBMITTED


def stages_at(scope: Iterable[str]) -> list[SchoolStage]:
    """Stages of launched diagnoses at schools under `scope`: those that collect first, then the newest."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    return _stages(sa.or_(*under)) if under else []


def stage_at(wave_id: str, school_id: str) -> SchoolStage | None:
    return next(iter(_stages(Wave.id == wave_id, OrgNode.id == school_id)), None)


def colleagues(wave_id: str, school_id: str) -> list[Colleague]:
    """The people of a school in a stage by name; nameless and erased ones are not among them."""
    rows = session.execute(
        sa.select(
            Seat.id,
            PersonalData.person_id,
            PersonalData.surname,
            PersonalData.given_name,
            PersonalData.patronymic,
            Seat.position,
            Seat.subject_taught,
            Seat.state,
        )
        .join(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .where(Seat.wave_id == wave_id, Seat.school_id == school_id, Seat.state != SeatState.WITHDRAWN)
        .order_by(PersonalData.sort_name, Seat.id)
    )
    return [Colleague(*row) for row in rows]


def _stages(*conditions: sa.ColumnElement[bool]) -> list[SchoolStage]:
    about = (
        OrgNode.id,
        OrgNode.short_name,
        Campaign.id,
        Campaign.title,
        Campaign.privacy,
        Wave.id,
        Wave.kind,
        Wave.state,
        Wave.opens_at,
        Wave.closes_at,
        Wave.zone,
        Wave.paused_at,
    )
    rows = session.execute(
        sa.select(
            *about,
            sa.func.count(),
            sa.func.sum(sa.case((Seat.state == SeatState.STARTED, 1), else_=0)),
            sa.func.sum(sa.case((Seat.state == SeatState.SUBMITTED, 1), else_=0)),
        )
        .select_from(Seat)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(OrgNode, OrgNode.id == Seat.school_id)
        .where(
            *conditions,
            Seat.state != SeatState.WITHDRAWN,
            Campaign.purpose == CampaignPurpose.DIAGNOSIS,
            Campaign.state.in_([CampaignState.OPEN, CampaignState.CLOSED]),
        )
        .group_by(*about)
        .order_by(Wave.opens_at.desc(), OrgNode.short_name, Wave.id)
    ).all()
    rules = _visibility({row[2] for row in rows})
    found = [_stage(row, rules[row[2]]) for row in rows]
    return sorted(found, key=lambda one: not one.collects)


def _stage(row: Sequence[Any], visibility: Json) -> SchoolStage:
    return SchoolStage(*[*row, visibility])


def _visibility(campaign_ids: Iterable[str]) -> dict[str, Json]:
    """Apart from the counts: a JSON column cannot be grouped by on PostgreSQL."""
    rows = session.execute(
        sa.select(Campaign.id, Campaign.visibility).where(Campaign.id.in_(list(campaign_ids)))
    )
    return {campaign_id: visibility for campaign_id, visibility in rows}  # noqa: C416 - dict() of rows has no type
