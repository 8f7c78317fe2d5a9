"""Frozen versions side by side: what each changed and how far its results can be compared."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.database import Json
from instruments.versions import canonical_json


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of one document, the older one first."""

    old: VersionView
    new: VersionView


def body_of(version: VersionView, only: Collection[str] = ("instrument", "scoring", "framework")) -> Json:
    """The body of a draft as this version would give it; `only` the documents named."""
    if version.kind is VersionKind.FRAMEWORK:
        return {"framework": _plain(catalogue.framework(version.id))}
    found: Json = {}
    if "instrument" in only:
        found["instrument"] = _plain(catalogue.instrument(version.id))
    scored = catalogue.scoring_of(version.id, met=True)
    if "scoring" in only and scored is not None:
        found["scoring"] = _plain(catalogue.scoring(scored.id))
    return found


def _plain(document: Any) -> Json:
    plain: Json = json.loads(canonical_json(document))
    return plain
