"""F1–F8 at once: thirty devices of fifteen people answer, change, repeat and send, and whatever can break does.

A seed fixes the order of faults and their pauses, and for each device what it does next, which answers it gives and
how long it waits; so a run can be repeated in kind. It does not fix how threads and processes interleave, which
request a kill hits, or which work runs out of time (the ids of sittings are random), so a failure that hangs on a
moment may need several runs of its seed. The file `history.jsonl`, whose place is printed, tells what every device
asked, what it was told each time, and which fault came when.

`make test-slow` runs the seeds below for a minute each. At night: ORIENTIR_NEMESIS_SECONDS=180 ORIENTIR_NEMESIS_SEEDS=20
take more (docs/operations.md). A seed that ever failed goes into KEPT, with the reason.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.nemesis import Outcome, run
from tests.support import postgres

SECONDS = float(os.environ.get("ORIENTIR_NEMESIS_SECONDS", "60"))
SEEDS = int(os.environ.get("ORIENTIR_NEMESIS_SEEDS", "5"))
SEEDS_OF_POSTGRES = int(os.environ.get("ORIENTIR_NEMESIS_SEEDS", "3"))
KEPT: tuple[int, ...] = ()


def seeds(number: int) -> list[int]:
    return [*range(1, number + 1), *(seed for seed in KEPT if seed > number)]


def told(seed: int, outcome: Outcome) -> None:
    print(f"seed {seed}: {outcome}")
    assert outcome.figures.acknowledged > 0
    assert outcome.figures.same > 0
    assert outcome.submitted > 0


def test_whatever_breaks_nothing_is_lost(sqlite_url: str, tmp_path: Path) -> None:
    told(7, run(tmp_path, sqlite_url, seed=7, seconds=8))


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(SEEDS))
def test_whatever_breaks_for_long_nothing_is_lost(sqlite_url: str, tmp_path: Path, seed: int) -> None:
    told(seed, run(tmp_path, sqlite_url, seed=seed, seconds=SECONDS))


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("seed", seeds(SEEDS_OF_POSTGRES))
def test_whatever_breaks_on_postgresql_nothing_is_lost(
    killable: postgres.Killable, tmp_path: Path, seed: int
) -> None:
    url = f"{killable.address}/postgres"
    told(seed, run(tmp_path, url, seed=seed, seconds=SECONDS, server=killable))
