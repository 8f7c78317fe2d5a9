from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.database import Busy, session
from diagnostics.errors import DomainError
from diagnostics.jobs import actions, queries, transport
from diagnostics.jobs.models import Job, JobState
from diagnostics.jobs.queries import JobView
from diagnostics.outbox import actions as outbox
from diagnostics.outbox.models import Letter, LetterState
from diagnostics.web.messages import sentence
from diagnostics.worker import kinds
from diagnostics.worker.kind import NOTHING, Kind, Outcome, Tell
from reports.render.bounded import EngineStoppedError
from reports.render.pdf import TooLargeError
from tests.support.jobs import run_due, run_one

LEASE = timedelta(seconds=30)


def make_job(**keywords: object) -> str:
    job_id = actions.enqueue("test", "subject", asker_id=None, **keywords).id  # type: ignore[arg-type]
    session.commit()
    return job_id


def test_a_job_is_claimed_by_one_worker_only(in_app: Flask) -> None:
    job_id = make_job()
    assert actions.claim(job_id, lease=LEASE, attempts=5) is not None
    assert actions.claim(job_id, lease=LEASE, attempts=5) is None


def test_a_job_whose_lease_ran_out_is_due_again(in_app: Flask) -> None:
    job_id = make_job()
    actions.claim(job_id, lease=LEASE, attempts=5)
    assert queries.due_ids() == []
    with clock.shifted(timedelta(minutes=1)):
        assert queries.due_ids() == [job_id]
        assert actions.claim(job_id, lease=LEASE, attempts=5) is not None


def test_a_job_is_not_tried_for_ever(in_app: Flask) -> None:
    job_id = make_job()
    actions.claim(job_id, lease=-LEASE, attempts=1)
    assert actions.claim(job_id, lease=LEASE, attempts=1) is None


def test_a_job_that_used_up_its_tries_in_the_middle_is_over_and_says_so(in_app: Flask) -> None:
    lost, running, fresh = make_job(unique_key="one"), make_job(), make_job()
    actions.claim(lost, lease=-LEASE, attempts=1)
    actions.claim(running, lease=LEASE, attempts=1)
    assert actions.give_up(attempts=1) == 1
    session.expire_all()
    states = {job_id: session.get_one(Job, job_id).state for job_id in (lost, running, fresh)}
    assert states == {lost: JobState.FAILED, running: JobState.RUNNING, fresh: JobState.QUEUED}
    assert session.get_one(Job, lost).error == "worker_lost"
    assert make_job(unique_key="one") != lost


def test_what_a_job_left_uncommitted_stands_with_its_end_or_not_at_all(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def writes(job: JobView, _tell: Tell) -> Outcome:
        outbox.write(
            to_address=job.title, subject="s", text="t", about="test", to_person_id=None, sender_id=None
        )
        if job.title == "stopped@example.org":  # by its asker, while it ran
            session.execute(sa.update(Job).where(Job.id == job.id).values(state=JobState.CANCELLED))
        return NOTHING

    monkeypatch.setitem(kinds.KINDS, "test", Kind(writes))
    for title in ("ended@example.org", "stopped@example.org"):
        run_one(in_app, make_job(title=title))
    assert session.scalars(sa.select(Letter.to_address)).all() == ["ended@example.org"]


@pytest.mark.parametrize(
    ("error", "code", "final"),
    [
        (TooLargeError(5000), "document_too_large", True),
        (EngineStoppedError(), "document_stopped", False),
        (RuntimeError(), "unexpected", False),
    ],
)
def test_a_document_that_is_too_large_stays_so_and_an_engine_that_was_stopped_is_tried_again(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, *, final: bool
) -> None:
    def fails(_job: JobView, _tell: Tell) -> Outcome:
        raise error

    monkeypatch.setitem(kinds.KINDS, "test", Kind(fails))
    job_id = make_job()
    run_one(in_app, job_id)
    job = session.get_one(Job, job_id)
    assert (job.error, job.state) == (code, JobState.FAILED if final else JobState.QUEUED)
    assert "%" not in sentence(code, job.error_parameters)


def test_the_same_unique_key_gives_the_standing_job(in_app: Flask) -> None:
    assert make_job(unique_key="one") == make_job(unique_key="one")


def test_a_finished_job_frees_its_unique_key(in_app: Flask) -> None:
    first = make_job(unique_key="one")
    actions.claim(first, lease=LEASE, attempts=5)
    actions.finish(first)
    assert make_job(unique_key="one") != first


def test_the_queue_is_told_after_the_commit_and_never_after_a_rollback(in_app: Flask) -> None:
    told: list[list[str]] = []
    transport.use(told.append)
    try:
        actions.enqueue("test", "subject", asker_id=None)
        session.rollback()
        kept = make_job()
    finally:
        transport.use(None)
    assert told == [[kept]]


def test_per_cent_is_the_share_of_units_done_and_100_only_at_the_end(in_app: Flask) -> None:
    job_id = make_job(stages=["read", "write"])
    actions.claim(job_id, lease=LEASE, attempts=5)
    seen = []
    for done in (0, 1, 3, 4):
        actions.progress(job_id, stage=1, done=done, total=4)
        session.expire_all()
        seen.append(queries.one(job_id).percent)  # type: ignore[union-attr]
    actions.finish(job_id)
    session.expire_all()
    assert [*seen, queries.one(job_id).percent] == [0, 25, 75, 99, 100]  # type: ignore[union-attr]


def test_a_cancelled_job_is_not_run(in_app: Flask) -> None:
    job_id = make_job()
    assert actions.cancel(job_id)
    session.commit()
    assert run_one(in_app, job_id) is False


def test_a_job_that_the_domain_refuses_fails_at_once_with_its_code(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_job: object, _tell: object) -> object:
        raise DomainError("group_too_small")

    monkeypatch.setitem(kinds.KINDS, "test", Kind(refuse))  # type: ignore[arg-type]
    job_id = make_job()
    run_one(in_app, job_id)
    job = queries.one(job_id)
    assert job is not None
    assert (job.state, job.error) == (JobState.FAILED, "group_too_small")


def test_an_accident_is_tried_again_and_then_done_once(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def stumble(_job: object, tell: object) -> object:
        runs.append(1)
        if len(runs) == 1:
            raise OSError("disk")
        return NOTHING

    monkeypatch.setitem(kinds.KINDS, "test", Kind(stumble))  # type: ignore[arg-type]
    job_id = make_job()
    run_one(in_app, job_id)
    assert queries.due_ids() == []  # the pause before the next try
    with clock.shifted(timedelta(minutes=1)):
        run_one(in_app, job_id)
    assert (len(runs), queries.one(job_id).state) == (2, JobState.DONE)  # type: ignore[union-attr]


def test_a_per_cent_that_could_not_be_told_costs_no_work(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_told: object, **_more: object) -> None:
        raise Busy

    def work(_job: object, tell: Tell) -> Outcome:
        tell(0, 1, 2)
        return NOTHING

    monkeypatch.setattr(actions, "progress", busy)
    monkeypatch.setitem(kinds.KINDS, "test", Kind(work))
    job_id = make_job()
    run_one(in_app, job_id)
    assert queries.one(job_id).state == JobState.DONE  # type: ignore[union-attr]


def test_a_missed_heartbeat_is_followed_by_the_next(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    beats, went_on = [], threading.Event()

    def extend(*_told: object, **_more: object) -> bool:
        beats.append(1)
        if len(beats) == 1:
            raise Busy
        went_on.set()
        return True

    def work(_job: object, _tell: Tell) -> Outcome:
        assert went_on.wait(20), "the heart stopped at its first miss"
        return NOTHING

    monkeypatch.setattr(actions, "extend", extend)
    monkeypatch.setitem(kinds.KINDS, "test", Kind(work))
    short = in_app.extensions["orientir"]
    hurried = dataclasses.replace(short, limits=dataclasses.replace(short.limits, job_lease_seconds=0.3))
    monkeypatch.setitem(in_app.extensions, "orientir", hurried)
    job_id = make_job()
    run_one(in_app, job_id)
    assert queries.one(job_id).state == JobState.DONE  # type: ignore[union-attr]


def test_a_letter_without_a_mail_server_lies_in_the_outbox_on_screen(in_app: Flask) -> None:
    outbox.write(
        to_address="a@example.org\r\nBcc: b@example.org",
        subject="Приглашение",
        text="Здравствуйте",
        about="invitation",
        to_person_id=None,
        sender_id=None,
    )
    run_due(in_app)
    letter = session.scalars(sa.select(Letter)).one()
    assert letter.state is LetterState.SHOWN
    assert "\n" not in letter.to_address
    assert session.scalars(sa.select(Job.state)).all() == [JobState.DONE]
