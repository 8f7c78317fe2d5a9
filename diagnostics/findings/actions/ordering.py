"""A calibration asked for by hand: of a closed stage that has none although it could."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Campaign, Wave, WaveState
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings.errors import NotReady
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job

KIND = "findings.calibrate"


def order_calibration(wave_id: str, *, actor_id: str) -> Job:
    """Enqueue what the close of a stage enqueues: measure, publish, pin, conclude anew.

    Raises
    ------
    NotReady
        `wave_not_closed`, `wave_already_calibrated`, or `calibration_too_few_persons` (`n`, `least`).
    """
    wave = session.get(Wave, wave_id)
    if wave is None:
        raise Missing
    campaign = session.get_one(Campaign, wave.campaign_id)
    if wave.state is not WaveState.CLOSED:
        raise NotReady("wave_not_closed")
    if wave.calibration_id is not None:
        raise NotReady("wave_already_calibrated")
    least, scored = catalogue.method(campaign.method_id).min_prior_persons, scored_in(wave_id)
    if scored < least:
        raise NotReady("calibration_too_few_persons", n=scored, least=least)
    audit.record("wave.ask_calibration", actor_id=actor_id, kind="wave", object_id=wave_id)
    key = f"{KIND}:{wave_id}"
    return jobs.enqueue(KIND, wave_id, asker_id=actor_id, title=campaign.title, unique_key=key)


def scored_in(wave_id: str) -> int:
    """Current results of a stage that have points of tasks."""
    query = sa.select(sa.func.count()).where(
        Finding.wave_id == wave_id, Finding.current_key == CURRENT, Finding.scoring_id.is_not(None)
    )
    return session.scalar(query) or 0
