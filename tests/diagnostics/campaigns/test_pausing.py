"""A pause of an open wave: who may when, what it changes and what it leaves, once however many press."""

from __future__ import annotations

import contextvars
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions, queries
from diagnostics.campaigns.actions.pausing import LONGEST_REASON
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Wave, WaveState
from diagnostics.campaigns.queries import seats
from diagnostics.config import Limits
from diagnostics.database import session, set_reading
from diagnostics.errors import FieldRefused, Missing
from tests.support import diagnosis, make
from tests.support.diagnosis import Scene

ME = None
LIMITS = Limits()


@pytest.fixture
def opened(scene: Scene) -> str:
    """The open entry wave with one person."""
    return open_entry(scene)


def open_entry(scene: Scene) -> str:
    person = make.person("Соколова Анна Петровна", at=scene.school)
    actions.seat_people(scene.entry, [person.id], ME)
    actions.open_wave(scene.entry, ME)
    return scene.entry


def row(wave_id: str) -> Wave:
    return session.get_one(Wave, wave_id, populate_existing=True)


def audited(wave_id: str) -> list[str]:
    rows = sa.select(AuditRow.action).where(AuditRow.object_id == wave_id).order_by(AuditRow.number)
    return [action for action in session.scalars(rows) if action in ("wave.pause", "wave.resume")]


def test_a_pause_is_told_with_its_moment_and_its_reason(scene: Scene, opened: str) -> None:
    actions.pause_wave(opened, scene.trainer.id, reason="  Нет связи,\n ждём до 15:00 ")
    view = queries.wave_of(opened)[1]
    seat = seats.seats_of_wave(opened)[0]
    told = (diagnosis.TODAY, "Нет связи, ждём до 15:00")
    assert (view.state, view.paused_at, view.pause_reason) == (WaveState.OPEN, *told)
    assert (seat.paused_at, seat.pause_reason) == told
    assert audited(opened) == ["wave.pause"]


def test_resuming_leaves_nothing_but_the_two_audit_rows(scene: Scene, opened: str) -> None:
    closes_at = row(opened).closes_at
    actions.pause_wave(opened, ME, reason="Эвакуация")
    actions.resume_wave(opened, scene.trainer.id)
    assert (row(opened).paused_at, row(opened).pause_reason) == (None, "")
    assert row(opened).closes_at == closes_at
    assert audited(opened) == ["wave.pause", "wave.resume"]


@pytest.mark.parametrize(
    ("before", "act", "code"),
    [
        ("planned", "pause", "wave_not_open"),
        ("planned", "resume", "wave_not_paused"),
        ("open", "resume", "wave_not_paused"),
        ("paused", "pause", "wave_already_paused"),
        ("over", "pause", "wave_time_over"),
        ("closed", "pause", "wave_not_open"),
        ("closed", "resume", "wave_not_paused"),
        ("withdrawn", "pause", "campaign_over"),
        ("withdrawn", "resume", "campaign_over"),
    ],
)
def test_what_cannot_be_done_now_is_refused(scene: Scene, before: str, act: str, code: str) -> None:
    wave_id, moment = scene.entry, diagnosis.TODAY
    if before != "planned":
        open_entry(scene)
    if before == "paused":
        actions.pause_wave(wave_id, ME)
    if before == "over":
        moment = row(wave_id).closes_at
    if before == "closed":
        actions.close_wave(wave_id, ME)
    if before == "withdrawn":
        actions.withdraw(scene.campaign_id, ME)
    with clock.frozen(moment), pytest.raises(MoveRefused) as refused:
        (actions.pause_wave if act == "pause" else actions.resume_wave)(wave_id, ME)
    assert refused.value.code == code


def test_a_reason_may_fill_a_line_and_no_more(opened: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        actions.pause_wave(opened, ME, reason="ж" * (LONGEST_REASON + 1))
    assert (refused.value.code, refused.value.field) == ("pause_reason_too_long", "reason")
    actions.pause_wave(opened, ME, reason="ж" * LONGEST_REASON)


def test_an_unknown_wave_is_missing(scene: Scene) -> None:
    for act in (actions.pause_wave, actions.resume_wave):
        with pytest.raises(Missing):
            act("00000000000000", ME)


def test_a_paused_wave_can_be_prolonged(scene: Scene, opened: str) -> None:
    actions.pause_wave(opened, ME)
    later = clock.local(row(opened).closes_at, row(opened).zone).date() + timedelta(days=3)
    actions.reschedule_wave(opened, diagnosis.ENTRY[0], later, ME)
    assert row(opened).paused_at == diagnosis.TODAY
    assert clock.local(row(opened).closes_at, row(opened).zone).date() == later


@pytest.mark.parametrize("by", ["organiser", "deadline"])
def test_a_paused_wave_closes_as_any_other_and_is_paused_no_more(opened: str, by: str) -> None:
    actions.pause_wave(opened, ME, reason="Нет связи")
    if by == "organiser":
        actions.close_wave(opened, ME)
    else:
        grace = timedelta(hours=LIMITS.wave_close_grace_hours)
        with clock.frozen(row(opened).closes_at + grace):
            assert actions.close_overdue(opened, LIMITS)
    closed = row(opened)
    assert (closed.state, closed.paused_at, closed.pause_reason) == (WaveState.CLOSED, None, "")


@pytest.mark.parametrize("act", ["pause", "resume"])
def test_pressed_by_many_at_once_it_happens_once(app: Flask, act: str) -> None:
    with app.app_context():
        set_reading(False)
        wave_id = open_entry(diagnosis.scene())
        if act == "resume":
            actions.pause_wave(wave_id, ME)
        session.commit()
        session.remove()

    def press() -> str:
        with app.app_context():
            set_reading(False)
            try:
                (actions.pause_wave if act == "pause" else actions.resume_wave)(wave_id, ME)
                session.commit()
            except MoveRefused as refused:
                return refused.code
            finally:
                session.remove()
            return "done"

    with ThreadPoolExecutor(6) as pool:
        done = [
            one.result() for one in [pool.submit(contextvars.copy_context().run, press) for _ in range(6)]
        ]
    other = "wave_already_paused" if act == "pause" else "wave_not_paused"
    assert sorted(done) == sorted(["done"] + [other] * 5)
    with app.app_context():
        assert audited(wave_id)[-1:] == [f"wave.{act}"]
        assert audited(wave_id).count(f"wave.{act}") == 1
