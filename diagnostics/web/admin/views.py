"""The administrator's room: a table of contents of its addresses."""

from __future__ import annotations

from flask import Blueprint

from diagnostics.web.admin import (
    card_views,
    consent_views,
    erasing_views,
    moving_views,
    people_views,
    place_list_views,
    place_views,
    upkeep_views,
)

admin = Blueprint("admin", __name__)
for views in (
    people_views,
    card_views,
    erasing_views,
    place_list_views,
    place_views,
    moving_views,
    consent_views,
    upkeep_views,
):
    views.install(admin)
