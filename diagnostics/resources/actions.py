"""Add resources to the catalogue; take and give back places."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import moved, session
from diagnostics.resources.document import ResourceDocument
from diagnostics.resources.errors import NoPlaceLeft
from diagnostics.resources.models import Resource, ResourceCompetence, ResourceDate


def add(document: ResourceDocument, today: date, *, actor_id: str | None) -> Resource:
    """A resource of the catalogue with its runs, which are counted from `today`."""
    runs = document.runs(today)
    resource = Resource(
        code=document.code,
        title=dict(document.title),
        summary=dict(document.summary),
        format=document.format,
        mode=document.mode,
        hours=document.hours,
        provider=document.provider,
        levels={"levels": list(document.levels)},
        content_group=document.content_group,
        prerequisites={"codes": list(document.prerequisites)},
        evidence=dict(document.evidence),
        link=document.link,
        lasts_days=document.lasts_days,
        places=None if runs else document.places,
        created_at=clock.now(),
    )
    session.add(resource)
    session.flush()
    session.add_all(
        ResourceCompetence(resource_id=resource.id, competence=code, coverage=share)
        for code, share in document.competences.items()
    )
    session.add_all(
        ResourceDate(
            resource_id=resource.id,
            starts_on=first,
            ends_on=last,
            places=document.places,
            taken=document.taken if number == 0 else 0,
        )
        for number, (first, last) in enumerate(runs)
    )
    audit.record(
        "resource.add", actor_id=actor_id, kind="resource", object_id=resource.id, after=document.code
    )
    session.flush()
    return resource


def take_place(resource_id: str, date_id: str | None) -> None:
    """One place of the run, or of the resource itself when it has no runs.

    Raises
    ------
    NoPlaceLeft
        When somebody else took the last one.
    """
    if not _change_places(resource_id, date_id, by=1):
        title = session.scalars(sa.select(Resource.title).where(Resource.id == resource_id)).one()
        raise NoPlaceLeft(str(title["ru"]))


def free_place(resource_id: str, date_id: str | None) -> None:
    _change_places(resource_id, date_id, by=-1)


def _change_places(resource_id: str, date_id: str | None, *, by: int) -> bool:
    table = Resource if date_id is None else ResourceDate
    room = sa.or_(table.places.is_(None), table.taken + by <= table.places)
    return moved(
        sa.update(table)
        .where(table.id == (date_id or resource_id), table.taken + by >= 0, room)
        .values(taken=table.taken + by)
    )
