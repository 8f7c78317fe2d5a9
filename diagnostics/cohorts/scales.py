"""Official levels of a diagnosis as the reports and the measurement need them."""

from __future__ import annotations

import re

from diagnostics.campaigns.queries import CampaignView
from diagnostics.catalogue import queries as catalogue
from diagnostics.measurement.levels import Scale
from instruments.texts import say
from reports.contents.common import Level, OfficialScale

# «высокий уровень профессиональных дефицитов» → «высокий»
_TAIL = re.compile(" (?:уровень|level)")


def official_scale(campaign: CampaignView, language: str = "ru") -> OfficialScale:
    """Levels from the lowest per cent upwards; `approved` empty = by default."""
    preset = catalogue.framework(campaign.framework_id).scales[campaign.preset]
    levels = sorted(preset.levels, key=lambda level: level.lower)
    return OfficialScale(
        title=say(preset.title, language).partition(" — ")[0],
        levels=tuple(
            Level(
                code=level.code,
                title=say(level.title, language),
                short=_TAIL.split(say(level.title, language))[0],
                lower=level.lower,
            )
            for level in levels
        ),
        deficit_below=preset.deficit_below,
        approved=campaign.preset_basis or say(preset.approved or {}, language),
    )


def measured(scale: OfficialScale) -> Scale:
    return Scale(
        tuple(level.code for level in scale.levels),
        tuple(level.lower for level in scale.levels),
        scale.deficit_below,
    )


def level_at(percent: float, scale: OfficialScale) -> Level:
    """The level that holds the per cent; a cut belongs to the level above it."""
    return max(
        (level for level in scale.levels if percent + 1e-9 >= level.lower), key=lambda level: level.lower
    )
