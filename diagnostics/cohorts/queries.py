"""Figures of a group, computed from the current findings. Exact: for the group's own trainer and tutor."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Wave
from diagnostics.cohorts import growth as computing
from diagnostics.cohorts import needs as naming
from diagnostics.cohorts.figures import Growth, Snapshot, from_body
from diagnostics.cohorts.gathering import Gathered, gather
from diagnostics.cohorts.needs import Needs
from diagnostics.database import UtcDateTime, session
from diagnostics.findings.models import Finding
from diagnostics.releases import queries as releases
from diagnostics.releases.models import Audience
from diagnostics.releases.queries import ReleaseView

KIND = "entry_exit"


def gathered(campaign_id: str) -> Gathered:
    """What was invited and came so far; Missing for an unknown diagnosis."""
    return gather(campaign_id)


def growth(campaign_id: str) -> Growth | None:
    """Entry against exit; None until both stages have results."""
    return growth_of(gather(campaign_id))


def growth_of(found: Gathered) -> Growth | None:
    """The same from what was gathered before."""
    return computing.growth(found)


def needs(campaign_id: str) -> Needs | None:
    """Who needs what at the entry; None until somebody has a result."""
    return needs_of(gather(campaign_id))


def needs_of(found: Gathered, language: str = "ru") -> Needs | None:
    """The same from what was gathered before."""
    return naming.needs(found, language)


def released(campaign_id: str, audience: Audience) -> tuple[ReleaseView, Snapshot] | None:
    """The newest snapshot for an audience."""
    found = releases.latest(campaign_id, KIND, audience)
    return None if found is None else (found, from_body(found.body))


def changed_at(campaign_id: str) -> datetime | None:
    """When a result of the diagnosis last came, was scored again or was put aside."""
    return session.scalar(
        sa.select(sa.func.max(sa.func.coalesce(Finding.superseded_at, Finding.made_at), type_=UtcDateTime()))
        .join(Wave, Wave.id == Finding.wave_id)
        .where(Wave.campaign_id == campaign_id)
    )
