"""Waves keep their own dates: closed after the deadline, opened on the first day, each once."""

from __future__ import annotations

import contextvars
import threading
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.models import CampaignState, Wave, WaveState
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.jobs.models import Job, JobState
from diagnostics.worker.periodic import CLOSE, OPEN, Periodic
from diagnostics.worker.run import run_job
from tests.support import assessment, make
from tests.support.diagnosis import Scene
from tests.support.jobs import run_due

ME = None
LIMITS = Limits()
GRACE = timedelta(hours=LIMITS.wave_close_grace_hours)


@pytest.mark.parametrize(
    ("after_deadline", "state"),
    [
        (timedelta(seconds=-1), WaveState.OPEN),
        (timedelta(seconds=1), WaveState.OPEN),
        (GRACE - timedelta(seconds=1), WaveState.OPEN),
        (GRACE, WaveState.CLOSED),
        (GRACE + timedelta(days=30), WaveState.CLOSED),
    ],
)
def test_a_wave_closes_itself_after_the_deadline_and_the_grace(
    scene: Scene, in_app: Flask, after_deadline: timedelta, state: WaveState
) -> None:
    _open_entry(scene)
    look(in_app, _wave(scene.entry).closes_at + after_deadline)
    assert _wave(scene.entry).state is state


def test_the_system_closes_it_as_an_organiser_would(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    moment = _wave(scene.entry).closes_at + GRACE
    look(in_app, moment)
    wave = _wave(scene.entry)
    assert (wave.closed_at, wave.closed_by) == (moment, None)
    rows = session.scalars(sa.select(AuditRow).where(AuditRow.action == "wave.close")).all()
    assert [(row.object_id, row.actor_id) for row in rows] == [(scene.entry, None)]
    asked = session.scalars(sa.select(Job).where(Job.kind == "findings.calibrate")).all()
    assert [job.subject_id for job in asked] == [scene.entry]


def test_looking_again_and_again_closes_it_once(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    moment = _wave(scene.entry).closes_at + GRACE
    for minutes in (0, 1, 2, 200):
        look(in_app, moment + timedelta(minutes=minutes))
    assert _count(AuditRow, AuditRow.action == "wave.close") == 1
    assert _count(Job, Job.kind == CLOSE) == 1


def test_two_workers_at_once_close_it_once(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    moment = _wave(scene.entry).closes_at + GRACE
    # Two jobs about one wave, as two sweepers could leave them after a crash.
    for key in ("one", "two"):
        session.add(
            Job(
                kind=CLOSE,
                subject_id=scene.entry,
                asker_id=None,
                title="",
                parameters={},
                stages={"names": []},
                lease_until=clock.now(),
                unique_key=key,
                created_at=clock.now(),
            )
        )
    session.commit()
    ids = list(session.scalars(sa.select(Job.id).where(Job.kind == CLOSE)))
    session.rollback()

    def work(job_id: str) -> None:
        with clock.frozen(moment):
            run_job(in_app, job_id)

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(work, job_id)) for job_id in ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    session.expire_all()
    assert _count(AuditRow, AuditRow.action == "wave.close") == 1
    states = set(session.scalars(sa.select(Job.state).where(Job.kind == CLOSE)))
    assert states == {JobState.DONE}


def test_two_sweepers_leave_one_job(scene: Scene) -> None:
    _open_entry(scene)
    with clock.frozen(_wave(scene.entry).closes_at + GRACE):
        for _ in range(2):
            Periodic(LIMITS).enqueue()
    assert _count(Job, Job.kind == CLOSE) == 1


def test_a_wave_prolonged_after_the_job_was_made_stays_open(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    moment = _wave(scene.entry).closes_at + GRACE
    with clock.frozen(moment):
        Periodic(LIMITS).enqueue()
        actions.reschedule_wave(scene.entry, date(2026, 11, 20), date(2026, 12, 20), ME)
        run_due(in_app)
    assert _wave(scene.entry).state is WaveState.OPEN


def test_closing_by_hand_before_leaves_nothing_to_the_system(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    actions.close_wave(scene.entry, scene.trainer.id)
    look(in_app, _wave(scene.entry).closes_at + GRACE)
    assert _wave(scene.entry).closed_by == scene.trainer.id
    assert _count(Job, Job.kind == CLOSE) == 0


def test_the_last_wave_closed_by_the_system_ends_the_diagnosis(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    actions.close_wave(scene.entry, ME)
    actions.open_wave(scene.exit, ME)
    look(in_app, _wave(scene.exit).closes_at + GRACE)
    assert queries.campaign(scene.campaign_id).state is CampaignState.CLOSED


def test_a_diagnosis_called_off_is_left_alone(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    actions.withdraw(scene.campaign_id, ME)
    look(in_app, _wave(scene.entry).closes_at + GRACE)
    assert _wave(scene.entry).state is WaveState.OPEN
    assert not actions.close_overdue(scene.entry, LIMITS)


def test_the_exit_opens_itself_on_its_first_day(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)
    actions.close_wave(scene.entry, ME)
    first = _wave(scene.exit).opens_at
    look(in_app, first - timedelta(seconds=1))
    assert _wave(scene.exit).state is WaveState.PLANNED
    look(in_app, first)
    assert _wave(scene.exit).state is WaveState.OPEN
    assert _count(AuditRow, AuditRow.action == "wave.open", AuditRow.actor_id.is_(None)) == 2


def test_an_exit_that_is_not_ready_waits_without_filling_the_queue(scene: Scene, in_app: Flask) -> None:
    _open_entry(scene)  # and it stays open: the exit cannot begin
    actions.reschedule_wave(scene.entry, date(2026, 11, 20), date(2027, 1, 31), ME)
    look(in_app, _wave(scene.exit).opens_at)
    assert _wave(scene.exit).state is WaveState.PLANNED
    assert _count(Job, Job.kind == OPEN) == 0
    assert not actions.open_due(scene.exit)


def test_a_draft_is_never_launched_for_its_organiser(scene: Scene, in_app: Flask) -> None:
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), ME)
    look(in_app, _wave(scene.entry).opens_at + timedelta(hours=1))
    assert queries.campaign(scene.campaign_id).state is CampaignState.DRAFT
    assert _wave(scene.entry).state is WaveState.PLANNED


def test_a_self_assessment_of_a_school_closes_itself_too(in_app: Flask) -> None:
    with clock.frozen(assessment.TODAY):
        school = assessment.scene(expected={assessment.PARENT: 5})
        session.commit()
    look(in_app, _wave(school.wave_id).closes_at + GRACE)
    assert _wave(school.wave_id).state is WaveState.CLOSED


def look(app: Flask, moment: datetime) -> None:
    """One look of a sweeper at this moment, and the work that it finds."""
    with clock.frozen(moment):
        Periodic(LIMITS).enqueue()
        run_due(app)


def _wave(wave_id: str) -> Wave:
    session.expire_all()
    return session.get_one(Wave, wave_id)


def _count(table: type[AuditRow | Job], *conditions: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0


def _open_entry(scene: Scene) -> None:
    actions.seat_audience(scene.campaign_id, make.people(1, scene.school), ME)
    actions.open_wave(scene.entry, ME)
    session.commit()
