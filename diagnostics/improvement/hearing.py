"""Answers that may be told, as voices: hidden ones are blanked before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.improvement.gathering import Gathered
from diagnostics.improvement.groups import Group, weight
from diagnostics.improvement.hiding import Shown, blank, shown
from diagnostics.improvement.rounding import may_show_ends, rounded
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.survey.voices import (
    Estimate,
    Resampled,
    Voice,
    estimates,
    over_groups,
    resample,
)
from diagnostics.releases.minimum import Minimum


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Answers that may be told, resampled once: columns are directions, then statements, then votes."""

    gathered: Gathered
    minimum: Minimum
    told: Mapping[Group, Shown]
    voices: Mapping[Group, Voice]
    draws: Mapping[Group, Resampled]
    marks: Mapping[Group, tuple[Estimate | None, ...]]

    @property
    def width(self) -> int:
        return len(self.gathered.structure.directions)

    def mark(self, group: Group, column: int) -> Estimate | None:
        """None: hidden, not asked, or nobody answered."""
        return self.marks[group][column] if group in self.marks else None

    def place_of_vote(self, direction: int) -> int:
        return self.width + len(self.gathered.statements) + direction

    def over_groups(self, column: int) -> tuple[Estimate, FloatArray] | None:
        """Weighted mean over groups of one column and its draws; who asks must know that it may be told."""
        groups = list(self.voices)
        return over_groups(
            [self.voices[group] for group in groups],
            [self.draws[group] for group in groups],
            column,
            self.gathered.method,
        )


def hear(gathered: Gathered, minimum: Minimum) -> Heard:
    told = {
        group: shown(gathered, group, minimum)
        for group, said in gathered.said.items()
        if len(said.directions)
    }
    voices, draws, marks = {}, {}, {}
    for place, group in enumerate(Group):
        if group not in told:
            continue
        voices[group] = voice = _voice(gathered, group, told[group])
        draws[group] = resample(voice, place, gathered.method)
        marks[group] = tuple(
            rounded(one, ends=may_show_ends(one.n, declared=voice.declared)) if one else None
            for one in estimates(voice, draws[group], gathered.method)
        )
    return Heard(gathered, minimum, told, voices, draws, marks)


def _voice(gathered: Gathered, group: Group, kept: Shown) -> Voice:
    said = blank(gathered.said[group], kept, gathered.structure.directions, gathered.statements)
    values = np.hstack([said.directions, said.statements, said.votes])
    share = weight(group, gathered.method)
    return Voice(group.value, values, share, declared=group is Group.SHEET)
