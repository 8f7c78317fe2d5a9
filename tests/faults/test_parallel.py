"""F7 and F8: many at once on one sitting: one start, one receipt; a save beside a submit is whole or refused."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Seat, SeatState, Wave
from diagnostics.database import session
from diagnostics.jobs.models import Job
from diagnostics.sittings.models import AnswerEvent, Sitting
from tests.faults.trial import MINUTE, Trial, begin
from tests.support.coming_in import Walk
from tests.support.history import together
from tests.support.judge import Figures

AT_ONCE = 20
SURNAME = "Ёлкин"  # of the second of the world, whom nobody has begun for


def at_once(act: Callable[[int], object], number: int = AT_ONCE) -> list[object]:
    """The same moment for all, as far as threads of one machine can be brought to it."""
    gate = threading.Barrier(number)

    def one(place: int) -> object:
        gate.wait()
        return act(place)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def begin_by_link(port: int, link: str, _place: int) -> str | None:
    """Link, surname, start: the id of the sitting."""
    return Walk(port).begin(link, SURNAME)


def starts_and_submits(trial: Trial, *, rounds: int) -> None:
    """Each round: twenty people's hands on one invitation, then twenty submits of what they began."""
    process = trial.process()
    process.start()
    try:
        for _ in range(rounds):
            with trial.acting():
                link = f"/i/{campaigns.mint_link(trial.place.seats[-1])}"
            begun = at_once(partial(begin_by_link, process.port, link))
            assert len(set(begun)) == 1
            assert begun[0] is not None
            told = at_once(lambda place: trial.clients[place].submit())
            assert told == ["sent"] * AT_ONCE
    finally:
        process.kill()


def counted(trial: Trial) -> tuple[int, int, int]:
    """Sittings, receipts and scorings due."""
    with trial.acting():
        sittings = session.scalar(sa.select(sa.func.count()).select_from(Sitting)) or 0
        receipts = len(set(session.scalars(sa.select(Sitting.receipt).where(Sitting.receipt.is_not(None)))))
        jobs = session.scalar(sa.select(sa.func.count()).select_from(Job).where(Job.kind == "findings.score"))
        return sittings, receipts, jobs or 0


def test_twenty_starts_by_one_invitation_and_twenty_submits_make_one_sitting_and_one_receipt(
    url: str, tmp_path: Path
) -> None:
    trial = begin(tmp_path, url, people=1, browsers=AT_ONCE)
    starts_and_submits(trial, rounds=1)
    assert counted(trial) == (2, 1, 1)  # one begun by the invitation, one sent by twenty hands
    trial.judge()


@pytest.mark.slow
def test_the_same_in_fifty_rounds(url: str, tmp_path: Path) -> None:
    trial = begin(tmp_path, url, people=1, browsers=AT_ONCE)
    starts_and_submits(trial, rounds=50)
    assert counted(trial) == (2, 1, 1)
    trial.judge()


def submits_beside_saves(folder: Path, url: str, *, rounds: int) -> Figures:
    """In each round four people save without a pause on one device and send the work from another."""
    trial = begin(folder, url, people=4 * rounds, browsers=2)
    process = trial.process(threads=16)
    process.start()
    saving, sending = trial.clients[::2], trial.clients[1::2]
    try:
        for seed in range(rounds):
            pause, now = random.Random(seed), slice(4 * seed, 4 * seed + 4)

            def nemesis(pause: random.Random = pause, now: slice = now) -> None:
                time.sleep(pause.uniform(0.1, 0.6))
                assert at_once(lambda place: sending[now][place].submit(), 4) == ["sent"] * 4
                time.sleep(0.2)

            together(saving[now], nemesis)
    finally:
        process.kill()
    ends = [one.history[-1] for one in saving]
    assert {(made.outcome, made.code) for made in ends} == {("fail", "attempt_closed")}
    # The judge sees that each receipt is over the answers that stand, and that no event came after it.
    return trial.judge(expected=frozenset({"attempt_closed"}))


def test_a_save_beside_a_submit_is_wholly_before_it_or_refused(url: str, tmp_path: Path) -> None:
    assert submits_beside_saves(tmp_path, url, rounds=3).refused == 12


@pytest.mark.slow
def test_two_hundred_works_sent_beside_saves(url: str, tmp_path: Path) -> None:
    assert submits_beside_saves(tmp_path, url, rounds=50).refused == 200


def test_a_save_beside_the_end_of_the_time_is_wholly_before_it_or_refused(url: str, tmp_path: Path) -> None:
    trial = begin(tmp_path, url, people=2, browsers=2)
    process = trial.process()
    process.start()

    def nemesis() -> None:
        time.sleep(0.5)
        with trial.acting():  # with the grace of half a minute: the end was a moment ago
            wave = session.get_one(Wave, trial.place.wave_id)
            wave.closes_at = clock.now() - MINUTE
        time.sleep(0.5)

    try:
        together(trial.clients, nemesis)
    finally:
        process.kill()
    refused = [made for one in trial.clients for made in one.history if made.outcome == "fail"]
    assert {made.code for made in refused} == {"time_over"}
    assert len(refused) == len(trial.clients)
    trial.judge(expected=frozenset({"time_over"}))
    with trial.acting():
        assert session.scalar(sa.select(sa.func.count()).select_from(AnswerEvent)) == sum(
            made.outcome == "ok" for one in trial.clients for made in one.history
        )
        assert session.scalars(sa.select(Seat.state)).all().count(SeatState.STARTED) == 2
