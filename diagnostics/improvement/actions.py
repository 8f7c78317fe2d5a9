"""Freeze the zones of a school; open them to those above it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import WaveState
from diagnostics.database import session
from diagnostics.improvement.counting import count
from diagnostics.improvement.errors import ZonesError
from diagnostics.improvement.gathering import gather, groups_of_seats, wave_of
from diagnostics.improvement.models import OpeningState, ZonesOpening
from diagnostics.improvement.moves import move_opening
from diagnostics.improvement.queries.turnout import groups_of
from diagnostics.improvement.queries.zones import KIND, Zones, released
from diagnostics.improvement.snapshot import Snapshot, to_body
from diagnostics.releases import actions as releases
from diagnostics.releases import queries as snapshots
from diagnostics.releases.batches import LEAST_DIFFERENCE, may_replace
from diagnostics.releases.errors import WouldReveal
from diagnostics.releases.minimum import minimum
from diagnostics.releases.models import Audience
from diagnostics.releases.queries import ReleaseView


@dataclass(frozen=True, slots=True)
class Counted:
    """Computed while only reading; frozen in a short transaction of its own."""

    snapshot: Snapshot
    members: tuple[str, ...]


def count_zones(campaign_id: str) -> Counted:
    """The figures of a closed self-assessment; ZonesError `still_collecting` before the end."""
    _, wave = wave_of(campaign_id)
    if wave.state is not WaveState.CLOSED:
        raise ZonesError("still_collecting")
    gathered = gather(campaign_id)
    found = count(gathered, groups_of(wave), minimum(), clock.now())
    return Counted(found, gathered.members)


def release_zones(campaign_id: str, counted: Counted, *, actor_id: str | None) -> ReleaseView:
    """Freeze them for the school. A second count of the same answers is the standing release.

    Raises
    ------
    WouldReveal
        Few respondents differ from the standing release (late answers): the difference would tell theirs.
    """
    standing = released(campaign_id)
    if standing is not None:
        if _same(standing.snapshot, counted.snapshot):
            return standing.release
        if _reveals(campaign_id, standing, counted):
            raise WouldReveal(LEAST_DIFFERENCE)
    row = releases.publish(
        campaign_id=campaign_id,
        kind=KIND,
        audience=Audience.OWN,
        body=to_body(counted.snapshot),
        sources={"data_cut": counted.snapshot.data_cut.isoformat()},
        members=counted.members,
        closed=True,
        actor_id=actor_id,
    )
    return snapshots.view(row)


def open_upward(campaign_id: str, *, actor_id: str | None) -> None:
    """Let the district and the region see the zones; ZonesError before they are counted, or when open."""
    if released(campaign_id) is None:
        raise ZonesError("zones_not_counted")
    now = clock.now()
    if session.get(ZonesOpening, campaign_id) is None:
        session.add(
            ZonesOpening(
                campaign_id=campaign_id, state=OpeningState.OPEN, changed_at=now, changed_by=actor_id
            )
        )
        session.flush()
    else:
        move_opening(campaign_id, OpeningState.OPEN, changed_at=now, changed_by=actor_id)
    audit.record("zones.open", actor_id=actor_id, kind="self_assessment", object_id=campaign_id)


def close_upward(campaign_id: str, *, actor_id: str | None) -> None:
    """Call the opening back; ZonesError `opening_refused` once the zones stand in a report."""
    move_opening(campaign_id, OpeningState.CLOSED, changed_at=clock.now(), changed_by=actor_id)
    audit.record("zones.close", actor_id=actor_id, kind="self_assessment", object_id=campaign_id)


def take_into_report(campaign_id: str, place: str, *, actor_id: str | None) -> None:
    """Those above put the opened zones into a report of theirs: from now on they stay open."""
    move_opening(campaign_id, OpeningState.TAKEN, changed_at=clock.now(), changed_by=actor_id, taken_by=place)
    audit.record("zones.take", actor_id=actor_id, kind="self_assessment", object_id=campaign_id, note=place)


def _reveals(campaign_id: str, standing: Zones, counted: Counted) -> bool:
    """Figures stand group by group, so each group that was told of must differ by nobody or by many."""
    groups = groups_of_seats(wave_of(campaign_id)[1].id)
    old = snapshots.members(standing.release.id)

    def of(members: Collection[str], group: str) -> set[str]:
        return {one for one in members if groups.get(one, group) == group}  # an erased seat is of any group

    return any(
        not may_replace(of(counted.members, group), of(old, group), closing=False)
        for group in standing.snapshot.told_groups
    )


def _same(first: Snapshot, second: Snapshot) -> bool:
    """Alike but for the moment of the count."""
    one, other = to_body(first), to_body(second)
    return {**one, "data_cut": ""} == {**other, "data_cut": ""}
