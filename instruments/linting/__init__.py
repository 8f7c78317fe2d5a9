"""What an experienced editor would remark on a work that is otherwise in order: hints in words, never a refusal.

`checking` tells mistakes; this room tells what may give an answer away, tire or mislead. A false alarm costs
more than a silence: an author who has read three of them reads no fourth. Each rule therefore fires only where
the text itself proves it, and the shipped works, read by methodologists, must pass without a remark.
"""

from __future__ import annotations

from instruments.document import Instrument
from instruments.framework import Framework
from instruments.linting.choices import look_at_choices
from instruments.linting.cues import look_at_keys
from instruments.linting.doubles import look_for_doubles
from instruments.linting.hints import Hint, placed
from instruments.linting.reading import look_at_reading
from instruments.linting.scales import look_at_scales
from instruments.linting.stems import look_at_stems
from instruments.linting.timing import look_at_time
from instruments.linting.whole import look_at_pictures, look_at_translation
from instruments.scoring import Scoring

__all__ = ["Hint", "lint"]


def lint(
    instrument: Instrument,
    scoring: Scoring | None = None,
    framework: Framework | None = None,  # noqa: ARG001  rules about competences may come; `checking` has those of today
) -> list[Hint]:
    """Hints of the whole work first, then item by item in the order of the document. Any draft may come."""
    hints = [
        *look_at_translation(instrument),
        *look_at_time(instrument),
        *look_at_reading(instrument),
        *look_at_keys(instrument, scoring),
        *look_at_pictures(instrument),
        *look_at_scales(instrument),
        *look_at_stems(instrument),
        *look_at_choices(instrument, scoring),
        *look_for_doubles(instrument),
    ]
    places = {item.code: number for number, item in enumerate(instrument.items, 1)}
    told = (placed(hint, places) for hint in hints)
    return sorted(told, key=lambda hint: places.get(hint.item, 0))
