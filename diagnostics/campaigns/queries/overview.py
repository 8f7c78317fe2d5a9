"""Diagnoses with their waves, by place and by what a person has to do with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import (
    Assignment,
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
from diagnostics.errors import Missing
from diagnostics.people.models import OrgNode


@dataclass(frozen=True, slots=True)
class AssignmentView:
    id: str
    instrument_id: str | None
    scoring_id: str | None
    form: str
    respondent_group: str


@dataclass(frozen=True, slots=True)
class WaveView:
    """`expected` counts all living seats; `started` those that began and did not send yet."""

    id: str
    kind: WaveKind
    state: WaveState
    opens_at: datetime
    closes_at: datetime
    zone: str
    calibration_id: str | None
    clarify_id: str | None
    assignments: tuple[AssignmentView, ...]
    expected: int
    started: int
    submitted: int
    closed_at: datetime | None
    closed_by: str | None  # None with `closed_at`: it closed itself at its deadline
    paused_at: datetime | None
    pause_reason: str

    @property
    def unfinished(self) -> int:
        return self.expected - self.submitted


@dataclass(frozen=True, slots=True)
class CampaignView:
    id: str
    title: str
    node_id: str
    owner_id: str
    group_id: str | None
    tutor_id: str | None
    state: CampaignState
    privacy: Privacy
    visibility: Json
    framework_id: str
    method_id: str
    preset: str
    preset_basis: str
    route_levels: tuple[str, ...]
    source: str
    purpose: CampaignPurpose
    trial: bool
    clarify_most: int  # clarifying tasks at most, 0 = none
    watch: bool  # leaving the page and pasting are counted
    created_at: datetime
    closed_at: datetime | None
    waves: tuple[WaveView, ...]

    def wave(self, kind: WaveKind) -> WaveView | None:
        return next((wave for wave in self.waves if wave.kind is kind), None)


def campaign(campaign_id: str) -> CampaignView:
    """One diagnosis with its waves; Missing for an unknown id."""
    found = _views(Campaign.id == campaign_id)
    if not found:
        raise Missing
    return found[0]


def wave_of(wave_id: str) -> tuple[CampaignView, WaveView]:
    """A wave with its diagnosis; Missing for an unknown id."""
    campaign_id = session.scalar(sa.select(Wave.campaign_id).where(Wave.id == wave_id))
    if campaign_id is None:
        raise Missing
    view = campaign(campaign_id)
    return view, next(wave for wave in view.waves if wave.id == wave_id)


def campaigns(scope: Iterable[str], *, person_id: str | None = None) -> list[CampaignView]:
    """Diagnoses at places under `scope`, and those that `person_id` owns or tutors; newest first.

    Self-assessments of schools have lists of their own (`queries.self_assessments`).
    """
    reach: list[sa.ColumnElement[bool]] = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if person_id is not None:
        reach += [Campaign.owner_id == person_id, Campaign.tutor_id == person_id]
    of_persons = Campaign.purpose == CampaignPurpose.DIAGNOSIS
    return _views(sa.or_(*reach), of_persons) if reach else []


def of_group(group_id: str) -> list[CampaignView]:
    """Diagnoses of a learner group, newest first."""
    return _views(Campaign.group_id == group_id)


def _views(*conditions: sa.ColumnElement[bool]) -> list[CampaignView]:
    rows = session.scalars(
        sa.select(Campaign)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .where(*conditions)
        .order_by(Campaign.created_at.desc(), Campaign.id)
    ).all()
    waves = _waves([row.id for row in rows])
    return [_view(row, tuple(waves[row.id])) for row in rows]


def _waves(campaign_ids: Collection[str]) -> dict[str, list[WaveView]]:
    waves = session.scalars(
        sa.select(Wave).where(Wave.campaign_id.in_(campaign_ids)).order_by(Wave.opens_at)
    ).all()
    ids = [wave.id for wave in waves]
    assigned, counts = _assigned(ids), _counts(ids)
    found: dict[str, list[WaveView]] = defaultdict(list)
    for wave in waves:
        found[wave.campaign_id].append(_wave(wave, tuple(assigned[wave.id]), counts[wave.id]))
    return found


def _assigned(wave_ids: Collection[str]) -> dict[str, list[AssignmentView]]:
    found: dict[str, list[AssignmentView]] = defaultdict(list)
    query = sa.select(Assignment).where(Assignment.wave_id.in_(wave_ids)).order_by(Assignment.form)
    for one in session.scalars(query):
        view = AssignmentView(one.id, one.instrument_id, one.scoring_id, one.form, one.respondent_group)
        found[one.wave_id].append(view)
    return found


def _counts(wave_ids: Collection[str]) -> dict[str, dict[SeatState, int]]:
    found: dict[str, dict[SeatState, int]] = defaultdict(dict)
    rows = session.execute(
        sa.select(Seat.wave_id, Seat.state, sa.func.count())
        .where(Seat.wave_id.in_(wave_ids))
        .group_by(Seat.wave_id, Seat.state)
    )
    for wave_id, state, number in rows:
        found[wave_id][state] = number
    return found


def _wave(wave: Wave, assignments: tuple[AssignmentView, ...], counts: dict[SeatState, int]) -> WaveView:
    living = sum(number for state, number in counts.items() if state is not SeatState.WITHDRAWN)
    return WaveView(
        id=wave.id,
        kind=wave.kind,
        state=wave.state,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        zone=wave.zone,
        calibration_id=wave.calibration_id,
        clarify_id=wave.clarify_id,
        assignments=assignments,
        expected=living,
        started=counts.get(SeatState.STARTED, 0),
        submitted=counts.get(SeatState.SUBMITTED, 0),
        closed_at=wave.closed_at,
        closed_by=wave.closed_by,
        paused_at=wave.paused_at,
        pause_reason=wave.pause_reason,
    )


def _view(row: Campaign, waves: tuple[WaveView, ...]) -> CampaignView:
    return CampaignView(
        id=row.id,
        title=row.title,
        node_id=row.node_id,
        owner_id=row.owner_id,
        group_id=row.group_id,
        tutor_id=row.tutor_id,
        state=row.state,
        privacy=row.privacy,
        visibility=row.visibility,
        framework_id=row.framework_id,
        method_id=row.method_id,
        preset=row.preset,
        preset_basis=row.preset_basis,
        route_levels=tuple(row.route_levels.get("levels", ())),
        source=row.source,
        purpose=row.purpose,
        trial=row.trial,
        clarify_most=row.clarify_most,
        watch=row.watch,
        created_at=row.created_at,
        closed_at=row.closed_at,
        waves=waves,
    )
