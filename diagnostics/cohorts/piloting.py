"""A version that is tried out: where, on how many people so far, and what that number allows to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, Seat, SeatState, Wave, WaveKind, WaveState
from diagnostics.cohorts.pace import Pace, pace_of
from diagnostics.database import session
from diagnostics.measurement.method import METHOD, Method
from diagnostics.people.models import OrgNode
from diagnostics.sittings.models import Sitting, SittingState


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a diagnosis that asks the version; `expected` without those who were withdrawn."""

    campaign_id: str
    title: str
    trial: bool
    wave_id: str
    kind: WaveKind
    state: WaveState
    opens_at: datetime
    zone: str
    calibration_id: str | None
    expected: int
    submitted: int


@dataclass(frozen=True, slots=True)
class Step:
    """`code` of a conclusion and the works of one form that it takes."""

    code: str
    needed: int


@dataclass(frozen=True, slots=True)
class Pilot:
    """`got`: works sent by form; `wanted` of each form; `steps` in rising order of what they take."""

    stages: tuple[Stage, ...]
    got: Mapping[str, int]
    wanted: int
    steps: tuple[Step, ...]
    pace: Pace
    method: Method

    @property
    def fewest(self) -> int:
        """Works of the form that has the fewest: what can be said of every form."""
        return min(self.got.values(), default=0)

    @property
    def total(self) -> int:
        return sum(self.got.values())


#: Conclusions that answers with a key allow; opinions have neither difficulty nor key.
FIGURES, VERDICTS, CALIBRATED, SLOPES, LETTERS = "figures", "verdicts", "calibrated", "slopes", "letters"


def steps_of(method: Method, *, keyed: bool) -> tuple[Step, ...]:
    """What each number of works allows, by the constants of the method (methods.md §5–§6)."""
    first = (Step(FIGURES, method.item_counts_below), Step(VERDICTS, method.item_provisional_below))
    if not keyed:
        return first
    more = (
        Step(CALIBRATED, method.min_calibration_persons),
        Step(SLOPES, method.priors_from),
        Step(LETTERS, 2 * method.dif_letter_persons),
    )
    return (*first, *more)


def pilot_of(
    instrument_id: str, forms: Iterable[str], scope: Iterable[str], *, keyed: bool, method: Method = METHOD
) -> Pilot:
    """The version in all diagnoses below the paths of `scope`; nothing without a scope."""
    places = _places(scope)
    sent = _sittings(instrument_id, places)
    got = dict.fromkeys(forms, 0)
    for _sitting, form in sent:
        got[form] = got.get(form, 0) + 1
    return Pilot(
        stages=_stages(instrument_id, places),
        got=got,
        wanted=method.min_calibration_persons if keyed else method.item_provisional_below,
        steps=steps_of(method, keyed=keyed),
        pace=pace_of([sitting for sitting, _form in sent], method),
        method=method,
    )


def _places(scope: Iterable[str]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(OrgNode.path.startswith(path, autoescape=True) for path in scope))


def _sittings(instrument_id: str, places: sa.ColumnElement[bool]) -> list[tuple[str, str]]:
    """(sitting, form) of every work that was sent."""
    rows = session.execute(
        sa.select(Sitting.id, Sitting.form)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .where(Sitting.instrument_id == instrument_id, Sitting.state == SittingState.SUBMITTED, places)
        .order_by(Sitting.id)
    )
    return [(sitting, form) for sitting, form in rows]


def _stages(instrument_id: str, places: sa.ColumnElement[bool]) -> tuple[Stage, ...]:
    """The newest first."""
    living = sa.func.count(Seat.id).filter(Seat.state != SeatState.WITHDRAWN)
    sent = sa.func.count(Seat.id).filter(Seat.state == SeatState.SUBMITTED)
    rows = session.execute(
        sa.select(
            Campaign.id, Campaign.title, Campaign.trial, Wave.id, Wave.kind, Wave.state, Wave.opens_at,
            Wave.zone, Wave.calibration_id, living, sent,
        )
        .select_from(Assignment)
        .join(Wave, Wave.id == Assignment.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .outerjoin(Seat, Seat.assignment_id == Assignment.id)
        .where(Assignment.instrument_id == instrument_id, places)
        .group_by(
            Campaign.id, Campaign.title, Campaign.trial, Wave.id, Wave.kind, Wave.state, Wave.opens_at,
            Wave.zone, Wave.calibration_id,
        )
        .order_by(Wave.opens_at.desc(), Wave.id)
    )  # fmt: skip
    return tuple(Stage(*row) for row in rows)
