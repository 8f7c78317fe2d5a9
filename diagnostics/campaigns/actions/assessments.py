"""A school's self-assessment from its launch: the groups asked, the dates, the sheet of the administration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.circles import add_circle, issue
from diagnostics.campaigns.actions.drafting import add_wave, assign, create_campaign
from diagnostics.campaigns.actions.loading import living_campaign, wave_row
from diagnostics.campaigns.actions.running import open_wave
from diagnostics.campaigns.circle_models import CircleWay, SheetDeclaration
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Campaign, CampaignPurpose, Privacy, WaveKind, WaveState
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing

SHEET, TEACHER, PUPIL, PARENT = GROUPS = ("sheet", "teacher", "pupil", "parent")
FEWEST_ON_SHEET, MOST_ON_SHEET = 2, 4
LONGEST_POSITION = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One circle as the launcher names it. The form that a group answers has the group's own code."""

    respondent_group: str
    expected: int
    way: CircleWay
    label: str = ""


def launch(
    *,
    school_id: str,
    title: str,
    work_id: str,
    asked: Sequence[Asked],
    first_day: date,
    last_day: date,
    secret: str,
    actor_id: str,
) -> Campaign:
    """Everything at once: the self-assessment, its circles with their secrets, the collection open.

    `secret` is the installation's key. Circles of nobody are left out.

    Raises
    ------
    FieldRefused
        `nobody_asked` and those of `add_wave`, `add_circle`.
    """
    living = [one for one in asked if one.expected]
    if not any(one.way is not CircleWay.SHEET for one in living):
        raise FieldRefused("nobody_asked", field="teachers")
    scored = catalogue.scoring_of(work_id)
    if scored is None:
        raise Missing
    campaign = _campaign(school_id, title, scored.id, actor_id)
    wave = add_wave(campaign.id, WaveKind.SURVEY, first_day, last_day, actor_id)
    for group in dict.fromkeys(one.respondent_group for one in living):
        assign(wave.id, work_id, scored.id, group, group, actor_id)
    for one in living:
        circle = add_circle(
            wave.id,
            school_id=school_id,
            respondent_group=one.respondent_group,
            expected=one.expected,
            way=one.way,
            label=one.label,
            actor_id=actor_id,
        )
        if one.way is not CircleWay.SHEET:
            issue(circle.id, secret=secret, actor_id=actor_id)
    open_wave(wave.id, actor_id)
    return campaign


def declare_sheet(
    wave_id: str, *, people: Sequence[str], agreed_on: date, actor_id: str | None
) -> SheetDeclaration:
    """Who agreed on the sheet, by position, and when; mended as long as answers are collected.

    Raises
    ------
    FieldRefused
        `sheet_people_number` (two to four), `position_too_long`, `agreed_in_future`.
    """
    wave = wave_row(wave_id)
    living_campaign(wave.campaign_id)
    if wave.state is not WaveState.OPEN:
        raise MoveRefused("wave_closed")
    names = [clean for one in people if (clean := " ".join(one.split()))]
    _check_sheet(names, agreed_on, clock.local(clock.now(), wave.zone).date())
    declared = session.merge(
        SheetDeclaration(
            wave_id=wave_id,
            people={"names": names},
            agreed_on=agreed_on,
            recorded_by=actor_id,
            recorded_at=clock.now(),
        )
    )
    session.flush()
    after = [*names, agreed_on.isoformat()]
    audit.record("wave.declare_sheet", actor_id=actor_id, kind="wave", object_id=wave_id, after=after)
    return declared


def _campaign(school_id: str, title: str, scoring_id: str, actor_id: str) -> Campaign:
    scoring = catalogue.scoring(scoring_id)
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, scoring.framework)
    methods = catalogue.published(VersionKind.METHOD)
    if framework is None or not methods:
        raise Missing
    return create_campaign(
        title=title,
        node_id=school_id,
        owner_id=actor_id,
        framework_id=framework.id,
        method_id=methods[0].id,
        preset=scoring.preset,
        privacy=Privacy.ANONYMOUS,
        visibility={"levels_to_tutor": False, "levels_to_school": False},
        route_levels=(),
        purpose=CampaignPurpose.SELF_ASSESSMENT,
        actor_id=actor_id,
    )


def _check_sheet(names: list[str], agreed_on: date, today: date) -> None:
    if not FEWEST_ON_SHEET <= len(names) <= MOST_ON_SHEET:
        raise FieldRefused("sheet_people_number", field="people", fewest=FEWEST_ON_SHEET, most=MOST_ON_SHEET)
    if any(len(name) > LONGEST_POSITION for name in names):
        raise FieldRefused("position_too_long", field="people", most=LONGEST_POSITION)
    if agreed_on > today:
        raise FieldRefused("agreed_in_future", field="agreed_on")
