"""Settings of an import as they are kept between the check and the application."""

from __future__ import annotations

from datetime import date, timedelta

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.database import Json
from diagnostics.findings.importing.planning import Settings


def to_json(settings: Settings) -> Json:
    return {
        "kind": settings.kind,
        "title": settings.title,
        "framework_id": settings.framework_id,
        "preset": settings.preset,
        "block": settings.block,
        "dates": {kind.value: day.isoformat() for kind, day in settings.dates.items()},
        "matches": {str(row): ref for row, ref in settings.matches.items()},
    }


def from_json(kept: Json) -> Settings:
    return Settings(
        kind=kept["kind"],
        title=kept["title"],
        framework_id=kept["framework_id"],
        preset=kept["preset"],
        block=kept["block"],
        dates={WaveKind(kind): date.fromisoformat(day) for kind, day in kept["dates"].items()},
        matches={int(row): ref for row, ref in kept["matches"].items()},
    )


def dates_of(settings: Settings, waves: tuple[WaveKind, ...]) -> dict[WaveKind, date]:
    """The day of each wave; where none was given, the last days up to today, in order."""
    today = clock.now().date()
    before = {kind: today - timedelta(days=len(waves) - number) for number, kind in enumerate(waves, 1)}
    return before | dict(settings.dates)
