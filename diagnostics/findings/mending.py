"""What a mended key would change before it is published: whose points, whose level, whose conclusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, Seat, Wave, WaveKind
from diagnostics.database import session
from diagnostics.findings import pins as pinned
from diagnostics.findings import scales
from diagnostics.findings.calibrations import prior_for
from diagnostics.findings.models import Finding
from diagnostics.findings.pins import Pins
from diagnostics.findings.reading import CHUNK, CURRENT, calibration_of, method_of, preset_of
from diagnostics.findings.scales import Scored
from diagnostics.marking import queries as marking
from diagnostics.people.models import OrgNode
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.models import Sitting, SittingState
from instruments.scoring import Scoring

#: Works scored for a page; beyond them the figures speak of the first ones only, and say so.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Touched:
    """One stage that asked the work: `n` works scored anew, of them with other points, level or conclusion.

    `diagnosis` empty: stages outside of the reader's scope, all of a kind together.
    """

    diagnosis: str
    wave_kind: WaveKind
    n: int
    points: int
    said: int


@dataclass(frozen=True, slots=True)
class Preview:
    stages: tuple[Touched, ...]
    left_out: int

    @property
    def points(self) -> int:
        return sum(one.points for one in self.stages)

    @property
    def said(self) -> int:
        return sum(one.said for one in self.stages)


def preview(instrument_id: str, mended: Scoring, scope: Sequence[str], *, most: int = MOST) -> Preview:
    """Every stage that asked the version, by answers that stand sent. Priors are those of today.

    Diagnoses below the paths of `scope` are named.
    """
    found: dict[tuple[str, str, WaveKind], list[str]] = defaultdict(list)
    rows = session.execute(_asked(instrument_id)).all()
    for row in rows[:most]:
        named = any(row.path.startswith(path) for path in scope)
        stage = (row.campaign_id, row.title, row.kind) if named else ("", "", row.kind)
        found[stage].append(row.sitting_id)
    stages = tuple(_touched(title, kind, ids, mended) for (_id, title, kind), ids in found.items())
    return Preview(stages, max(0, len(rows) - most))


def _asked(instrument_id: str) -> sa.Select[str, str, WaveKind, str, str]:
    return (
        sa.select(
            Campaign.id.label("campaign_id"),
            Campaign.title,
            Wave.kind,
            Sitting.id.label("sitting_id"),
            OrgNode.path,
        )
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .join(Seat, Seat.wave_id == Wave.id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .join(Finding, Finding.seat_id == Seat.id)
        .join(Sitting, Sitting.id == Finding.sitting_id)
        .where(
            Assignment.instrument_id == instrument_id,
            Finding.current_key == CURRENT,
            Sitting.state == SittingState.SUBMITTED,
        )
        .order_by(Wave.opens_at.desc(), Sitting.id)
    )


def _touched(title: str, kind: WaveKind, sitting_ids: Sequence[str], mended: Scoring) -> Touched:
    pairs = [
        one
        for start in range(0, len(sitting_ids), CHUNK)
        for one in _pairs(sitting_ids[start : start + CHUNK], mended)
    ]
    points = sum((old.points, old.maximum) != (new.points, new.maximum) for _pins, old, new in pairs)
    said = sum(_said(pins, old) != _said(pins, new) for pins, old, new in pairs)
    return Touched(title, kind, len(pairs), points, said)


def _pairs(sitting_ids: Sequence[str], mended: Scoring) -> Iterator[tuple[Pins, Scored, Scored]]:
    """The same answers by the key of today and by the mended one."""
    views = sittings.many(sitting_ids)
    pins = pinned.of_seats([one.seat_id for one in views])
    standings, marks = sittings.standings_of(sitting_ids), marking.agreed(sitting_ids)
    forms: dict[tuple[str, str], scales.Ready] = {}
    for view in views:
        own, standing = pins[view.seat_id], standings[view.id]
        instrument_id, scoring_id = own.documents()
        place = (view.form, own.framework_id)
        if place not in forms:
            forms[place] = scales.made_ready(instrument_id, mended, *place)
        old_form = scales.ready(instrument_id, scoring_id, view.form, own.framework_id)
        old, new = (
            scales.score(
                form,
                standing.answers,
                standing.shown,
                preset_of(own),
                method_of(own),
                marks=marks.get(view.id),
            )
            for form in (old_form, forms[place])
        )
        yield own, old, new


def _said(pins: Pins, scored: Scored) -> dict[str, tuple[str | None, str]]:
    """Block → official level and conclusion."""
    calibration, preset, method = calibration_of(pins), preset_of(pins), method_of(pins)
    return {
        scale.competence: (
            scale.level,
            scales.say(
                scale, prior_for(calibration, pins.scoring_id, scale.competence), preset, method
            ).conclusion.value,
        )
        for scale in scored.scales
        if scale.is_block
    }
