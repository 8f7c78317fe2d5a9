"""Make a diagnosis: its title and rules, its waves with dates, what each wave asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import living_campaign, locked_wave, wave_row, waves_of
from diagnostics.campaigns.actions.requests import answer_askers
from diagnostics.campaigns.errors import CampaignError, MoveRefused
from diagnostics.campaigns.models import (
    Assignment,
    Campaign,
    CampaignPurpose,
    CampaignState,
    Privacy,
    Seat,
    SeatToken,
    Wave,
    WaveKind,
    WaveState,
)
from diagnostics.campaigns.windows import check_order, window
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused
from diagnostics.people.queries.places import zone_of

# Told to people in advance and frozen with the first opened wave.
VISIBILITY: Json = {"levels_to_tutor": True, "levels_to_school": False}
LONGEST_TITLE = 200


def create_campaign(
    *,
    title: str,
    node_id: str,
    owner_id: str,
    framework_id: str,
    method_id: str,
    preset: str,
    actor_id: str | None,
    privacy: Privacy = Privacy.NAMED,
    visibility: Mapping[str, bool] | None = None,
    preset_basis: str = "",
    route_levels: tuple[str, ...] | None = None,
    group_id: str | None = None,
    tutor_id: str | None = None,
    source: str = "own",
    purpose: CampaignPurpose = CampaignPurpose.DIAGNOSIS,
    trial: bool = False,
) -> Campaign:
    """A draft of a diagnosis at the operator's node; waves and people come next.

    `route_levels`: what may enter a route, the lowest level of the scale unless said. `trial`: its questions
    are tried out, so it may ask versions that are not published yet.
    """
    entering = _route_levels(framework_id, preset, route_levels)
    campaign = Campaign(
        title=_title(title),
        node_id=node_id,
        owner_id=owner_id,
        group_id=group_id,
        tutor_id=tutor_id,
        privacy=privacy,
        visibility=VISIBILITY | dict(visibility or {}),
        framework_id=framework_id,
        method_id=method_id,
        preset=preset,
        preset_basis=" ".join(preset_basis.split()),
        route_levels={"levels": list(entering)},
        source=source,
        purpose=purpose,
        trial=trial,
        created_at=clock.now(),
    )
    session.add(campaign)
    session.flush()
    audit.record(
        "campaign.create", actor_id=actor_id, kind="campaign", object_id=campaign.id, after=_facts(campaign)
    )
    return campaign


def change_campaign(
    campaign_id: str,
    *,
    title: str,
    privacy: Privacy,
    visibility: Mapping[str, bool],
    preset_basis: str,
    tutor_id: str | None,
    actor_id: str | None,
) -> None:
    """Mend a diagnosis. Privacy and who sees what are fixed once it is open: people were told."""
    campaign = living_campaign(campaign_id)
    before = _facts(campaign)
    told = (campaign.privacy, campaign.visibility)
    if campaign.state is not CampaignState.DRAFT and told != (
        privacy,
        campaign.visibility | dict(visibility),
    ):
        raise FieldRefused("privacy_is_told", field="privacy")
    campaign.title = _title(title)
    campaign.privacy = privacy
    campaign.visibility = campaign.visibility | dict(visibility)
    campaign.preset_basis = " ".join(preset_basis.split())
    campaign.tutor_id = tutor_id
    session.flush()
    audit.record(
        "campaign.change",
        actor_id=actor_id,
        kind="campaign",
        object_id=campaign_id,
        before=before,
        after=_facts(campaign),
    )


def add_wave(campaign_id: str, kind: WaveKind, first_day: date, last_day: date, actor_id: str | None) -> Wave:
    """A planned wave; the deadline is 23:59:59 of `last_day` in the zone of the diagnosis' place.

    Raises
    ------
    FieldRefused
        `date_impossible`, `end_before_start`, `window_too_long`, `exit_before_entry`, `wave_kind_taken`.
    """
    campaign = living_campaign(campaign_id)
    zone = zone_of(campaign.node_id)
    opens_at, closes_at = window(first_day, last_day, zone)
    standing = waves_of(campaign_id)
    if any(wave.kind is kind for wave in standing):
        raise FieldRefused("wave_kind_taken", field="kind")
    check_order(kind, opens_at, closes_at, standing)
    wave = Wave(campaign_id=campaign_id, kind=kind, opens_at=opens_at, closes_at=closes_at, zone=zone)
    session.add(wave)
    session.flush()
    audit.record("wave.add", actor_id=actor_id, kind="wave", object_id=wave.id, after=_window(wave))
    return wave


def reschedule_wave(wave_id: str, first_day: date, last_day: date, actor_id: str | None) -> list[str]:
    """New dates of a wave that is not closed; of an open one only the end moves, and its links live on.

    A later end answers everyone who asked for more days; returns their seats.
    """
    wave = locked_wave(wave_id)
    if wave.state is WaveState.CLOSED:
        raise MoveRefused("wave_closed")
    before, ended = _window(wave), wave.closes_at
    opens_at, closes_at = window(first_day, last_day, wave.zone)
    if wave.state is WaveState.OPEN:
        opens_at = wave.opens_at
        if closes_at <= clock.now():
            raise FieldRefused("window_over", field="last_day")
    check_order(
        wave.kind, opens_at, closes_at, [one for one in waves_of(wave.campaign_id) if one.id != wave_id]
    )
    wave.opens_at, wave.closes_at = opens_at, closes_at
    session.flush()
    session.execute(
        sa.update(SeatToken)
        .where(SeatToken.seat_id.in_(sa.select(Seat.id).where(Seat.wave_id == wave_id)))
        .values(expires_at=closes_at)
    )
    audit.record(
        "wave.reschedule",
        actor_id=actor_id,
        kind="wave",
        object_id=wave_id,
        before=before,
        after=_window(wave),
    )
    return answer_askers(wave_id) if closes_at > ended else []


def assign(
    wave_id: str,
    instrument_id: str | None,
    scoring_id: str | None,
    form: str,
    respondent_group: str = "teacher",
    actor_id: str | None = None,
) -> Assignment:
    """What a group of the wave answers; several forms for one group are given out at random, evenly.

    `instrument_id` None: results come from elsewhere, already as points.
    """
    wave = wave_row(wave_id)
    living_campaign(wave.campaign_id)
    if wave.state is not WaveState.PLANNED:
        raise MoveRefused("wave_already_open")
    if instrument_id is not None and form not in {
        one.code for one in catalogue.instrument(instrument_id).forms
    }:
        raise FieldRefused("form_unknown", field="form", form=form)
    assignment = Assignment(
        wave_id=wave_id,
        instrument_id=instrument_id,
        scoring_id=scoring_id,
        form=form,
        respondent_group=respondent_group,
    )
    session.add(assignment)
    session.flush()
    facts = {"instrument": instrument_id, "scoring": scoring_id, "form": form, "group": respondent_group}
    audit.record("wave.assign", actor_id=actor_id, kind="wave", object_id=wave_id, after=facts)
    return assignment


def _title(title: str) -> str:
    clean = " ".join(title.split())
    if not clean:
        raise FieldRefused("title_empty", field="title")
    if len(clean) > LONGEST_TITLE:
        raise FieldRefused("title_too_long", field="title", maximum=LONGEST_TITLE)
    return clean


def _route_levels(framework_id: str, preset: str, said: tuple[str, ...] | None) -> tuple[str, ...]:
    view = catalogue.one(framework_id)
    if view is None or view.kind is not VersionKind.FRAMEWORK:
        raise CampaignError("framework_unknown")
    scale = catalogue.framework(framework_id).scales.get(preset)
    if scale is None:
        raise FieldRefused("preset_unknown", field="preset", preset=preset)
    codes = tuple(level.code for level in scale.levels)
    if said is None:
        return codes[:1]
    if not set(said) <= set(codes):
        raise FieldRefused("route_level_unknown", field="route_levels")
    return said


def _facts(campaign: Campaign) -> Json:
    return {
        "title": campaign.title,
        "privacy": campaign.privacy.value,
        "visibility": campaign.visibility,
        "preset": campaign.preset,
        "preset_basis": campaign.preset_basis,
        "tutor": campaign.tutor_id,
    }


def _window(wave: Wave) -> Json:
    return {"opens": wave.opens_at.isoformat(), "closes": wave.closes_at.isoformat(), "zone": wave.zone}
