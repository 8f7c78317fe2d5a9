"""F2: kill -9 of PostgreSQL during saves: the client is told to try again, and the queue drains when it is back."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.faults.trial import begin, reseeded
from tests.support import postgres
from tests.support.history import together
from tests.support.judge import Figures

pytestmark = pytest.mark.postgres


def kill_the_base(server: postgres.Killable, folder: Path, *, kills: int, seed: int) -> tuple[Figures, float]:
    """The figures, and the longest time from the server's return until all that waited was acknowledged."""
    trial, pause = reseeded(begin(folder, f"{server.address}/postgres"), seed), random.Random(seed)
    process, slowest = trial.process(), 0.0
    process.start()

    def nemesis() -> None:
        nonlocal slowest
        for _ in range(kills):
            time.sleep(pause.uniform(0.3, 0.8))
            server.kill()
            time.sleep(pause.uniform(0.1, 0.6))
            server.start()
            back, waiting = time.monotonic(), [one.history[-1] for one in trial.clients if one.history]
            while any(one.outcome != "ok" for one in waiting) and time.monotonic() - back < 60:
                time.sleep(0.02)
            slowest = max(slowest, time.monotonic() - back)

    try:
        together(trial.clients, nemesis)
    finally:
        process.kill()
    assert all(500 not in one.statuses for one in trial.clients), [one.statuses for one in trial.clients]
    return trial.judge(), slowest


def test_two_kills_of_the_base_lose_nothing_and_are_told_as_try_again(
    killable: postgres.Killable, tmp_path: Path
) -> None:
    figures, drained = kill_the_base(killable, tmp_path, kills=2, seed=5)
    assert figures.sent_again >= 2
    assert drained < 30


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_thirty_kills_of_the_base_in_three_runs_lose_nothing(
    killable: postgres.Killable, tmp_path: Path, seed: int
) -> None:
    figures, drained = kill_the_base(killable, tmp_path, kills=10, seed=seed)
    assert figures.sent_again >= 10
    assert drained < 30
