"""The library of works and the editor of drafts; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.authoring import library, publishing
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting import (
    arrange_views,
    clash_views,
    edit_views,
    exchange_views,
    filters,
    import_views,
    outline_views,
    part_views,
    preview_views,
    retype_views,
    settings_views,
)
from diagnostics.web.authoring.life import (
    calibrations_views,
    draft_diff_views,
    framework_edit,
    frameworks_views,
    history_views,
    mending_views,
    new_views,
    pilot_views,
    review_views,
    versions_views,
)

__all__ = [
    "arrange_views", "authoring", "calibrations_views", "clash_views", "draft_diff_views", "edit_views",
    "exchange_views", "filters", "framework_edit", "frameworks_views", "history_views", "import_views", "library", "mending_views",
    "new_views", "outline_views", "part_views", "pilot_views", "preview_views", "publishing", "retype_views", "review_views",
    "settings_views", "versions_views",
]  # fmt: skip
