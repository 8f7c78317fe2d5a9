"""One group before and after its course, simulated whole before anybody answers: pure, the same seed, the same group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.upkeep.demo import crowd as simulation
from diagnostics.upkeep.demo.crowd import NOTHING, Crowd
from instruments.document import Instrument
from instruments.items import Answer
from instruments.scoring import Scoring

ENTRY_FORM, EXIT_FORM = "A", "B"
#: Share of those invited who came to the entry; share of those who left before the exit, mostly weak.
CAME, LEFT = 0.93, 0.135

Given = list[dict[str, Answer]]


@dataclass(frozen=True, slots=True)
class Course:
    """Answers by number of the person; `came` sent the entry, `stayed` of them the exit."""

    crowd: Crowd
    entry: Given
    exit: Given
    came: frozenset[int]
    stayed: frozenset[int]

    @property
    def rng(self) -> np.random.Generator:
        return self.crowd.rng


def simulated(
    persons: int,
    instrument: Instrument,
    scoring: Scoring,
    *,
    seed: int,
    leaked: Mapping[str, float] = NOTHING,
) -> Course:
    """Entry on form A and exit on form B of `persons`; `leaked`: item → logits by which it is easier at the exit."""
    crowd = Crowd.drawn(persons, instrument, scoring, seed=seed)
    entry = simulation.answers(crowd, crowd.entry, instrument, scoring, ENTRY_FORM)
    leave = simulation.answers(crowd, crowd.exit, instrument, scoring, EXIT_FORM, easier=leaked)
    for given, abilities in ((entry, crowd.entry), (leave, crowd.exit)):
        simulation.leave_out(given, abilities, crowd.rng)
    came = frozenset(crowd.rng.permutation(persons)[: round(CAME * persons)].tolist())
    gone = crowd.leavers(round(LEFT * len(came)), came)
    return Course(crowd, entry, leave, came, came - gone)
