from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.catalogue.models import (
    MET,
    Comparability,
    LifeState,
    Version,
    VersionClaim,
    VersionKind,
    VersionLife,
)
from diagnostics.database import session


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version without its body."""

    id: str
    kind: VersionKind
    code: str
    number: int
    state: LifeState
    about_id: str | None
    content_hash: str
    created_at: datetime
    reason: str


def one(version_id: str) -> VersionView | None:
    return next(iter(_views(Version.id == version_id)), None)


def published(kind: VersionKind) -> list[VersionView]:
    """Published versions, newest first within a code."""
    return _views(Version.kind == kind, VersionLife.state == LifeState.PUBLISHED)


def latest_published(kind: VersionKind, code: str) -> VersionView | None:
    found = _views(Version.kind == kind, Version.code == code, VersionLife.state == LifeState.PUBLISHED)
    return found[0] if found else None


def scoring_of(instrument_id: str, *, met: bool = False) -> VersionView | None:
    """The newest published scoring of an instrument version; `met`: or one being tried out, or retired."""
    states = MET if met else (LifeState.PUBLISHED,)
    found = _views(
        Version.kind == VersionKind.SCORING,
        Version.about_id == instrument_id,
        VersionLife.state.in_(states),
    )
    return found[0] if found else None


def versions_of(kind: VersionKind, code: str) -> list[VersionView]:
    """All versions of a document in any state, newest first."""
    return _views(Version.kind == kind, Version.code == code)


def tried_out() -> list[VersionView]:
    """Instrument versions that a trial may ask."""
    return _views(Version.kind == VersionKind.INSTRUMENT, VersionLife.state == LifeState.PILOT)


def calibrations_about(scoring_id: str) -> list[VersionView]:
    """Published calibrations of a scoring."""
    return _views(
        Version.kind == VersionKind.CALIBRATION,
        Version.about_id == scoring_id,
        VersionLife.state == LifeState.PUBLISHED,
    )


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What the author of a version has declared against the one before, and what the system found."""

    version_id: str
    before_id: str
    claim: Comparability
    found: Comparability
    anchors: tuple[str, ...]
    reason: str
    person_id: str | None


def claims(version_ids: Iterable[str]) -> dict[str, ClaimView]:
    """By version; the first one of a work has none."""
    rows = session.scalars(sa.select(VersionClaim).where(VersionClaim.version_id.in_(list(version_ids))))
    return {
        row.version_id: ClaimView(
            row.version_id,
            row.before_id,
            row.claim,
            row.found,
            tuple(row.anchors.get("items", ())),
            row.reason,
            row.person_id,
        )
        for row in rows
    }


def _views(*conditions: sa.ColumnElement[bool]) -> list[VersionView]:
    rows = session.execute(
        sa.select(
            Version.id,
            Version.kind,
            Version.code,
            Version.number,
            VersionLife.state,
            Version.about_id,
            Version.content_hash,
            Version.created_at,
            Version.reason,
        )
        .join(VersionLife, VersionLife.version_id == Version.id)
        .where(*conditions)
        .order_by(Version.code, Version.number.desc())
    )
    return [VersionView(*row) for row in rows]
