"""Release the figures of a group to an audience."""

from __future__ import annotations

from dataclasses import replace

from diagnostics.cohorts.errors import NothingToCompare
from diagnostics.cohorts.figures import Growth, Snapshot, to_body
from diagnostics.cohorts.queries import KIND
from diagnostics.cohorts.upward import upward
from diagnostics.releases import actions as releases
from diagnostics.releases import queries
from diagnostics.releases.minimum import minimum
from diagnostics.releases.models import Audience
from diagnostics.releases.queries import ReleaseView


def release_growth(
    campaign_id: str, found: Growth | None, *, audience: Audience, actor_id: str | None
) -> ReleaseView:
    """Freeze what was computed as the next snapshot of an audience.

    The figures are computed before the writing transaction and handed in. Exact ones are noted in the audit.

    Raises
    ------
    NothingToCompare, GroupTooSmall, WouldReveal
    """
    if found is None:
        raise NothingToCompare("nothing_to_compare")
    snapshot = copy_for(found, audience)
    row = releases.publish(
        campaign_id=campaign_id,
        kind=KIND,
        audience=audience,
        body=to_body(snapshot),
        sources={"data_cut": snapshot.sources.data_cut.isoformat()},
        members=found.members,
        closed=found.closed,
        actor_id=actor_id,
    )
    if audience is Audience.OWN:
        releases.record_access(campaign_id=campaign_id, kind=KIND, actor_id=actor_id)
    return queries.view(row)


def copy_for(found: Growth, audience: Audience) -> Snapshot:
    """What an audience may be given: paths of single people stand in no release."""
    if audience is Audience.UPWARD:
        return upward(found, minimum().adults)
    exact = found.snapshot
    return replace(
        exact,
        whole=replace(exact.whole, paths=()) if exact.whole else None,
        blocks=tuple(replace(block, paths=()) for block in exact.blocks),
    )
