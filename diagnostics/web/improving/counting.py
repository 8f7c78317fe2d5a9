"""Returns of a self-assessment: responses against what is needed, by group and by day. Organisational data, exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from diagnostics.campaigns.actions.assessments import SHEET
from diagnostics.campaigns.queries.circles import CircleView, minimum_of
from diagnostics.campaigns.queries.self_assessments import SelfAssessment
from diagnostics.sittings.queries.days import sent_by_day
from diagnostics.web.guard import settings


@dataclass(frozen=True, slots=True)
class Side:
    """One group with its circles. `needed`: answers from which its results are shown; 0 for the sheet."""

    group: str
    circles: tuple[CircleView, ...]
    needed: int

    @property
    def expected(self) -> int:
        return sum(one.expected for one in self.circles)

    @property
    def submitted(self) -> int:
        return sum(one.submitted for one in self.circles)

    @property
    def started(self) -> int:
        return sum(one.started for one in self.circles)

    @property
    def share(self) -> float:
        """Answers of those expected, 0…1; more answers than people, as a link for all allows, stay 1."""
        return min(1.0, self.submitted / self.expected) if self.expected else 0.0

    @property
    def is_sheet(self) -> bool:
        return self.group == SHEET

    @property
    def shown(self) -> bool:
        return self.submitted >= self.needed

    @property
    def too_many(self) -> bool:
        return self.submitted > self.expected


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    number: int
    share: float  # of the busiest day


def sides_of(one: SelfAssessment) -> list[Side]:
    limits = settings().limits
    return [Side(group, circles, minimum_of(group, limits)) for group, circles in one.groups().items()]


def days_of(one: SelfAssessment) -> list[Day]:
    """Every day from the first answer to the last one; nothing finer than a day."""
    counts = sent_by_day(one.wave_id, one.zone)
    if not counts:
        return []
    most = max(counts.values())
    first, last = min(counts), max(counts)
    span = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    return [Day(day, counts.get(day, 0), counts.get(day, 0) / most) for day in span]
