"""When a school reminds those whom it asks without names: nobody gets a letter, the team gets a text to pass on."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.circles import CircleView
from diagnostics.campaigns.queries.self_assessments import SelfAssessment

BEFORE_END = timedelta(days=2)
STAYS = timedelta(days=2)  # how long the reminder of the middle is offered


class Moment(enum.StrEnum):
    HALF = "half"  # half of the time has passed
    END = "end"  # two days are left


def moment_of(one: SelfAssessment, now: datetime) -> Moment | None:
    """The reminder that is due now; None where nothing is to be said or everybody has answered."""
    if one.wave_state is not WaveState.OPEN or not one.opens_at <= now < one.closes_at or not behind(one):
        return None
    if now >= one.closes_at - BEFORE_END:
        return Moment.END
    half = one.opens_at + (one.closes_at - one.opens_at) / 2
    return Moment.HALF if half <= now < half + STAYS else None


def behind(one: SelfAssessment) -> tuple[CircleView, ...]:
    """Circles that have not all answered; the sheet has a task of its own."""
    return tuple(
        each for each in one.circles if each.way is not CircleWay.SHEET and each.submitted < each.expected
    )
