"""Clarifying tasks and counts of leaving the page: off unless said, fixed once people were told, for tests only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Campaign, Wave, WaveKind
from diagnostics.campaigns.queries import campaign as view
from diagnostics.campaigns.queries.clarifying import clarify_by
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.findings.queries.clarifying import stage_clarifying
from tests.support import diagnosis, make
from tests.support.calibrations import publish_calibration
from tests.support.diagnosis import Scene

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def scene(in_app: Flask) -> Scene:
    return diagnosis.scene()


def conduct(scene: Scene, most: int = 0, *, watch: bool = False) -> None:
    campaigns.set_conduct(scene.campaign_id, clarify_most=most, watch=watch, actor_id=scene.trainer.id)


def row(scene: Scene) -> Campaign:
    return session.get_one(Campaign, scene.campaign_id)


def open_entry(scene: Scene) -> Wave:
    campaigns.seat_people(scene.entry, make.people(1, scene.school), scene.trainer.id)
    campaigns.open_wave(scene.entry, scene.trainer.id)
    return session.get_one(Wave, scene.entry)


def reason(scene: Scene) -> str | None:
    found = view(scene.campaign_id)
    wave = found.wave(WaveKind.ENTRY)
    assert wave is not None
    return stage_clarifying(found, wave).reason


def test_both_are_off_unless_said(scene: Scene) -> None:
    assert (row(scene).clarify_most, row(scene).watch) == (0, False)


def test_what_was_said_is_kept_and_audited(scene: Scene) -> None:
    conduct(scene, 6, watch=True)
    assert (row(scene).clarify_most, row(scene).watch) == (6, True)
    assert session.query(AuditRow).filter_by(action="campaign.conduct").count() == 1


@pytest.mark.parametrize("most", [-1, 13])
def test_impossible_numbers_are_refused(scene: Scene, most: int) -> None:
    with pytest.raises(FieldRefused, match="clarify_impossible"):
        conduct(scene, most)


def test_nothing_changes_once_people_were_told(scene: Scene) -> None:
    open_entry(scene)
    conduct(scene)  # the same again is no change
    with pytest.raises(FieldRefused, match="conduct_is_told"):
        conduct(scene, watch=True)


def test_a_stage_pins_the_newest_calibration_when_it_opens(scene: Scene) -> None:
    asked, scored = make.work()
    publish_calibration(asked, scored, persons=60)
    publish_calibration(asked, scored, persons=150)
    conduct(scene, 6)
    wave = open_entry(scene)
    assert wave.clarify_id == clarify_by([scored], row(scene).method_id).calibration_id
    later = publish_calibration(asked, scored, persons=500)
    assert wave.clarify_id != later


def test_a_stage_without_them_pins_nothing(scene: Scene) -> None:
    publish_calibration(*make.work())
    assert open_entry(scene).clarify_id is None


@pytest.mark.parametrize(("persons", "expected"), [(0, "none"), (60, "small")])
def test_the_organiser_is_told_why_not(scene: Scene, persons: int, expected: str) -> None:
    if persons:
        publish_calibration(*make.work(), persons=persons)
    conduct(scene, 6)
    assert reason(scene) == expected
    open_entry(scene)
    assert reason(scene) in (expected, "not_pinned")


def test_a_form_that_the_exit_gives_leaves_nothing_free(scene: Scene) -> None:
    publish_calibration(*make.work())
    conduct(scene, 6)
    assert reason(scene) == "no_free"


def test_where_no_stage_is_to_come_the_other_form_is_free(scene: Scene) -> None:
    asked, scored = make.work()
    publish_calibration(asked, scored)
    alone = make.campaign(
        scene.trainer,
        scene.institute,
        entry=(clock.now().date(), clock.now().date() + timedelta(days=5)),
    )
    campaigns.set_conduct(alone.id, clarify_most=6, watch=False, actor_id=None)
    found = view(alone.id)
    wave = found.wave(WaveKind.ENTRY)
    assert wave is not None
    stage = stage_clarifying(found, wave)
    assert stage.reason is None
    assert all(one.number >= 3 for one in stage.free)
