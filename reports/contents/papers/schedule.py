"""When what is done, and by whom; the days of each school are filled in by hand."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from reports.contents.common import Stage
from reports.contents.papers.common import PaperHead


class Act(enum.StrEnum):
    TELL = "tell"  # participants are told and get their ways in
    TAKE = "take"
    REMIND = "remind"
    CLOSE = "close"  # results, papers
    ROUTES = "routes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """`starts` None: a day that the institute sets itself."""

    act: Act
    stage: Stage
    starts: date | None
    ends: date | None
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolShare:
    municipality: str
    school: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    head: PaperHead
    lines: tuple[ScheduleLine, ...]
    schools: tuple[SchoolShare, ...]
