"""The shipped work as the demo uses it: the versions that a diagnosis pins, and a crowd that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.upkeep.demo.course import Course, simulated
from diagnostics.upkeep.demo.crowd import NOTHING
from instruments.document import Instrument
from instruments.scoring import Scoring


@dataclass(frozen=True, slots=True)
class Work:
    instrument_id: str
    scoring_id: str
    framework_id: str
    method_id: str

    @property
    def instrument(self) -> Instrument:
        return catalogue.instrument(self.instrument_id)

    @property
    def scoring(self) -> Scoring:
        return catalogue.scoring(self.scoring_id)

    def course(self, persons: int, *, seed: int, leaked: Mapping[str, float] = NOTHING) -> Course:
        return simulated(persons, self.instrument, self.scoring, seed=seed, leaked=leaked)


def work_of(code: str) -> Work:
    """The published versions of a shipped work, or those of a work that is being tried out.

    Raises
    ------
    LookupError
        When the library is not installed in this base.
    """
    tried = (one for one in catalogue.tried_out() if one.code == code)
    instrument = catalogue.latest_published(VersionKind.INSTRUMENT, code) or next(tried, None)
    is_tried = instrument is not None and instrument.state is LifeState.PILOT
    scoring = catalogue.scoring_of(instrument.id, met=is_tried) if instrument else None
    if instrument is None or scoring is None:
        raise LookupError(code)
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, catalogue.scoring(scoring.id).framework)
    methods = catalogue.published(VersionKind.METHOD)
    if framework is None or not methods:
        raise LookupError(code)
    return Work(instrument.id, scoring.id, framework.id, methods[0].id)


def shipped_work() -> Work:
    """The test of two parallel forms. LookupError when the library is not installed in this base."""
    return work_of("test.method")
