"""How much costly work one person may ask for: files, exports, recalculations.

Slowed down, never locked: the refusal says when the oldest of the counted jobs leaves the window.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import TooMany
from diagnostics.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `most` jobs of a kind within `minutes`."""

    most: int
    minutes: int = 60


#: Kinds that a person asks for by a button. What is not named here costs little or is the system's own.
QUOTAS: Mapping[str, Quota] = {
    "campaigns.cards": Quota(20),
    "campaigns.circle_sheets": Quota(20),
    "campaigns.letters": Quota(10),
    "findings.rescore": Quota(5),
    "improvement.zones": Quota(20),
    "reporting.entry_exit": Quota(20),
    "reporting.pack": Quota(20),
    "reporting.paper": Quota(60),
    "reporting.person": Quota(60),
    "reporting.release": Quota(20),
    "reporting.route": Quota(60),
    "reporting.zones": Quota(20),
    "reporting.zones_opened": Quota(20),
}


def refuse_if_used_up(kind: str, asker_id: str | None) -> None:
    """TooMany `quota_used_up` with the number allowed and the minutes to wait."""
    quota = QUOTAS.get(kind)
    if quota is None or asker_id is None:
        return
    window = timedelta(minutes=quota.minutes)
    oldest = session.scalars(
        sa.select(Job.created_at)
        .where(Job.kind == kind, Job.asker_id == asker_id, Job.created_at > clock.now() - window)
        .order_by(Job.created_at.desc())
        .offset(quota.most - 1)
        .limit(1)
    ).first()
    if oldest is not None:
        left = (oldest + window - clock.now()).total_seconds() / 60
        raise TooMany("quota_used_up", most=quota.most, minutes=max(1, math.ceil(left)))
