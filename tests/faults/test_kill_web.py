"""F1: kill -9 of the web process during saves. No acknowledged answer is lost, a re-send is recognised."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.faults.trial import begin, reseeded
from tests.support.history import together
from tests.support.judge import Figures


def kill_during_saves(folder: Path, url: str, *, kills: int, seed: int) -> Figures:
    trial, pause = reseeded(begin(folder, url), seed), random.Random(seed)
    process = trial.process()
    process.start()

    def kill_again_and_again() -> None:
        for _ in range(kills):
            time.sleep(pause.uniform(0.2, 0.7))
            process.kill()
            process.start()
        time.sleep(0.5)

    try:
        together(trial.clients, kill_again_and_again)
    finally:
        process.kill()
    return trial.judge()


def test_three_kills_lose_no_acknowledged_answer(sqlite_url: str, tmp_path: Path) -> None:
    assert kill_during_saves(tmp_path, sqlite_url, kills=3, seed=7).sent_again >= 3


# Short runs, each with a base of its own: a busy machine starts a process slowly, and each stays within minutes.
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_hundred_kills_in_twenty_runs_lose_no_acknowledged_answer(
    sqlite_url: str, tmp_path: Path, seed: int
) -> None:
    assert kill_during_saves(tmp_path, sqlite_url, kills=5, seed=seed).sent_again >= 5


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(4))
def test_twenty_kills_on_postgresql_in_four_runs_lose_no_acknowledged_answer(
    postgres_url: str, tmp_path: Path, seed: int
) -> None:
    assert kill_during_saves(tmp_path, postgres_url, kills=5, seed=seed).sent_again >= 5
