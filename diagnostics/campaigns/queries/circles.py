"""Circles as their pages see them: counts for the organiser, facts for who comes in. No person anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.circle_models import (
    CircleWay,
    CodeState,
    OneTimeCode,
    RespondentCircle,
    SheetDeclaration,
)
from diagnostics.campaigns.circle_secrets import slip_link
from diagnostics.campaigns.codes import normalised
from diagnostics.campaigns.models import Assignment, Campaign, Seat, SeatState, Wave, WaveState
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.identifiers import digest
from diagnostics.people.models import OrgNode

PUPIL, SHEET = "pupil", "sheet"


@dataclass(frozen=True, slots=True)
class CircleView:
    """`started`: began and did not send yet. `codes`: slips of the sheet in use, spare ones too; 0 for a link."""

    id: str
    wave_id: str
    school_id: str
    respondent_group: str
    label: str
    expected: int
    way: CircleWay
    generation: int
    codes: int
    started: int
    submitted: int


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody who comes in is told; `code_state` None: by a link for all."""

    circle_id: str
    wave_id: str
    campaign_id: str
    title: str
    school: str
    respondent_group: str
    label: str
    way: CircleWay
    opens_at: datetime
    closes_at: datetime
    zone: str
    wave_state: WaveState
    instrument_id: str
    form: str
    paused_at: datetime | None
    pause_reason: str
    code_id: str | None = None
    code_state: CodeState | None = None
    seat_id: str | None = None  # of a code that was begun

    @property
    def state(self) -> str:
        """`spent`, `revoked`, `over`, `early`, `paused`, `resume` or `begin`."""
        if self.code_state in (CodeState.SPENT, CodeState.REVOKED):
            return self.code_state.value
        if self.wave_state is WaveState.CLOSED or clock.now() > self.closes_at:
            return "over"
        if self.wave_state is WaveState.PLANNED or clock.now() < self.opens_at:
            return "early"
        if self.paused_at is not None:
            return "paused"
        return "resume" if self.code_state is CodeState.OPEN else "begin"


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who agreed on the sheet of the administration, by position."""

    people: tuple[str, ...]
    agreed_on: date


def minimum_of(respondent_group: str, limits: Limits) -> int:
    """How many answers a group needs to be shown; the sheet is a declaration and needs none."""
    if respondent_group == SHEET:
        return 0
    return limits.group_minimum_pupils if respondent_group == PUPIL else limits.group_minimum_adults


def circles_of(wave_id: str) -> tuple[CircleView, ...]:
    """All circles of a wave: by group in the order of the launcher, then by label («7А» before «10Б»)."""
    return circles_in([wave_id])[wave_id]


def circles_in(wave_ids: Collection[str]) -> dict[str, tuple[CircleView, ...]]:
    """Circles of several waves in two statements."""
    rows = session.scalars(sa.select(RespondentCircle).where(RespondentCircle.wave_id.in_(wave_ids))).all()
    counts = _counts(wave_ids)
    found: dict[str, list[CircleView]] = defaultdict(list)
    for row in sorted(rows, key=_order):
        found[row.wave_id].append(_view(row, counts[row.id]))
    return defaultdict(tuple, {wave_id: tuple(views) for wave_id, views in found.items()})


def one(circle_id: str) -> CircleView:
    row = session.get(RespondentCircle, circle_id)
    if row is None:
        raise Missing
    return _view(row, _counts([row.wave_id])[row.id])


def declaration(wave_id: str) -> Declaration | None:
    row = session.get(SheetDeclaration, wave_id)
    return None if row is None else Declaration(tuple(row.people.get("names", ())), row.agreed_on)


def door_of(secret: str) -> Door:
    """What stands behind `/r/<secret>`: the link of a circle, or the link of one slip.

    Missing `link_unknown`, also for a link that a newer one replaced.
    """
    hashed = digest(secret.strip().lower())
    found = _door(RespondentCircle.secret_hash == hashed)
    if found is None:
        slip = session.scalars(sa.select(OneTimeCode).where(OneTimeCode.secret_hash == hashed)).first()
        found = None if slip is None else _door(RespondentCircle.id == slip.circle_id, slip)
    if found is None:
        raise Missing("link_unknown")
    return found


def door_of_circle(circle_id: str) -> Door:
    """The same for who belongs to the school's team and needs no secret."""
    found = _door(RespondentCircle.id == circle_id)
    if found is None:
        raise Missing
    return found


def link_of_code(school_code: str, code: str, *, secret: str) -> str | None:
    """The link behind a one-time code typed with its school's; None when there is no such code."""
    school_id = session.scalar(sa.select(OrgNode.id).where(OrgNode.code == school_code.strip()))
    typed = normalised(code)
    if school_id is None or not typed:
        return None
    link = slip_link(secret, school_id, typed)
    known = sa.select(OneTimeCode.id).where(OneTimeCode.secret_hash == digest(link))
    return link if session.scalar(known) is not None else None


_DOOR = (
    RespondentCircle.id,
    RespondentCircle.wave_id,
    Campaign.id,
    Campaign.title,
    OrgNode.short_name,
    RespondentCircle.respondent_group,
    RespondentCircle.label,
    RespondentCircle.way,
    Wave.opens_at,
    Wave.closes_at,
    Wave.zone,
    Wave.state,
    Assignment.instrument_id,
    Assignment.form,
    Wave.paused_at,
    Wave.pause_reason,
)


def _door(condition: sa.ColumnElement[bool], slip: OneTimeCode | None = None) -> Door | None:
    row = session.execute(
        sa.select(*_DOOR)
        .select_from(RespondentCircle)
        .join(Wave, Wave.id == RespondentCircle.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(Assignment, Assignment.id == RespondentCircle.assignment_id)
        .join(OrgNode, OrgNode.id == RespondentCircle.school_id)
        .where(condition)
    ).first()
    if row is None:
        return None
    told = (slip.id, slip.state, slip.seat_id) if slip is not None else (None, None, None)
    return Door(*tuple(row), *told)


def _counts(wave_ids: Collection[str]) -> dict[str, dict[SeatState, int]]:
    found: dict[str, dict[SeatState, int]] = defaultdict(dict)
    rows = session.execute(
        sa.select(Seat.circle_id, Seat.state, sa.func.count())
        .where(Seat.wave_id.in_(wave_ids), Seat.circle_id.is_not(None))
        .group_by(Seat.circle_id, Seat.state)
    )
    for circle_id, state, number in rows:
        if circle_id is not None:
            found[circle_id][state] = number
    return found


def _view(row: RespondentCircle, counts: dict[SeatState, int]) -> CircleView:
    return CircleView(
        id=row.id,
        wave_id=row.wave_id,
        school_id=row.school_id,
        respondent_group=row.respondent_group,
        label=row.label,
        expected=row.expected,
        way=row.way,
        generation=row.generation,
        codes=row.codes,
        started=counts.get(SeatState.STARTED, 0),
        submitted=counts.get(SeatState.SUBMITTED, 0),
    )


def _order(row: RespondentCircle) -> tuple[int, int, str]:
    groups = ("sheet", "teacher", "pupil", "parent")
    group = groups.index(row.respondent_group) if row.respondent_group in groups else len(groups)
    digits = "".join(sign for sign in row.label if sign.isdigit())
    return group, int(digits[:4] or 0), row.label
