"""What closed stages say about an instrument version: asked before the next version is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Assignment, Campaign, Seat, Wave, WaveState
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.quality import forms_of
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT
from diagnostics.measurement.method import METHOD
from diagnostics.people.models import OrgNode
from reports.contents.quality import FormQuality


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One form of the version in the closed stage where most people took it."""

    campaign_id: str
    diagnosis: str
    closed_on: date
    form: FormQuality


@dataclass(frozen=True, slots=True)
class Trials:
    """`waiting` works lie in stages that are still open; `least` are needed in a closed one."""

    forms: tuple[Trial, ...]
    waiting: int
    least: int


def trials_of(instrument_id: str, scope: Iterable[str]) -> Trials:
    """The version in the stages of diagnoses below the paths of `scope`, a form each."""
    rows = _stages(instrument_id, tuple(scope))
    best: dict[str, sa.Row[str, str, WaveState, int]] = {}
    for row in rows:
        if row.state is WaveState.CLOSED and (row.form not in best or row.n > best[row.form].n):
            best[row.form] = row
    found = (_trial(row.wave_id, form) for form, row in sorted(best.items()))
    return Trials(
        forms=tuple(one for one in found if one is not None),
        waiting=sum(row.n for row in rows if row.state is not WaveState.CLOSED),
        least=METHOD.item_provisional_below,
    )


def _stages(instrument_id: str, scope: tuple[str, ...]) -> list[sa.Row[str, str, WaveState, int]]:
    """Stage, form, state and number of results, the newest stage first; nothing without a scope."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    query = (
        sa.select(Wave.id.label("wave_id"), Assignment.form, Wave.state, sa.func.count(Finding.id).label("n"))
        .select_from(Finding)
        .join(Seat, Seat.id == Finding.seat_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .join(Wave, Wave.id == Finding.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .where(
            Assignment.instrument_id == instrument_id,
            Finding.current_key == CURRENT,
            sa.or_(sa.false(), *under),
        )
        .group_by(Wave.id, Assignment.form, Wave.state, Wave.opens_at)
        .order_by(Wave.opens_at.desc(), Wave.id, Assignment.form)
    )
    return list(session.execute(query).all())


def _trial(wave_id: str, form: str) -> Trial | None:
    wave = session.get_one(Wave, wave_id)
    campaign = session.get_one(Campaign, wave.campaign_id)
    views = [one for one in findings.of_wave(wave_id) if one.form == form]
    made = forms_of(findings.matrix(wave_id), views, catalogue.method(campaign.method_id))
    found = next((one for one in made if one.blocks), None)
    if found is None:
        return None
    closed = wave.closed_at or wave.closes_at
    return Trial(
        campaign_id=campaign.id,
        diagnosis=campaign.title,
        closed_on=clock.local(closed, wave.zone).date(),
        form=found,
    )
