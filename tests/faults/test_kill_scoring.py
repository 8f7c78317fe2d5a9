"""F3: kill -9 of the worker in the middle of scoring: every work is scored once, and nothing is half."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.jobs.models import Job, JobState
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from tests.conftest import ROOT
from tests.faults.trial import Trial, begin
from tests.support.answering import ANSWERS, again, event, save

SCORING = "findings.score"


def send_all(trial: Trial, secrets: list[tuple[str, str]]) -> None:
    """Everybody answers and sends; their scorings are due."""
    with trial.acting():
        for sitting_id, secret in secrets:
            writing = again(sitting_id, secret)
            save(writing, *(event(seq, item, value) for seq, (item, value) in enumerate(ANSWERS.items(), 1)))
            fresh = reading.writing(sitting_id, secret)
            assert fresh is not None
            sittings.submit(fresh, without_answers=True, limits=Limits())


def due(trial: Trial) -> Counter[JobState]:
    with trial.acting():
        return Counter(session.scalars(sa.select(Job.state).where(Job.kind == SCORING)))


def kill_while_scoring(trial: Trial, *, kills: int, people: int, seed: int) -> None:
    """Workers are killed at any moment from their start on; the last one may finish."""
    chance, environment = random.Random(seed), os.environ | trial.environment | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.support.slow_worker"]
    for number in range(kills + 1):
        worker = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        try:
            assert worker.stderr is not None
            assert worker.stderr.readline() == "ready\n"
            if number < kills:
                time.sleep(chance.uniform(0.0, 1.5))
            else:
                end = time.monotonic() + 120
                while due(trial)[JobState.DONE] < people and time.monotonic() < end:
                    time.sleep(0.3)
        finally:
            worker.kill()
            worker.wait()
            worker.stderr.close()  # type: ignore[union-attr]


def scored_once(trial: Trial, people: int) -> None:
    assert due(trial) == {JobState.DONE: people}
    with trial.acting():
        found = session.scalars(sa.select(Finding.sitting_id)).all()
        assert len(found) == len(set(found)) == people
        audited = session.scalars(sa.select(AuditRow.action)).all()
        assert audited.count("sitting.submit") == people


def trial_of(folder: Path, url: str, *, kills: int, people: int, seed: int) -> None:
    trial = begin(folder, url, people=people, browsers=1)
    send_all(
        trial, [(one.sitting_id, _secret(one.browser.cookie, trial, one.sitting_id)) for one in trial.clients]
    )
    kill_while_scoring(trial, kills=kills, people=people, seed=seed)
    scored_once(trial, people)


def _secret(cookie: str, trial: Trial, sitting_id: str) -> str:
    app = trial.app()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of the cookie kind
    found: str = serializer.loads(cookie.partition("=")[2])["sittings"][sitting_id]
    return found


def test_works_are_scored_once_although_the_worker_is_killed(sqlite_url: str, tmp_path: Path) -> None:
    trial_of(tmp_path, sqlite_url, kills=2, people=8, seed=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_works_are_scored_once_although_the_worker_is_killed_thirty_times_in_ten_runs(
    url: str, tmp_path: Path, seed: int
) -> None:
    trial_of(tmp_path, url, kills=3, people=60, seed=seed)
