"""Specification of a work: how many tasks of each form ask for which competence, and for what of the mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from instruments.document import Instrument
from instruments.framework import Framework
from instruments.keys import Cognitive, ItemKey
from instruments.scoring import Scoring

#: In rising order; None stands for tasks whose author has not said.
LEVELS: tuple[Cognitive | None, ...] = (*get_args(Cognitive), None)


@dataclass(frozen=True, slots=True)
class BlueprintRow:
    """One competence. `counts` and `points` by form code; within counts, tasks by cognitive level.

    A task of several competences stands in that of its greatest weight, once.
    """

    block: str
    competence: str
    counts: Mapping[str, Mapping[Cognitive | None, int]]
    points: Mapping[str, float]

    def total(self, form: str) -> int:
        return sum(self.counts[form].values())


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Rows in the order of the blocks and of the framework; `levels` that at least one task names."""

    forms: tuple[str, ...]
    levels: tuple[Cognitive | None, ...]
    rows: tuple[BlueprintRow, ...]

    @property
    def is_parallel(self) -> bool:
        """Whether every form keeps to the same numbers."""
        return all(row.counts[form] == row.counts[self.forms[0]] for row in self.rows for form in self.forms)


def blueprint(instrument: Instrument, scoring: Scoring, framework: Framework) -> Blueprint:
    """Count the scored tasks of every form. The documents must pass `checking`."""
    forms = tuple(form.code for form in instrument.forms)
    entries = {
        form.code: [scoring.items[code] for code in form.item_codes if _is_scored(scoring.items.get(code))]
        for form in instrument.forms
    }
    named = {main_competence(entry) for one in entries.values() for entry in one}
    rows = tuple(
        _row(block, competence, entries)
        for block, competence in _places(scoring, framework)
        if competence in named
    )
    used = {entry.cognitive for one in entries.values() for entry in one}
    return Blueprint(forms, tuple(level for level in LEVELS if level in used), rows)


def main_competence(entry: ItemKey) -> str:
    """The competence of the greatest weight; of equal ones the first by code."""
    return min(entry.competences, key=lambda code: (-entry.competences[code], code))


def _is_scored(entry: ItemKey | None) -> bool:
    return entry is not None and entry.points > 0


def _places(scoring: Scoring, framework: Framework) -> dict[tuple[str, str], None]:
    """(block, competence) in order; a competence outside every block comes last, under no block."""
    pools = {block: framework.pool(block) for block in scoring.blocks}
    inside = {code for pool in pools.values() for code in pool}
    reported = [(block, code) for block, pool in pools.items() for code in pool]
    return dict.fromkeys([*reported, *(("", code) for code in framework.in_order() if code not in inside)])


def _row(block: str, competence: str, entries: Mapping[str, list[ItemKey]]) -> BlueprintRow:
    own = {
        form: [entry for entry in found if main_competence(entry) == competence]
        for form, found in entries.items()
    }
    return BlueprintRow(
        block=block,
        competence=competence,
        counts={form: _by_level(found) for form, found in own.items()},
        points={form: sum(entry.points for entry in found) for form, found in own.items()},
    )


def _by_level(entries: list[ItemKey]) -> dict[Cognitive | None, int]:
    counted = Counter(entry.cognitive for entry in entries)
    return {level: counted[level] for level in LEVELS if counted[level]}
