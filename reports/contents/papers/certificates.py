"""Certificates of participation: no results in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.contents.papers.common import PaperHead, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """`taken_on` None: the day is not known, the dates of the stage are printed."""

    person: Participant
    taken_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    head: PaperHead
    works: tuple[str, ...]
    minutes: int | None
    people: tuple[Certificate, ...]
