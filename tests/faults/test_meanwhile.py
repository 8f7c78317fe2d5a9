"""F9, F16–F18: clocks of devices that go wrong, a queue that is away, a new version, rights taken away."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue import queries as versions
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.models import AnswerEvent, Sitting
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.scoring import Scoring
from tests.faults.trial import Trial, begin
from tests.support.answering import SAMPLES
from tests.support.history import together
from tests.support.postgres import free_port


def brief(seconds: float = 0.7) -> None:
    time.sleep(seconds)


def saved_while(trial: Trial) -> None:
    process = trial.process()
    process.start()
    try:
        together(trial.clients, brief)
    finally:
        process.kill()


def test_devices_whose_clocks_are_a_day_wrong_save_by_the_time_of_the_server(
    sqlite_url: str, tmp_path: Path
) -> None:
    trial = begin(tmp_path, sqlite_url)
    wrong = {one.client: timedelta(hours=24 if place % 2 else -24) for place, one in enumerate(trial.clients)}
    for one in trial.clients:
        one.clock = lambda by=wrong[one.client]: datetime.now(UTC) + by
    saved_while(trial)
    assert trial.judge().refused == 0
    with trial.acting():
        for event in session.scalars(sa.select(AnswerEvent)):
            assert abs(event.at - clock.now()) < timedelta(minutes=5)
            assert event.client_at is not None
            assert abs(event.client_at - event.at - wrong[event.client]) < timedelta(minutes=5)


def test_a_work_is_sent_and_scored_later_although_the_queue_is_away(sqlite_url: str, tmp_path: Path) -> None:
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    trial = begin(tmp_path, sqlite_url, browsers=1, queue_url=nobody)
    process = trial.process()
    process.start()
    try:
        together(trial.clients, brief)
        assert [one.submit() for one in trial.clients] == ["sent"] * len(trial.clients)
    finally:
        process.kill()
    assert all(500 not in one.statuses for one in trial.clients)
    trial.judge()
    with trial.acting():  # the rows are the truth; whoever looks next finds them due
        due = session.scalars(sa.select(Job).where(Job.kind == "findings.score")).all()
        assert len(due) == len(trial.clients)
        assert {one.state for one in due} == {JobState.QUEUED}
        assert jobs.claim(due[0].id, lease=timedelta(minutes=1), attempts=5) is not None


def test_who_answers_stays_on_the_version_that_was_begun(url: str, tmp_path: Path) -> None:
    trial = begin(tmp_path, url)
    with trial.acting():
        pinned = session.scalars(sa.select(Sitting.instrument_id)).all()
        old = {one: versions.instrument(one).model_dump_json() for one in pinned}
    process = trial.process()
    process.start()

    def publish_the_next_version() -> None:
        brief(0.3)
        with trial.acting():
            asked = versions.instrument(pinned[0])
            first = asked.items[1]
            changed = first.model_copy(update={"title": {"ru": "Другое название"}})
            items = tuple(changed if one.code == first.code else one for one in asked.items)
            _publish(asked.model_copy(update={"items": items}))
        brief(0.3)

    try:
        together(trial.clients, publish_the_next_version)
    finally:
        process.kill()
    assert trial.judge().refused == 0
    with trial.acting():
        assert session.scalars(sa.select(Sitting.instrument_id)).all() == pinned
        assert {one: versions.instrument(one).model_dump_json() for one in pinned} == old
        code = versions.instrument(pinned[0]).code
        newest = versions.latest_published(VersionKind.INSTRUMENT, code)
        assert newest is not None
        assert newest.id not in pinned


def _publish(instrument: Instrument) -> None:
    scoring = read_document((SAMPLES / "workshop.scoring.yaml").read_bytes())
    framework = read_document((SAMPLES / "workshop.framework.yaml").read_bytes())
    assert isinstance(scoring, Scoring)
    assert isinstance(framework, Framework)
    catalogue.publish_instrument(instrument, scoring, framework, actor_id=None)


def test_a_key_that_was_taken_away_writes_nothing_more(url: str, tmp_path: Path) -> None:
    trial = begin(tmp_path, url)
    process, sitting_id = trial.process(), trial.clients[0].sitting_id
    moment: list[datetime] = []
    process.start()

    def revoke() -> None:
        brief(0.4)
        with trial.acting():
            sittings.revoke_keys(sitting_id, actor_id=None)
        moment.append(datetime.now(UTC))
        brief(0.4)

    try:
        together(trial.clients, revoke)
    finally:
        process.kill()
    stopped = [one for one in trial.clients if one.sitting_id == sitting_id]
    assert [one.history[-1].code for one in stopped] == ["key_needed"] * len(stopped)
    for one in stopped:  # at most the request that was on its way
        assert all(made.sent[0] <= moment[0] for made in one.history if made.outcome == "ok")
    trial.judge(expected=frozenset({"key_needed"}))
