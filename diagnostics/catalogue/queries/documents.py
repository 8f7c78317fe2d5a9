from __future__ import annotations

import json
from functools import lru_cache

import sqlalchemy as sa

from diagnostics.catalogue.models import Version, VersionKind
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.measurement.method import Method
from instruments.document import Instrument
from instruments.framework import Framework
from instruments.scoring import Scoring


# Ids are random over all bases, so one cache serves a process that opens several (tests, the demo).
@lru_cache(maxsize=128)
def instrument(version_id: str) -> Instrument:
    return Instrument.model_validate(_body(VersionKind.INSTRUMENT, version_id))


@lru_cache(maxsize=128)
def scoring(version_id: str) -> Scoring:
    return Scoring.model_validate(_body(VersionKind.SCORING, version_id))


@lru_cache(maxsize=32)
def framework(version_id: str) -> Framework:
    return Framework.model_validate(_body(VersionKind.FRAMEWORK, version_id))


@lru_cache(maxsize=32)
def method(version_id: str) -> Method:
    return Method.from_json(json.dumps(_body(VersionKind.METHOD, version_id)))


@lru_cache(maxsize=64)
def calibration(version_id: str) -> Json:
    return _body(VersionKind.CALIBRATION, version_id)


def _body(kind: VersionKind, version_id: str) -> Json:
    body = session.scalar(sa.select(Version.body).where(Version.id == version_id, Version.kind == kind))
    if body is None:
        raise Missing
    return body
