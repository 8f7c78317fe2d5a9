"""Official levels of a diagnosis as the reports and the measurement need them."""

from __future__ import annotations

from diagnostics.campaigns.queries import CampaignView
from diagnostics.catalogue import queries as catalogue
from diagnostics.measurement.levels import Scale
from reports.contents.common import Level, OfficialScale

_TAIL = " уровень"  # «высокий уровень профессиональных дефицитов» → «высокий»


def official_scale(campaign: CampaignView, language: str = "ru") -> OfficialScale:
    """Levels from the lowest per cent upwards; `approved` empty = by default."""
    preset = catalogue.framework(campaign.framework_id).scales[campaign.preset]
    levels = sorted(preset.levels, key=lambda level: level.lower)
    return OfficialScale(
        title=preset.title[language].partition(" — ")[0],
        levels=tuple(
            Level(
                code=level.code,
                title=level.title[language],
                short=level.title[language].split(_TAIL)[0],
                lower=level.lower,
            )
            for level in levels
        ),
        deficit_below=preset.deficit_below,
        approved=campaign.preset_basis or (preset.approved or {}).get(language, ""),
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
