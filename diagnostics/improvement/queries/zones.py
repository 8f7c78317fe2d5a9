"""Zones as they were frozen: nobody computes them at a page."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.campaigns.models import WaveState
from diagnostics.improvement.errors import IndexHidden, ZonesError
from diagnostics.improvement.gathering import wave_of
from diagnostics.improvement.snapshot import Index, Snapshot, for_outside, from_body
from diagnostics.releases import queries as releases
from diagnostics.releases.models import Audience
from diagnostics.releases.queries import ReleaseView

KIND = "zones"


@dataclass(frozen=True, slots=True)
class Zones:
    release: ReleaseView
    snapshot: Snapshot


def released(campaign_id: str) -> Zones | None:
    """The frozen zones of a self-assessment; None until they are counted."""
    found = releases.latest(campaign_id, KIND, Audience.OWN)
    return None if found is None else Zones(found, from_body(found.body))


def zones(campaign_id: str, *, own: bool) -> Zones:
    """For the school (`own`) or for those above it, to whom the school has opened them.

    Raises
    ------
    Missing
        No self-assessment.
    ZonesError
        `still_collecting`: only явка is shown before the end; `zones_not_counted`: the count is under way.
    """
    _, wave = wave_of(campaign_id)
    if wave.state is not WaveState.CLOSED:
        raise ZonesError("still_collecting")
    found = released(campaign_id)
    if found is None:
        raise ZonesError("zones_not_counted")
    return found if own else Zones(found.release, for_outside(found.snapshot))


def index_of(snapshot: Snapshot, direction: str) -> Index:
    """The index over groups of a direction; IndexHidden where a group that was asked is hidden."""
    for one in snapshot.directions:
        if one.code == direction and one.index is not None:
            return one.index
    raise IndexHidden
