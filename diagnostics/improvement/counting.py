"""Answers of a closed self-assessment → its zones. Works on answers from which hidden ones are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from diagnostics.improvement.gathering import Gathered
from diagnostics.improvement.groups import Group, least
from diagnostics.improvement.hearing import Heard, hear
from diagnostics.improvement.hiding import index_allowed
from diagnostics.improvement.ordering import ordered
from diagnostics.improvement.rounding import rounded
from diagnostics.improvement.snapshot import (
    APART,
    FEW_DATA,
    Direction,
    GroupFacts,
    Index,
    Mark,
    Snapshot,
    Statement,
    Zone,
)
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.survey.verdicts import beyond, views_apart, word_of
from diagnostics.measurement.survey.voices import Estimate, interval_of
from diagnostics.releases.minimum import Minimum


def count(gathered: Gathered, facts: Sequence[GroupFacts], minimum: Minimum, data_cut: datetime) -> Snapshot:
    """The snapshot of a closed self-assessment; deterministic, seeded by its method."""
    heard = hear(gathered, minimum)
    directions: dict[str, Direction] = {}
    drawn: dict[str, tuple[Estimate, FloatArray]] = {}
    for place, code in enumerate(gathered.structure.directions):
        found = _index_over_groups(heard, code, place)
        if found is not None:
            drawn[code] = found
        directions[code] = _direction(heard, code, place, found[0] if found else None)
    order = ordered(heard, drawn)
    return Snapshot(
        framework_id=gathered.campaign.framework_id,
        method_id=gathered.campaign.method_id,
        preset=gathered.campaign.preset,
        documents={
            group: (one.instrument_id, one.scoring_id, one.form)
            for group, one in gathered.structure.asked.items()
        },
        groups=tuple(_facts(heard, one) for one in facts),
        zones=tuple(
            _zone(heard, code, inside, directions, drawn) for code, inside in gathered.structure.zones
        ),
        order=order.lines,
        unstable=order.unstable,
        no_order=order.reason,
        data_cut=data_cut,
        closed_at=gathered.wave.closed_at or gathered.wave.closes_at,
        timezone=gathered.wave.zone,
    )


def _facts(heard: Heard, facts: GroupFacts) -> GroupFacts:
    """An answer that was sent and could not be scored makes a group smaller than its явка."""
    told = heard.told.get(facts.group)
    return replace(facts, hidden=facts.hidden or bool(told and told.hidden))


def _index_over_groups(heard: Heard, code: str, place: int) -> tuple[Estimate, FloatArray] | None:
    if not index_allowed(heard.gathered.structure, code, heard.told):
        return None
    return heard.over_groups(place)


def _direction(heard: Heard, code: str, place: int, index: Estimate | None) -> Direction:
    structure, method = heard.gathered.structure, heard.gathered.method
    groups = structure.groups_of(code)
    found = {group: heard.mark(group, place) for group in groups}
    asked = [group for group in groups if group is not Group.SHEET]
    pairs = views_apart([found[group] for group in asked], method)
    word, border = (FEW_DATA, None) if index is None else _word(heard, rounded(index))
    return Direction(
        code=code,
        marks=tuple(_mark(heard, group, found[group]) for group in groups),
        index=_index(rounded(index)),
        word=APART if pairs else word,
        border=None if pairs else border,
        apart=tuple((asked[high], asked[low]) for high, low in pairs),
        beyond=tuple(group for group in asked if beyond(found.get(Group.SHEET), found[group], method)),
        statements=tuple(_statement(heard, code, item) for item in structure.statements(code)),
    )


def _statement(heard: Heard, direction: str, item: str) -> Statement:
    place = heard.width + heard.gathered.statements.index(item)
    asked = heard.gathered.structure.asked
    groups = [group for group in asked if item in asked[group].pools.get(direction, ())]
    found = [heard.mark(group, place) for group in groups]
    sampled = [one for group, one in zip(groups, found, strict=True) if group is not Group.SHEET]
    return Statement(
        code=item,
        marks=tuple(_mark(heard, group, one) for group, one in zip(groups, found, strict=True)),
        apart=bool(views_apart(sampled, heard.gathered.method)),
    )


def _zone(
    heard: Heard,
    code: str,
    inside: Sequence[str],
    directions: Mapping[str, Direction],
    drawn: Mapping[str, tuple[Estimate, FloatArray]],
) -> Zone:
    """Nothing new is told: the index of a zone follows from those of its directions."""
    known = [one for one in inside if one in drawn]
    index: Estimate | None = None
    if known:
        sizes = np.array([len(heard.gathered.structure.statements(one)) for one in known], dtype=np.float64)
        shares = sizes / sizes.sum()
        value = float(shares @ [drawn[one][0].value for one in known])
        draws = np.array([drawn[one][1] for one in known]).T @ shares
        index = rounded(Estimate(value, interval_of(draws, heard.gathered.method), 0))
    word, border = (FEW_DATA, None) if index is None else _word(heard, index)
    return Zone(
        code=code,
        word=word,
        border=border,
        index=_index(index),
        directions=tuple(directions[one] for one in inside),
    )


def _word(heard: Heard, index: Estimate | None) -> tuple[str, str | None]:
    if index is None:
        return FEW_DATA, None
    found = word_of(index, heard.gathered.structure.cuts)
    return found.code, found.border


def _mark(heard: Heard, group: Group, found: Estimate | None) -> Mark:
    enough = least(group, heard.minimum)
    if found is None:
        return Mark(group=group, value=None, least=enough)
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Mark(group=group, value=found.value, low=low, high=high, n=found.n, least=enough)


def _index(found: Estimate | None) -> Index | None:
    if found is None:
        return None
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Index(value=found.value, low=low, high=high)
