"""What an organiser is told of the clarifying tasks of a stage: by what they go, what is free, how many were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.clarifying import clarify_by
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings.clarifying.case import kept_apart
from diagnostics.findings.clarifying.scale import Ruler, ruler
from diagnostics.findings.pins import Pins
from diagnostics.sittings.queries.drawn import clarified_in_wave, drawn_in_wave


@dataclass(frozen=True, slots=True)
class FreeTasks:
    """A block and how many tasks of it nobody of the stage meets otherwise, by the form with the fewest."""

    block: str
    title: Mapping[str, str]
    number: int


@dataclass(frozen=True, slots=True)
class StageClarifying:
    """`reason`: why none are offered (`none`, `small`, `old`, `several`, `no_free`, `not_pinned`); None = they are.

    persons  of the calibration; begun, asked  people of the stage, and those to whom a task was given
    """

    reason: str | None
    persons: int
    needed: int
    free: tuple[FreeTasks, ...]
    begun: int
    asked: int


def stage_clarifying(campaign: CampaignView, wave: WaveView) -> StageClarifying:
    """Of a stage that is not open yet: what would be pinned today."""
    needed = catalogue.method(campaign.method_id).clarifying_from
    planned = wave.state is WaveState.PLANNED
    found = clarify_by([one.scoring_id for one in wave.assignments], campaign.method_id)
    calibration_id = found.calibration_id if planned else wave.clarify_id
    if calibration_id is None:
        reason = found.reason or "not_pinned"
        return StageClarifying(reason, found.persons, needed, (), 0, 0)
    rulers = [
        (_pins(campaign, wave, place), _ruler(campaign, wave, place, calibration_id))
        for place in range(len(wave.assignments))
    ]
    free = _free(rulers)
    begun, _drawn = drawn_in_wave(wave.id)
    none_free = None if any(one.number for one in free) else "no_free"
    return StageClarifying(none_free, rulers[0][1].persons, needed, free, begun, clarified_in_wave(wave.id))


def _free(rulers: list[tuple[Pins, Ruler]]) -> tuple[FreeTasks, ...]:
    found: dict[str, int] = {}
    for pins, scale in rulers:
        instrument = catalogue.instrument(pins.instrument_id or "")
        gone = {*instrument.form(pins.form).item_codes, *kept_apart(pins, instrument)}
        for code, block in scale.blocks.items():
            number = len((set(block.items) & scale.drawable) - gone)
            found[code] = min(number, found.get(code, number))
    framework = catalogue.framework(rulers[0][0].framework_id)
    return tuple(FreeTasks(code, framework.node(code).title, number) for code, number in found.items())


def _ruler(campaign: CampaignView, wave: WaveView, place: int, calibration_id: str) -> Ruler:
    one = wave.assignments[place]
    method = catalogue.method(campaign.method_id)
    return ruler(
        calibration_id,
        one.instrument_id or "",
        one.scoring_id or "",
        campaign.framework_id,
        campaign.preset,
        method,
    )


def _pins(campaign: CampaignView, wave: WaveView, place: int) -> Pins:
    one = wave.assignments[place]
    return Pins(
        seat_id="",
        person_id=None,
        wave_id=wave.id,
        wave_state=wave.state,
        calibration_id=None,
        campaign_id=campaign.id,
        privacy=campaign.privacy,
        framework_id=campaign.framework_id,
        method_id=campaign.method_id,
        preset=campaign.preset,
        instrument_id=one.instrument_id,
        scoring_id=one.scoring_id,
        form=one.form,
    )
