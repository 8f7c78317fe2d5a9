"""F16: the engine of PDF hangs: it is ended by its time, the job fails in words, and the jobs after it run.

The hang is real: every engine that the worker starts is stopped (SIGSTOP) in the middle of what it does.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.web.messages import sentence
from tests.faults.trial import Trial, begin, send_all
from tests.support.history import together
from tests.support.worker_process import engines_of, lives, wait_until, worker

MOST_TRIES = 5
HURRY = {"ENGINE_SECONDS": "1", "JOB_PAUSE": "0.1"}


@contextmanager
def every_engine_stopped(pid: int) -> Iterator[set[int]]:
    """The ids of those that were stopped."""
    done, stopped = threading.Event(), set[int]()

    def stop() -> None:
        while not done.wait(0.05):
            for engine in engines_of(pid):
                with suppress(ProcessLookupError):
                    os.kill(engine, signal.SIGSTOP)
                    stopped.add(engine)

    thread = threading.Thread(target=stop)
    thread.start()
    try:
        yield stopped
    finally:
        done.set()
        thread.join()


def ask_for_a_report(trial: Trial) -> str:
    with trial.acting():
        found = session.scalars(sa.select(Finding)).first()
        assert found is not None
        asked = jobs.enqueue(
            "reporting.person", found.id, asker_id=found.person_id, parameters={"format": "pdf"}
        )
        return asked.id


def job(trial: Trial, job_id: str) -> Job:
    with trial.acting():
        found = session.get_one(Job, job_id)
        session.expunge(found)
        return found


def is_over(trial: Trial, job_id: str) -> bool:
    return job(trial, job_id).state in (JobState.DONE, JobState.FAILED)


def hang(folder: Path, url: str) -> None:
    trial = begin(folder, url, people=4, browsers=1)
    answering, trial.clients = trial.clients[2:], trial.clients[:2]
    send_all(trial)
    trial.run_due()
    everybody, trial.clients = len(trial.place.people), answering
    asked, process = ask_for_a_report(trial), trial.process()
    process.start()
    try:
        with worker(trial.environment | HURRY) as one, every_engine_stopped(one.pid) as stopped:
            together(answering, lambda: wait_until(lambda: job(trial, asked).attempts > 1))
            assert [client.submit() for client in answering] == ["sent"] * len(answering)
            wait_until(lambda: scored(trial) == everybody)
            wait_until(lambda: is_over(trial, asked))
        wait_until(lambda: not any(map(lives, stopped)))
    finally:
        process.kill()
    assert len(stopped) >= MOST_TRIES
    failed_in_words(trial, job(trial, asked))
    the_next_is_printed(trial)
    trial.judge()


def scored(trial: Trial) -> int:
    with trial.acting():
        return session.scalar(sa.select(sa.func.count()).select_from(Finding)) or 0


def failed_in_words(trial: Trial, failed: Job) -> None:
    assert (failed.state, failed.error, failed.attempts) == (JobState.FAILED, "document_stopped", MOST_TRIES)
    with trial.app().test_request_context():
        assert "её остановили" in sentence(str(failed.error))
    with trial.acting():
        assert session.scalars(sa.select(StoredFile)).all() == []


def the_next_is_printed(trial: Trial) -> None:
    asked = ask_for_a_report(trial)
    with worker(trial.environment):
        wait_until(lambda: is_over(trial, asked))
    assert job(trial, asked).state is JobState.DONE


def test_an_engine_that_hangs_is_ended_and_nobody_else_waits_for_it(sqlite_url: str, tmp_path: Path) -> None:
    hang(tmp_path, sqlite_url)


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(10))
def test_the_same_ten_times_on_both_bases(url: str, tmp_path: Path, round_: int) -> None:
    hang(tmp_path, url)
