"""F4: the network is cut, also exactly between the commit and the answer: every answer arrives once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.trial import begin, reseeded
from tests.support.cut import network
from tests.support.history import together
from tests.support.judge import Figures


def cut(folder: Path, url: str, *, seconds: float, down: float, seed: int) -> tuple[Figures, int]:
    """A third of requests and of answers never arrive; in the middle nothing passes for `down` seconds."""
    trial = reseeded(begin(folder, url), seed)
    process = trial.process()
    process.start()
    try:
        with network(process.port, seed) as line:
            for one in trial.clients:
                one.port = line.port
            line.before, line.between = 0.2, 0.3

            def nemesis() -> None:
                time.sleep(seconds / 2)
                line.down = True
                time.sleep(down)
                line.down = False
                time.sleep(seconds / 2)
                line.before = line.between = 0.0

            together(trial.clients, nemesis)
            return trial.judge(), line.cut_between
    finally:
        process.kill()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_committed_without_an_answer_is_recognised_when_it_is_sent_again(
    sqlite_url: str, tmp_path: Path, seed: int
) -> None:
    figures, between = cut(tmp_path, sqlite_url, seconds=2.0, down=0.5, seed=seed)
    assert 0 < figures.recognised <= between  # one answer may be cut off more than once


@pytest.mark.postgres
def test_the_same_holds_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    figures, between = cut(tmp_path, postgres_url, seconds=2.0, down=0.5, seed=4)
    assert 0 < figures.recognised <= between


@pytest.mark.slow
@pytest.mark.parametrize(("down", "seed"), [(5, seed) for seed in range(10)] + [(90, 11)])
def test_a_network_that_is_away_for_long_loses_nothing(
    sqlite_url: str, tmp_path: Path, down: int, seed: int
) -> None:
    figures, _ = cut(tmp_path, sqlite_url, seconds=10.0, down=down, seed=seed)
    assert figures.acknowledged > 0
