"""Snapshots as they were frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.releases.codes import check_code
from diagnostics.releases.models import MEMBERS, Audience, Release


@dataclass(frozen=True, slots=True)
class ReleaseView:
    id: str
    number: int
    campaign_id: str
    kind: str
    audience: Audience
    body: Json
    content_hash: str
    people: int
    made_at: datetime

    @property
    def check_code(self) -> str:
        """What is printed on the paper."""
        return check_code(self.content_hash)


def latest(campaign_id: str, kind: str, audience: Audience) -> ReleaseView | None:
    query = (
        sa.select(Release)
        .where(Release.campaign_id == campaign_id, Release.kind == kind, Release.audience == audience)
        .order_by(Release.number.desc())
        .limit(1)
    )
    row = session.scalars(query).first()
    return None if row is None else view(row)


def one(release_id: str) -> ReleaseView:
    """Missing for an unknown id."""
    row = session.get(Release, release_id)
    if row is None:
        raise Missing
    return view(row)


def members(release_id: str) -> tuple[str, ...]:
    """Whose results stand behind a release, by opaque id: only to compare releases, never to be shown."""
    row = session.get(Release, release_id)
    if row is None:
        raise Missing
    return tuple(row.sources.get(MEMBERS, ()))


def view(row: Release) -> ReleaseView:
    return ReleaseView(
        row.id,
        row.number,
        row.campaign_id,
        row.kind,
        row.audience,
        row.body,
        row.content_hash,
        row.people,
        row.made_at,
    )
