"""Seats of people whom nobody names: made when they begin, forgotten by their codes when they send."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.actions.circles import circle_row
from diagnostics.campaigns.actions.loading import wave_row
from diagnostics.campaigns.circle_models import CircleWay, CodeState, OneTimeCode, RespondentCircle
from diagnostics.campaigns.errors import CampaignError, MoveRefused
from diagnostics.campaigns.models import Seat, WaveState
from diagnostics.database import moved, session
from diagnostics.people.models import OrgNode


def seat_by_link(circle_id: str) -> str:
    """A new seat behind a link for all; how many people stand behind such seats nobody can prove."""
    circle = circle_row(circle_id)
    if circle.way is not CircleWay.LINK:
        raise CampaignError("circle_has_no_link")
    return _seat(circle).id


def seat_by_code(code_id: str) -> str:
    """The seat of a one-time code: the standing one when it was begun before, however many begin at once.

    MoveRefused `code_spent` after sending, `code_revoked` when a newer sheet replaced it.
    """
    code = session.scalars(sa.select(OneTimeCode).where(OneTimeCode.id == code_id).with_for_update()).one()
    session.refresh(code)
    if code.state is CodeState.OPEN and code.seat_id is not None:
        return code.seat_id
    if code.state is not CodeState.FRESH:
        raise MoveRefused("code_spent" if code.state is CodeState.SPENT else "code_revoked")
    seat = _seat(circle_row(code.circle_id))
    code.state, code.seat_id = CodeState.OPEN, seat.id
    session.flush()
    return seat.id


def seat_of_sheet(circle_id: str) -> str:
    """The one seat of the administration's sheet, made at the first opening."""
    circle = session.scalars(
        sa.select(RespondentCircle).where(RespondentCircle.id == circle_id).with_for_update()
    ).one()
    if circle.way is not CircleWay.SHEET:
        raise CampaignError("circle_is_no_sheet")
    standing = session.scalar(sa.select(Seat.id).where(Seat.circle_id == circle_id))
    return standing or _seat(circle).id


def forget_code(seat_id: str) -> None:
    """The answers are sent: the code that led to them is spent and no longer knows its seat."""
    moved(
        sa.update(OneTimeCode)
        .where(OneTimeCode.seat_id == seat_id, OneTimeCode.state == CodeState.OPEN)
        .values(state=CodeState.SPENT, seat_id=None)
    )


def _seat(circle: RespondentCircle) -> Seat:
    wave = wave_row(circle.wave_id)
    if wave.state is WaveState.CLOSED:
        raise MoveRefused("wave_closed")
    if wave.paused_at is not None:
        raise MoveRefused("paused")
    school = session.get_one(OrgNode, circle.school_id)
    seat = Seat(
        wave_id=circle.wave_id,
        assignment_id=circle.assignment_id,
        respondent_group=circle.respondent_group,
        subject_id=circle.school_id,
        school_id=circle.school_id,
        municipality_id=school.parent_id,
        circle_id=circle.id,
        created_at=clock.hour(clock.now()),
    )
    session.add(seat)
    session.flush()
    return seat
