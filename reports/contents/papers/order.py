"""Draft order to hold a diagnosis, with the list of participants as its annex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.contents.common import OfficialScale, Stage
from reports.contents.papers.common import PaperHead, Participant
from reports.contents.person import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDates:
    stage: Stage
    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """`works` are titles of what is answered; `owner` and `tutor` full names, "" where there is none."""

    head: PaperHead
    stages: tuple[StageDates, ...]
    works: tuple[str, ...]
    scale: OfficialScale
    visibility: Visibility
    owner: str
    tutor: str
    participants: tuple[Participant, ...]
