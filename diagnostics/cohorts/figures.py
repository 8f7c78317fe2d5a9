"""Figures of a group between entry and exit: frozen, stored as JSON, printed without being computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from diagnostics.measurement.change import DeficitChange
from diagnostics.releases.protect import Counts
from reports.contents.common import Change, Conclusion, OfficialScale, Sources
from reports.contents.entry_exit import (
    Attrition,
    BlockChange,
    CautionNote,
    CommonItem,
    Comparability,
    Effort,
    Flow,
    ParticipantsLine,
    RankTest,
    Reliability,
    ReturnToMean,
    Transitions,
)

WHOLE = "ALL"  # code of the whole work among the blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Logits:
    """The whole work on the common scale of both forms: mean change in logits with the linking error."""

    entry: float
    exit: float
    link_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a release holds: figures of the group alone, no line of any person.

    `reason` names the obstacle of a refused comparison; `dropped` the common items that drifted;
    `hidden_below` is set in copies with hiding, `hidden_blocks` are then left out whole.
    """

    group: str
    diagnosis: str
    entry_on: date
    exit_on: date
    scale: OfficialScale
    sources: Sources
    flow: Flow
    participants: tuple[ParticipantsLine, ...]
    comparability: Comparability
    reason: str | None
    dropped: tuple[str, ...]
    whole: BlockChange | None
    logits: Logits | None
    blocks: tuple[BlockChange, ...]
    ranks: tuple[RankTest, ...]
    transitions: Transitions | None
    common_items: tuple[CommonItem, ...]
    attrition: Attrition
    reliability: tuple[Reliability, ...]
    cautions: tuple[CautionNote, ...]
    effort: tuple[Effort, ...] = ()
    returned: ReturnToMean | None = None
    hidden_below: int | None = None
    hidden_blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFigures:
    """One matched person, for the group's own trainer only.

    entry, exit    per cent of possible points of the whole work, with the codes of the official levels
    verdict        by the error of both results and of the link, the correction between forms included
    deficits       official deficit by block: closed, remaining, new or none
    conclusions    second layer by block, at entry and exit
    """

    person_id: str
    school: str
    entry: float
    exit: float
    entry_level: str
    exit_level: str
    verdict: Change
    deficits: Mapping[str, DeficitChange]
    conclusions: Mapping[str, tuple[Conclusion, Conclusion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Exact figures: the snapshot, what it must not hold, and the cells that hiding works on."""

    snapshot: Snapshot
    members: tuple[str, ...]  # matched people
    people: tuple[PersonFigures, ...]
    cells: Mapping[str, Counts]
    closed: bool  # the exit stage is over


_BODY: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


def to_body(snapshot: Snapshot) -> dict[str, Any]:
    body: dict[str, Any] = _BODY.dump_python(snapshot, mode="json")
    return body


def from_body(body: Mapping[str, Any]) -> Snapshot:
    return _BODY.validate_python(body)
