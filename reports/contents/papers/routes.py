"""Register of the individual development routes (ИОМ): how far each is, no levels and no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.contents.papers.common import PaperHead, Unnamed
from reports.contents.route import RouteState


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    full_name: str
    school: str
    tutor: str
    state: RouteState
    steps: int
    confirmed: int
    hours: float
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRegister:
    """`without`: people with a result and no route yet."""

    head: PaperHead
    routes: tuple[RouteLine, ...]
    without: int
    unnamed: Unnamed
