"""Findings of a self-assessment → one matrix a group: what the respondents said, without who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, CampaignPurpose, Seat, Wave, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.improvement.groups import Group
from diagnostics.improvement.structure import Asked, Structure, structure
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.sittings.queries.many import answers_of_many
from instruments.scoring import importance_votes


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """Respondents × directions (indices), × statements, × directions again (votes on importance); NaN = nothing."""

    directions: FloatArray
    statements: FloatArray
    votes: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """One self-assessment. `statements`: the columns of `Said.statements`; `members`: ids of seats."""

    campaign: Campaign
    wave: Wave
    structure: Structure
    method: Method
    statements: tuple[str, ...]
    said: Mapping[Group, Said]
    members: tuple[str, ...]


def wave_of(campaign_id: str) -> tuple[Campaign, Wave]:
    """The one measurement of a self-assessment; Missing for anything else."""
    row = session.execute(
        sa.select(Campaign, Wave)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .where(
            Campaign.id == campaign_id,
            Campaign.purpose == CampaignPurpose.SELF_ASSESSMENT,
            Wave.kind == WaveKind.SURVEY,
        )
    ).first()
    if row is None:
        raise Missing
    return row[0], row[1]


def gather(campaign_id: str) -> Gathered:
    campaign, wave = wave_of(campaign_id)
    found = structure(campaign.framework_id, campaign.preset, assigned(wave.id))
    statements = tuple(dict.fromkeys(code for one in found.directions for code in found.statements(one)))
    groups, views = groups_of_seats(wave.id), findings.of_wave(wave.id)
    by_group = {
        group: [view for view in views if groups.get(view.seat_id) == group.value] for group in found.asked
    }
    return Gathered(
        campaign,
        wave,
        found,
        catalogue.method(campaign.method_id),
        statements,
        {
            group: _said(rows, found.asked[group], found.directions, statements)
            for group, rows in by_group.items()
        },
        tuple(view.seat_id for rows in by_group.values() for view in rows),
    )


def assigned(wave_id: str) -> dict[Group, tuple[str, str, str]]:
    """Group → instrument version, scoring version, form."""
    known = {group.value for group in Group}
    rows = session.scalars(sa.select(Assignment).where(Assignment.wave_id == wave_id))
    return {
        Group(row.respondent_group): (row.instrument_id, row.scoring_id, row.form)
        for row in rows
        if row.respondent_group in known and row.instrument_id and row.scoring_id
    }


def groups_of_seats(wave_id: str) -> dict[str, str]:
    """Seat → its group."""
    rows = session.execute(sa.select(Seat.id, Seat.respondent_group).where(Seat.wave_id == wave_id))
    return {row.id: row.respondent_group for row in rows}


def _said(
    views: Sequence[FindingView], asked: Asked, directions: Sequence[str], statements: Sequence[str]
) -> Said:
    return Said(
        _matrix([{line.competence: line.percent for line in view.scales} for view in views], directions),
        _matrix([_marks(view) for view in views], statements),
        _matrix(_votes(views, asked), directions),
    )


def _marks(view: FindingView) -> dict[str, float | None]:
    return {
        code: None if one.points is None or not one.maximum else 100 * one.points / one.maximum
        for code, one in view.items.items()
    }


def _votes(views: Sequence[FindingView], asked: Asked) -> list[Mapping[str, float | None]]:
    instrument, scoring = catalogue.instrument(asked.instrument_id), catalogue.scoring(asked.scoring_id)
    if not scoring.importance:
        return [{} for _ in views]
    given = answers_of_many([view.sitting_id for view in views if view.sitting_id], set(scoring.importance))
    return [
        dict(importance_votes(instrument, scoring, asked.form, given.get(view.sitting_id or "", {})))
        for view in views
    ]


def _matrix(rows: Sequence[Mapping[str, float | None]], columns: Sequence[str]) -> FloatArray:
    found = np.full((len(rows), len(columns)), np.nan)
    for place, row in enumerate(rows):
        for column, code in enumerate(columns):
            value = row.get(code)
            if value is not None:
                found[place, column] = value
    return found
