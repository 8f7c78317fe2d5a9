"""F3: kill -9 of the worker in the middle of scoring: every work is scored once, and nothing is half."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.jobs.models import Job, JobState
from tests.faults.trial import Trial, begin, send_all
from tests.support.worker_process import wait_until, worker

SCORING = "findings.score"


def due(trial: Trial) -> Counter[JobState]:
    with trial.acting():
        return Counter(session.scalars(sa.select(Job.state).where(Job.kind == SCORING)))


def kill_while_scoring(trial: Trial, *, kills: int, people: int, seed: int) -> None:
    """Workers are killed at any moment from their start on; the last one may finish."""
    chance = random.Random(seed)
    for _ in range(kills):
        with worker(trial.environment):
            time.sleep(chance.uniform(0.0, 1.5))
    with worker(trial.environment):
        wait_until(lambda: due(trial)[JobState.DONE] == people)


def scored_once(trial: Trial, people: int) -> None:
    assert due(trial) == {JobState.DONE: people}
    with trial.acting():
        found = session.scalars(sa.select(Finding.sitting_id)).all()
        assert len(found) == len(set(found)) == people
        audited = session.scalars(sa.select(AuditRow.action)).all()
        assert audited.count("sitting.submit") == people


def trial_of(folder: Path, url: str, *, kills: int, people: int, seed: int) -> None:
    trial = begin(folder, url, people=people, browsers=1)
    send_all(trial)
    kill_while_scoring(trial, kills=kills, people=people, seed=seed)
    scored_once(trial, people)


def test_works_are_scored_once_although_the_worker_is_killed(sqlite_url: str, tmp_path: Path) -> None:
    trial_of(tmp_path, sqlite_url, kills=2, people=8, seed=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_works_are_scored_once_although_the_worker_is_killed_thirty_times_in_ten_runs(
    url: str, tmp_path: Path, seed: int
) -> None:
    trial_of(tmp_path, url, kills=3, people=60, seed=seed)
