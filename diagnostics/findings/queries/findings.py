"""A finding with its scales and the seat that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, Seat, Wave, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.findings import scales
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.findings.reading import CURRENT
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.sittings.models import Sitting, SittingState
from instruments.items import ItemScore

_CHUNK = 500  # ids in one IN list
_CONCLUSIONS = {one.value: one for one in Conclusion}


@dataclass(frozen=True, slots=True)
class ScaleView:
    """One competence, both layers.

    is_block     reported; the rest are evidence rows without level and conclusion
    n_items      items shown (omitted ones included); 0 = unknown, block points from elsewhere
    percent      per cent of possible points, None where too few items count
    level        code of the official level; None = not set
    low80, high80  per cent; None = not estimated
    """

    competence: str
    is_block: bool
    n_items: int
    omitted: int
    unreached: int
    points: float
    maximum: float
    percent: float | None
    level: str | None
    low80: float | None
    high80: float | None
    p_deficit: float | None
    provisional: bool
    awaiting: int  # items that an expert has not marked yet
    conclusion: Conclusion

    @property
    def n_planned(self) -> int:
        return self.n_items + self.unreached + self.awaiting


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """`scales` in the order of the framework; `superseded_at` None = the current finding of its seat."""

    id: str
    seat_id: str
    wave_id: str
    wave_kind: WaveKind
    campaign_id: str
    trial: bool  # its questions are tried out: nobody is judged by it
    person_id: str | None
    school_id: str | None
    sitting_id: str | None
    import_id: str | None
    instrument_id: str | None
    scoring_id: str | None
    framework_id: str
    method_id: str
    calibration_id: str | None
    preset: str
    form: str
    zone: str  # of the wave's place
    points: float
    maximum: float
    made_at: datetime
    reason: str
    superseded_at: datetime | None
    items: Mapping[str, ItemScore]
    clarified: Json | None  # blocks on the calibrated scale and the clarifying tasks (`findings.clarifying`)
    scales: tuple[ScaleView, ...]

    @property
    def blocks(self) -> tuple[ScaleView, ...]:
        return tuple(scale for scale in self.scales if scale.is_block)

    @property
    def is_current(self) -> bool:
        return self.superseded_at is None

    @property
    def percent(self) -> float | None:
        """Per cent of the whole work."""
        return 100 * self.points / self.maximum if self.maximum else None

    def scale(self, competence: str) -> ScaleView | None:
        return next((scale for scale in self.scales if scale.competence == competence), None)


def finding(finding_id: str) -> FindingView:
    """One finding, current or not; Missing for an unknown id."""
    found = _views(Finding.id == finding_id)
    if not found:
        raise Missing
    return found[0]


def current_of_seat(seat_id: str) -> FindingView | None:
    """The finding that counts for a seat."""
    return next(iter(_views(Finding.seat_id == seat_id, Finding.current_key == CURRENT)), None)


of_seat = current_of_seat


def history_of_seat(seat_id: str) -> list[FindingView]:
    """All findings of a seat, the newest first."""
    return _views(Finding.seat_id == seat_id)


def of_person(person_id: str) -> list[FindingView]:
    """Current findings of a person over all diagnoses, the newest wave first."""
    return _views(Finding.person_id == person_id, Finding.current_key == CURRENT)


def of_wave(wave_id: str) -> list[FindingView]:
    """Current findings of a wave, in the order of seats."""
    found = _views(Finding.wave_id == wave_id, Finding.current_key == CURRENT)
    return sorted(found, key=lambda view: view.seat_id)


def unscored(wave_id: str) -> list[str]:
    """Sent sittings of a wave that have no finding yet."""
    scored = sa.select(Finding.seat_id).where(Finding.wave_id == wave_id, Finding.current_key == CURRENT)
    query = (
        sa.select(Sitting.id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(
            Seat.wave_id == wave_id,
            Sitting.state == SittingState.SUBMITTED,
            Sitting.seat_id.not_in(scored),
        )
        .order_by(Sitting.id)
    )
    return list(session.scalars(query))


_FACTS = (
    Wave.kind,
    Wave.campaign_id,
    Campaign.trial,
    Wave.zone,
    Seat.school_id,
    Assignment.instrument_id,
    Assignment.form,
)


# Finding and conclusion first, then the fields of ScaleView in their order.
_SCALE = (
    FindingScale.finding_id,
    FindingScale.conclusion,
    FindingScale.competence,
    FindingScale.is_block,
    FindingScale.n_items,
    FindingScale.omitted,
    FindingScale.unreached,
    FindingScale.points,
    FindingScale.maximum,
    FindingScale.percent,
    FindingScale.level,
    FindingScale.low80,
    FindingScale.high80,
    FindingScale.p_deficit,
    FindingScale.provisional,
    FindingScale.awaiting,
)


def _views(*conditions: sa.ColumnElement[bool]) -> list[FindingView]:
    rows = session.execute(
        sa.select(Finding, *_FACTS)
        .join(Seat, Seat.id == Finding.seat_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .join(Wave, Wave.id == Finding.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .where(*conditions)
        .order_by(Wave.closes_at.desc(), Finding.made_at.desc(), Finding.id)
    ).all()
    lines = _scales([row[0].id for row in rows])
    places = {one: _places(one) for one in {row[0].framework_id for row in rows}}
    return [_view(*row, _ordered(lines[row[0].id], places[row[0].framework_id])) for row in rows]


def _scales(finding_ids: Collection[str]) -> dict[str, list[ScaleView]]:
    """Plain columns, not rows of the ORM: a region's wave has a hundred thousand of these."""
    ids = list(finding_ids)
    found: dict[str, list[ScaleView]] = defaultdict(list)
    for start in range(0, len(ids), _CHUNK):
        query = sa.select(*_SCALE).where(FindingScale.finding_id.in_(ids[start : start + _CHUNK]))
        for finding_id, conclusion, *rest in session.execute(query):
            fields: list[Any] = [*rest, _CONCLUSIONS[conclusion]]
            found[finding_id].append(ScaleView(*fields))
    return found


def _places(framework_id: str) -> dict[str, int]:
    return {code: place for place, code in enumerate(catalogue.framework(framework_id).in_order())}


def _ordered(lines: list[ScaleView], places: Mapping[str, int]) -> tuple[ScaleView, ...]:
    return tuple(sorted(lines, key=lambda line: places.get(line.competence, len(places))))


def _view(
    row: Finding,
    kind: WaveKind,
    campaign_id: str,
    trial: bool,  # noqa: FBT001 - a column of the row
    zone: str,
    school_id: str | None,
    instrument_id: str | None,
    form: str,
    lines: tuple[ScaleView, ...],
) -> FindingView:
    return FindingView(
        id=row.id,
        seat_id=row.seat_id,
        wave_id=row.wave_id,
        wave_kind=kind,
        campaign_id=campaign_id,
        trial=trial,
        person_id=row.person_id,
        school_id=school_id,
        sitting_id=row.sitting_id,
        import_id=row.import_id,
        instrument_id=instrument_id,
        scoring_id=row.scoring_id,
        framework_id=row.framework_id,
        method_id=row.method_id,
        calibration_id=row.calibration_id,
        preset=row.preset,
        form=form,
        zone=zone,
        points=row.points,
        maximum=row.maximum,
        made_at=row.made_at,
        reason=row.reason,
        superseded_at=row.superseded_at,
        items=scales.restored(row.items),
        clarified=row.clarified,
        scales=lines,
    )
