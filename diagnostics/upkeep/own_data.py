"""Everything that is held about a person, for that person: one table of exporters over all stages.

Secrets (hashes of passwords and links), keys and weights of the works are not data about a person and have no
exporter. Column and section names are codes; the edge says them in the reader's language.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.people.models import PersonalData
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import Sitting
from diagnostics.upkeep.own_queries import PARTS, Query

ANSWER_COLUMNS = ("sitting", "submitted_at", "item", "question", "answer")

Cell = str | int | float | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet of the export; times are ISO 8601 in UTC."""

    code: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_dicts(self) -> list[dict[str, Cell]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def collect(person_id: str) -> tuple[Section, ...]:
    """All sections, the empty ones too: that nothing is held is also an answer. Missing when erased."""
    if session.get(PersonalData, person_id) is None:
        raise Missing
    found = [_section(part.code, part.of(person_id)) for part in PARTS]
    return (*found, Section("answers", ANSWER_COLUMNS, tuple(_answers(person_id))))


def as_json(sections: tuple[Section, ...]) -> dict[str, list[dict[str, Cell]]]:
    return {section.code: section.as_dicts() for section in sections}


def _section(code: str, query: Query) -> Section:
    result = session.execute(query)
    columns = tuple(result.keys())
    return Section(code, columns, tuple(tuple(_plain(value) for value in row) for row in result))


def _plain(value: Any) -> Cell:
    if isinstance(value, datetime | date):
        return value.isoformat()
    plain: Cell = value.value if isinstance(value, enum.Enum) else value
    return plain


def _answers(person_id: str) -> Iterator[tuple[Cell, ...]]:
    """What stands as answered now, with the question's words; earlier values of the same item are left out."""
    rows = session.execute(
        sa.select(Sitting.id, Sitting.instrument_id, Sitting.submitted_at)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.respondent_id == person_id)
        .order_by(Sitting.started_at)
    )
    for sitting_id, instrument_id, submitted_at in rows.all():
        words = {item.code: item.text.get("ru", "") for item in catalogue.instrument(instrument_id).items}
        for item, answer in sittings.answers(sitting_id).items():
            yield sitting_id, _plain(submitted_at), item, words.get(item, ""), answer
