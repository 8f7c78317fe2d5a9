"""Frozen documents, parsed once and kept: a version never changes, so neither does its parsed form."""

from __future__ import annotations

from diagnostics.catalogue.queries.deciding import Decision, decisions
from diagnostics.catalogue.queries.documents import calibration, framework, instrument, method, scoring
from diagnostics.catalogue.queries.versions import (
    ClaimView,
    VersionView,
    calibrations_about,
    claims,
    latest_published,
    one,
    published,
    scoring_of,
    tried_out,
    versions_of,
)

__all__ = [
    "ClaimView",
    "Decision",
    "VersionView",
    "calibration",
    "calibrations_about",
    "claims",
    "decisions",
    "framework",
    "instrument",
    "latest_published",
    "method",
    "one",
    "published",
    "scoring",
    "scoring_of",
    "tried_out",
    "versions_of",
]
