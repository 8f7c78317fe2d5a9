from __future__ import annotations

from flask import Blueprint

from diagnostics.web.improving.words import GROUPS, STATES, WAYS

improving = Blueprint("improving", __name__)


@improving.context_processor
def _words() -> dict[str, object]:
    return {"GROUPS": GROUPS, "STATES": STATES, "WAYS": WAYS}
