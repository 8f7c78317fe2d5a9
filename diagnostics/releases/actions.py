"""Freeze group figures as numbered snapshots."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Campaign
from diagnostics.database import Json, session
from diagnostics.releases.batches import LEAST_DIFFERENCE, may_replace, reveals
from diagnostics.releases.errors import GroupTooSmall, WouldReveal
from diagnostics.releases.minimum import minimum
from diagnostics.releases.models import MEMBERS, Audience, Release

CLOSED = "closed"  # made after the window closed


def publish(
    *,
    campaign_id: str,
    kind: str,
    audience: Audience,
    body: Json,
    sources: Json,
    members: Collection[str],
    closed: bool,
    actor_id: str | None,
) -> Release:
    """The next snapshot of a campaign; the same content is the standing one.

    Raises
    ------
    GroupTooSmall, WouldReveal
        Upward only: too few people, or too few by whom it differs from what is released.
    """
    session.execute(sa.select(Campaign.id).where(Campaign.id == campaign_id).with_for_update())
    content_hash = hash_of(body)
    standing = _standing(campaign_id)
    last = next((one for one in standing if one.kind == kind and one.audience is audience), None)
    if last is not None and last.content_hash == content_hash:
        return last
    if audience is Audience.UPWARD:
        _refuse_telling(members, last, standing, kind, closed=closed)
    row = Release(
        number=(last.number if last else 0) + 1,
        campaign_id=campaign_id,
        kind=kind,
        audience=audience,
        body=body,
        sources={**sources, MEMBERS: sorted(members), CLOSED: closed},
        content_hash=content_hash,
        people=len(members),
        made_at=clock.now(),
        made_by=actor_id,
    )
    session.add(row)
    session.flush()
    audit.record(
        "releases.publish",
        actor_id=actor_id,
        kind="release",
        object_id=row.id,
        after=content_hash,
        note=f"{kind} {audience.value} {row.number}",
    )
    return row


def hash_of(body: Json) -> str:
    """SHA-256 of the canonical JSON."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record_access(*, campaign_id: str, kind: str, actor_id: str | None) -> None:
    """Exact figures were seen or taken away: the audit keeps who and when."""
    audit.record("releases.exact_read", actor_id=actor_id, kind="campaign", object_id=campaign_id, note=kind)


def _standing(campaign_id: str) -> list[Release]:
    query = sa.select(Release).where(Release.campaign_id == campaign_id).order_by(Release.number.desc())
    return list(session.scalars(query))


def _refuse_telling(
    members: Collection[str], last: Release | None, standing: list[Release], kind: str, *, closed: bool
) -> None:
    least = minimum().adults
    if len(set(members)) < least:
        raise GroupTooSmall(least)
    closing = last is not None and closed and not last.sources.get(CLOSED)
    if last is not None and not may_replace(members, last.sources[MEMBERS], closing=closing):
        raise WouldReveal(LEAST_DIFFERENCE)
    others = [one for one in standing if one.audience is Audience.UPWARD and one.kind != kind]
    if any(reveals(members, one.sources[MEMBERS]) for one in others):
        raise WouldReveal(LEAST_DIFFERENCE)
