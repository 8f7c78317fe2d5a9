"""The shipped work as the demo uses it: the versions that a diagnosis pins, and a crowd that answers it."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.measurement.numeric import FloatArray
from diagnostics.upkeep.demo import crowd
from diagnostics.upkeep.demo.crowd import Crowd
from instruments.items import Answer


@dataclass(frozen=True, slots=True)
class Work:
    instrument_id: str
    scoring_id: str
    framework_id: str
    method_id: str

    def crowd(self, persons: int, *, seed: int = crowd.SEED) -> Crowd:
        instrument, scoring = catalogue.instrument(self.instrument_id), catalogue.scoring(self.scoring_id)
        return Crowd.drawn(persons, instrument, scoring, seed=seed)

    def answers(self, people: Crowd, abilities: FloatArray, form: str) -> list[dict[str, Answer]]:
        instrument, scoring = catalogue.instrument(self.instrument_id), catalogue.scoring(self.scoring_id)
        return crowd.answers(people, abilities, instrument, scoring, form)


def shipped_work() -> Work:
    """The published versions of the shipped work.

    Raises
    ------
    LookupError
        When the library is not installed in this base.
    """
    instrument = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
    methods = catalogue.published(VersionKind.METHOD)
    scoring = catalogue.scoring_of(instrument.id) if instrument else None
    if instrument is None or scoring is None or framework is None or not methods:
        message = "the shipped library is not in this base"
        raise LookupError(message)
    return Work(instrument.id, scoring.id, framework.id, methods[0].id)
