"""Late answers of a self-assessment: taken in or left out, group by group, once."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.improvement.errors import LateRefused
from diagnostics.improvement.gathering import wave_of
from diagnostics.improvement.groups import Group
from diagnostics.improvement.models import OpeningState, ZonesOpening
from diagnostics.improvement.queries.late import Late, late
from diagnostics.releases.batches import LEAST_DIFFERENCE
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import LateChoice


def decide_late(
    campaign_id: str, *, include: Collection[Group], mark: str, reason: str, actor_id: str | None
) -> Late:
    """Take in the late answers of the groups `include`, leave out those of all others; what stands then.

    What comes later still is never asked about again: a second decision would tell what few people answered.
    `mark`: of what the person had before their eyes (`Late.mark`).

    Raises
    ------
    Missing
        No self-assessment.
    LateRefused
        `late_too_early`: answers still come in time; `late_decided`: decided before, or nothing waits;
        `late_more_came`: others wait now; `late_would_reveal`: the zones are counted and few came;
        `late_in_report`: the zones stand in a report of those above the school.
    FieldRefused
        `late_reason_empty`, `late_reason_too_long`.
    """
    # Two who press at once come one after the other, on both databases.
    session.execute(sa.select(Campaign.id).where(Campaign.id == campaign_id).with_for_update())
    standing = late(campaign_id)
    _refuse(standing, campaign_id, include, mark)
    for one in reading.waiting_in_wave(wave_of(campaign_id)[1].id):
        sittings.decide_late(
            one.sitting_id,
            choice=LateChoice.ACCEPTED if Group(one.group) in include else LateChoice.REFUSED,
            reason=reason,
            seen=one.seen,
            actor_id=actor_id,
        )
    said = (f"{group.group.value}: {'in' if group.group in include else 'out'}" for group in standing.groups)
    audit.record(
        "late.groups",
        actor_id=actor_id,
        kind="self_assessment",
        object_id=campaign_id,
        note=", ".join(said),
    )
    session.flush()
    return late(campaign_id)


def _refuse(standing: Late, campaign_id: str, include: Collection[Group], mark: str) -> None:
    if not standing.is_over:
        raise LateRefused("late_too_early")
    if standing.verdict is not None or not standing.groups:
        raise LateRefused("late_decided")
    if mark != standing.mark:
        raise LateRefused("late_more_came")
    if {one.group for one in standing.groups if not one.may_include} & set(include):
        raise LateRefused("late_would_reveal", least=LEAST_DIFFERENCE)
    opening = session.get(ZonesOpening, campaign_id)
    if include and opening is not None and opening.state is OpeningState.TAKEN:
        raise LateRefused("late_in_report")
