"""Явка: who came, by school. Organisational data, exact."""

from __future__ import annotations

from dataclasses import dataclass

from reports.contents.papers.common import PaperHead


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolTurnout:
    """`school` "" = works at no school. `started`: began and did not send."""

    municipality: str
    school: str
    invited: int
    started: int
    submitted: int

    @property
    def percent(self) -> float | None:
        return 100 * self.submitted / self.invited if self.invited else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    head: PaperHead
    schools: tuple[SchoolTurnout, ...]

    @property
    def total(self) -> SchoolTurnout:
        return SchoolTurnout(
            municipality="",
            school="",
            invited=sum(one.invited for one in self.schools),
            started=sum(one.started for one in self.schools),
            submitted=sum(one.submitted for one in self.schools),
        )

    @property
    def silent(self) -> tuple[SchoolTurnout, ...]:
        """Schools from which nothing came yet."""
        return tuple(one for one in self.schools if not one.submitted)
