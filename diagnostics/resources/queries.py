"""The catalogue as read: resources with what they cover and the runs that can still be joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.resources.models import Resource, ResourceCompetence, ResourceDate

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class RunView:
    """One run; `free` None = no limit of places."""

    id: str
    starts_on: date
    ends_on: date
    free: int | None

    @property
    def is_open(self) -> bool:
        return self.free is None or self.free > 0


@dataclass(frozen=True, slots=True)
class ResourceView:
    """`runs`: those that have not begun, soonest first. `dated` tells «any time» from «no run any more»."""

    id: str
    code: str
    title: Texts
    summary: Texts
    format: str
    mode: str
    hours: float
    provider: str
    levels: tuple[str, ...]
    content_group: str
    prerequisites: tuple[str, ...]
    evidence: Texts
    link: str | None
    lasts_days: int
    dated: bool
    free: int | None  # of one without runs
    covers: Mapping[str, float]
    runs: tuple[RunView, ...]

    @property
    def main_competence(self) -> str:
        """The node it covers most; its block is the resource's block."""
        return max(self.covers, key=lambda code: self.covers[code])

    @property
    def next_run(self) -> RunView | None:
        return next((run for run in self.runs if run.is_open), None)

    @property
    def is_open(self) -> bool:
        """Whether somebody can still take it."""
        if self.dated:
            return self.next_run is not None
        return self.free is None or self.free > 0


@dataclass(frozen=True, slots=True)
class Area:
    """A block of a framework that the catalogue serves."""

    code: str
    title: Texts
    nodes: frozenset[str]


def resources(
    *,
    today: date,
    competences: Collection[str] | None = None,
    level: str | None = None,
    form: str | None = None,
    with_places: bool = False,
) -> list[ResourceView]:
    """Resources in force in the order of their codes.

    Parameters
    ----------
    competences : those whose main competence is one of them; None = all
    level : those that suit the official level
    form : one format
    with_places : only those that somebody can still take
    """
    query = sa.select(Resource).where(Resource.in_force).order_by(Resource.code)
    if form is not None:
        query = query.where(Resource.format == form)
    found = _views(query, today)
    return [
        one
        for one in found
        if (competences is None or one.main_competence in competences)
        and (level is None or level in one.levels)
        and (not with_places or one.is_open)
    ]


def resource(resource_id: str, *, today: date) -> ResourceView:
    """One resource, in force or not; Missing for an unknown id."""
    found = _views(sa.select(Resource).where(Resource.id == resource_id), today)
    if not found:
        raise Missing
    return found[0]


def areas() -> list[Area]:
    """Blocks of the published frameworks that some resource in force mainly serves, in framework order."""
    used = set(session.scalars(sa.select(ResourceCompetence.competence).distinct()))
    found: dict[str, Area] = {}
    for version in catalogue.published(VersionKind.FRAMEWORK):
        framework = catalogue.framework(version.id)
        for root in framework.children(None):
            nodes = frozenset(framework.pool(root.code))
            if nodes & used and not root.joins:
                found.setdefault(root.code, Area(root.code, dict(root.title), nodes))
    return list(found.values())


def _views(query: sa.Select[Resource], today: date) -> list[ResourceView]:
    rows = session.scalars(query).all()
    ids = [row.id for row in rows]
    covers, runs, dated = _covers(ids), _runs(ids, today), _dated(ids)
    return [_view(row, covers[row.id], tuple(runs[row.id]), dated=row.id in dated) for row in rows]


def _covers(ids: Collection[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    query = sa.select(ResourceCompetence).where(ResourceCompetence.resource_id.in_(ids))
    for row in session.scalars(query.order_by(ResourceCompetence.competence)):
        found[row.resource_id][row.competence] = row.coverage
    return found


def _runs(ids: Collection[str], today: date) -> dict[str, list[RunView]]:
    found: dict[str, list[RunView]] = defaultdict(list)
    query = (
        sa.select(ResourceDate)
        .where(ResourceDate.resource_id.in_(ids), ResourceDate.starts_on >= today)
        .order_by(ResourceDate.starts_on, ResourceDate.id)
    )
    for row in session.scalars(query):
        free = None if row.places is None else max(row.places - row.taken, 0)
        found[row.resource_id].append(RunView(row.id, row.starts_on, row.ends_on, free))
    return found


def _dated(ids: Collection[str]) -> set[str]:
    query = sa.select(ResourceDate.resource_id).where(ResourceDate.resource_id.in_(ids)).distinct()
    return set(session.scalars(query))


def _view(row: Resource, covers: dict[str, float], runs: tuple[RunView, ...], *, dated: bool) -> ResourceView:
    return ResourceView(
        id=row.id,
        code=row.code,
        title=row.title,
        summary=row.summary,
        format=row.format,
        mode=row.mode,
        hours=row.hours,
        provider=row.provider,
        levels=tuple(row.levels.get("levels", ())),
        content_group=row.content_group,
        prerequisites=tuple(row.prerequisites.get("codes", ())),
        evidence=row.evidence,
        link=row.link,
        lasts_days=row.lasts_days,
        dated=dated,
        free=None if row.places is None else max(row.places - row.taken, 0),
        covers=covers,
        runs=runs,
    )
