"""Changes of the stage: frozen versions here, what is being written in `drafts`; they flush and never commit."""

from __future__ import annotations

from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.actions.deciding import decide
from diagnostics.catalogue.actions.versions import (
    MOVES,
    move,
    publish_after_pilot,
    publish_calibration,
    publish_framework,
    publish_instrument,
    publish_method,
    retire,
    store,
)

__all__ = [
    "MOVES",
    "decide",
    "drafts",
    "move",
    "publish_after_pilot",
    "publish_calibration",
    "publish_framework",
    "publish_instrument",
    "publish_method",
    "retire",
    "store",
]
