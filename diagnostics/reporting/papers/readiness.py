"""Which papers of a stage can be made now, and why the others cannot."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.database import session
from diagnostics.errors import Conflict
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT
from diagnostics.pathways.queries.register import count as count_routes
from diagnostics.reporting.papers.facts import levels_open
from diagnostics.reporting.papers.library import KINDS, Kind, Need


class State(enum.StrEnum):
    READY = "ready"
    DRAFT = "draft"  # can be made, its figures still move
    UNAVAILABLE = "unavailable"


class PaperUnavailable(Conflict):
    """The code is `paper_` and one of the reasons below."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the stage holds now. `tasks`: its results have tasks, so they were answered here.

    levels_open  somebody beside the person may see a result
    may_named    the asker may take exact results by name
    """

    people: int
    submitted: int
    results: int
    tasks: bool
    routes: int
    closed: bool
    levels_open: bool
    may_named: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """`reason` only for an unavailable one: a code of its sentence without `paper_`."""

    kind: Kind
    state: State
    reason: str = ""


def standing_of(campaign: CampaignView, wave: WaveView, *, may_named: bool) -> Standing:
    query = sa.select(sa.func.count()).where(Finding.wave_id == wave.id, Finding.current_key == CURRENT)
    return Standing(
        people=wave.expected,
        submitted=wave.submitted,
        results=int(session.scalar(query) or 0),
        tasks=any(one.instrument_id for one in wave.assignments),
        routes=count_routes(campaign.id),
        closed=wave.state is WaveState.CLOSED,
        levels_open=levels_open(campaign),
        may_named=may_named,
    )


def readiness(standing: Standing) -> tuple[Readiness, ...]:
    """Of every paper, in the order of the pack."""
    return tuple(ready(kind, standing) for kind in KINDS)


def ready(kind: Kind, standing: Standing) -> Readiness:
    reason = _forbidden(kind, standing) or _lacking(kind.need, standing)
    if reason:
        return Readiness(kind, State.UNAVAILABLE, reason)
    draft = kind.changing and not standing.closed
    return Readiness(kind, State.DRAFT if draft else State.READY)


def demand(kind: Kind, standing: Standing) -> None:
    """Raises PaperUnavailable where the paper cannot be made."""
    found = ready(kind, standing)
    if found.state is State.UNAVAILABLE:
        raise PaperUnavailable(f"paper_{found.reason}")


def _forbidden(kind: Kind, standing: Standing) -> str:
    if kind.hidden and not standing.levels_open:
        return "confidential"
    if kind.named and standing.levels_open and not standing.may_named:
        return "not_yours"
    return ""


def _lacking(need: Need, standing: Standing) -> str:
    if need is Need.NOTHING:
        return ""
    if not standing.people:
        return "no_people"
    if need is Need.ROUTES:
        return "" if standing.routes else "no_routes"
    if need is Need.SUBMITTED:
        return "" if standing.submitted else "nobody_submitted"
    if need in {Need.RESULTS, Need.TASKS} and not standing.results:
        return "no_results"
    return "from_elsewhere" if need is Need.TASKS and not standing.tasks else ""
