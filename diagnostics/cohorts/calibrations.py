"""Calibrations of a work version: which there are, who stands on them, and how two of them differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, Wave, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import Version, VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT
from diagnostics.measurement.calibration import Calibration


@dataclass(frozen=True, slots=True)
class User:
    """A stage that pins a calibration; `results`: current findings that stand on it."""

    wave_id: str
    campaign_id: str
    title: str
    kind: WaveKind
    node_id: str
    results: int


@dataclass(frozen=True, slots=True)
class Line:
    """One calibration of a work.

    persons      behind the part about this work
    model        "rasch", "pcm", or None with `reason`: no difficulties could be estimated
    reliability  form → alpha, None where there is none
    source       the stage that it was made of; None where that was erased
    users        stages that pin it
    """

    version: VersionView
    scoring_id: str
    persons: int
    method: str
    model: str | None
    reason: str | None
    items: int
    excluded: int
    reliability: Mapping[str, float | None]
    source: User | None
    users: tuple[User, ...]

    @property
    def results(self) -> int:
        return sum(one.results for one in self.users)

    @property
    def created_at(self) -> datetime:
        return self.version.created_at


def calibrations_of(instrument_id: str) -> tuple[Line, ...]:
    """The newest first; of every scoring of the version, mended ones included."""
    scorings = _scorings(instrument_id)
    rows = session.scalars(
        sa.select(Version.id)
        .where(
            Version.kind == VersionKind.CALIBRATION,
            sa.or_(Version.about_id.in_(scorings), Version.about_id.is_(None)),
        )
        .order_by(Version.created_at.desc(), Version.number.desc())
    ).all()
    found = [(one, _scoring_in(catalogue.calibration(one), scorings)) for one in rows]
    return tuple(_line(one, scoring) for one, scoring in found if scoring)


def line(calibration_id: str) -> tuple[str, Line]:
    """(work version, calibration); Missing for anything else."""
    version = catalogue.one(calibration_id)
    if version is None or version.kind is not VersionKind.CALIBRATION:
        raise Missing
    scoring_id = version.about_id or next(iter(catalogue.calibration(calibration_id)["scorings"]))
    scored = catalogue.one(scoring_id)
    if scored is None or scored.about_id is None:
        raise Missing
    return scored.about_id, _line(calibration_id, scoring_id)


def part_of(one: Line) -> Json:
    """What the calibration says about the scoring of its line."""
    part: Json = catalogue.calibration(one.version.id)["scorings"][one.scoring_id]
    return part


def difficulties(part: Json) -> Calibration | None:
    return Calibration.from_json(json.dumps(part["rasch"])) if part["rasch"] else None


def _scorings(instrument_id: str) -> list[str]:
    """The newest first."""
    return list(
        session.scalars(
            sa.select(Version.id)
            .where(Version.kind == VersionKind.SCORING, Version.about_id == instrument_id)
            .order_by(Version.number.desc())
        )
    )


def _scoring_in(body: Json, scorings: list[str]) -> str | None:
    return next((one for one in scorings if one in body["scorings"]), None)


def _line(calibration_id: str, scoring_id: str) -> Line:
    version = catalogue.one(calibration_id)
    if version is None:
        raise Missing
    body = catalogue.calibration(calibration_id)
    part = body["scorings"][scoring_id]
    found = difficulties(part)
    return Line(
        version=version,
        scoring_id=scoring_id,
        persons=int(part["persons"]),
        method=str(body["method"]),
        model=found.model if found else None,
        reason=part["rasch_reason"],
        items=len(found.items) if found else 0,
        excluded=len(found.excluded) if found else 0,
        reliability={form: one["alpha"] for form, one in part["reliability"].items()},
        source=next(iter(_users(Wave.id == body["wave"])), None),
        users=_users(Wave.calibration_id == calibration_id, calibration_id),
    )


def _users(condition: sa.ColumnElement[bool], calibration_id: str | None = None) -> tuple[User, ...]:
    """Stages with the number of their current results, of those only that stand on the calibration if named."""
    stands = sa.true() if calibration_id is None else Finding.calibration_id == calibration_id
    counted = (
        sa.select(sa.func.count())
        .where(Finding.wave_id == Wave.id, Finding.current_key == CURRENT, stands)
        .correlate(Wave)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(Wave.id, Campaign.id, Campaign.title, Wave.kind, Campaign.node_id, counted)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .where(condition)
        .order_by(Wave.opens_at, Wave.id)
    )
    return tuple(User(*row) for row in rows)
