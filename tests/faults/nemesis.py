"""Everything breaks at once: a seeded choice of faults while thirty devices answer over a line that can be cut."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import Busy, db, session, set_reading
from diagnostics.findings.models import Finding
from diagnostics.identifiers import digest
from diagnostics.jobs.models import Job, JobState
from diagnostics.sittings.models import Sitting, SittingKey, SittingState
from tests.faults.trial import Trial, begin
from tests.support.answering import publish_sample
from tests.support.cut import Network, network
from tests.support.devices import Device, Person
from tests.support.forked import Forked
from tests.support.history import PATIENCE
from tests.support.judge import Figures
from tests.support.postgres import Killable
from tests.support.web_process import WebProcess
from tests.support.worker_process import begin_worker

PAIRS = 15  # of devices: thirty clients
MINUTES = 30  # that a work gives
WORK = 6.0  # seconds, at least, that a pair spends at one work
PAUSE = 0.25  # seconds, on average, between two acts of a device
SCORED = 240.0  # seconds that the worker may take for what was left


def wait_until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.05)


@dataclass
class Worker:
    """The worker as a process of its own; see `tests.support.slow_worker`."""

    environment: dict[str, str]
    _process: Forked | None = None

    def start(self) -> None:
        self._process = begin_worker(self.environment)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@dataclass
class Nemesis:
    """Draws the faults from a shuffled deck, so that each has come before any comes once more."""

    process: WebProcess
    worker: Worker
    line: Network
    app: Flask  # a look into the base from outside
    people: list[Person]
    chance: random.Random
    server: Killable | None = None
    log: list[tuple[float, str]] = field(default_factory=list)

    def act(self, seconds: float) -> None:
        """For so long, once everybody has answered, and until somebody has a receipt."""
        wait_until(lambda: all(one.has_answered for one in self.people))
        began, deck = time.monotonic(), list[Callable[[], None]]()
        while time.monotonic() - began < seconds:
            if not deck:
                deck = self.faults()
                self.chance.shuffle(deck)
            time.sleep(self.chance.uniform(0.3, 1.5))
            fault = deck.pop()
            self.log.append((round(time.monotonic() - began, 1), fault.__name__))
            fault()
        self.sent_at_once()
        wait_until(lambda: any(device.receipts for one in self.people for device in one.devices))

    def faults(self) -> list[Callable[[], None]]:
        found = [
            self.web_killed,
            self.web_killed,
            self.worker_killed,
            self.answers_cut,
            self.line_down,
            self.time_up,
            self.time_up,
            self.sent_at_once,
            self.sent_at_once,
        ]
        return found if self.server is None else [*found, self.base_killed, self.one_of_base_killed]

    def web_killed(self) -> None:
        """F1."""
        self.process.kill()
        time.sleep(self.chance.uniform(0.0, 0.5))
        self.process.start()

    def base_killed(self) -> None:
        """F2."""
        assert self.server is not None
        self.server.kill()
        time.sleep(self.chance.uniform(0.1, 1.0))
        self.server.start()

    def one_of_base_killed(self) -> None:
        """F2, one connection's process only; PostgreSQL throws out all the others."""
        assert self.server is not None
        self.server.kill_one(self.chance)

    def worker_killed(self) -> None:
        """F3."""
        self.worker.kill()
        self.worker.start()

    def answers_cut(self) -> None:
        """F4: between the commit and the answer, and before the server."""
        self.line.before, self.line.between = 0.2, 0.4
        time.sleep(self.chance.uniform(0.5, 2.0))
        self.line.before = self.line.between = 0.0

    def line_down(self) -> None:
        """F4."""
        self.line.down = True
        time.sleep(self.chance.uniform(0.5, 2.0))
        self.line.down = False

    def sent_at_once(self) -> None:
        """F7 and F8: the work of one person is sent by several hands, the other device saves on."""
        open_ones = [one.devices[-1] for one in self.people if one.devices and not one.devices[-1].is_over]
        if open_ones:
            self.chance.choice(open_ones).rush.set()

    def time_up(self) -> None:
        """F8: the minutes of one open work are over, grace included: it began earlier than anybody thought."""
        before = clock.now() - timedelta(minutes=MINUTES + 1)
        for _ in range(20):
            try:
                with self.looking():
                    is_open = Sitting.state == SittingState.OPEN
                    found = session.scalars(sa.select(Sitting.id).where(is_open).order_by(Sitting.id)).all()
                    if found:
                        victim = (Sitting.id == self.chance.choice(found)) & is_open
                        session.execute(sa.update(Sitting).where(victim).values(started_at=before))
                    session.commit()
            except (Busy, sa.exc.DBAPIError):  # the base is away, or all write at once: a moment later
                time.sleep(0.2)
            else:
                return

    @contextmanager
    def looking(self) -> Iterator[None]:
        with self.app.app_context():
            set_reading(False)
            try:
                yield
            finally:
                session.rollback()
                session.remove()

    def heal(self) -> None:
        """Wait until all that was begun is scored; nothing may have been given up."""
        end = time.monotonic() + SCORED
        while True:
            with self.looking():
                states = Counter(session.scalars(sa.select(Job.state).where(Job.kind == "findings.score")))
            if set(states) <= {JobState.DONE}:
                return
            assert JobState.FAILED not in states, states
            assert time.monotonic() < end, states
            time.sleep(0.3)


@dataclass
class Outcome:
    figures: Figures
    faults: Counter[str]
    sittings: int
    submitted: int
    cut_between: int

    def __str__(self) -> str:
        broken = ", ".join(f"{name} {number}" for name, number in sorted(self.faults.items()))
        return (
            f"sittings {self.sittings}, sent {self.submitted}, answers cut off {self.cut_between}\n"
            f"{self.figures}\nfaults: {broken}"
        )


def run(
    folder: Path, url: str, *, seed: int, seconds: float, pairs: int = PAIRS, server: Killable | None = None
) -> Outcome:
    """The whole trial: people, faults, healing, judgement."""
    each = max(2, int(seconds / WORK))
    trial = begin(
        folder, url, people=pairs * each, browsers=0, publish=lambda: publish_sample(time_limit=MINUTES)
    )
    works = _links(trial)
    process, worker = trial.process(), Worker(trial.environment)
    process.start()
    worker.start()
    try:
        with network(process.port, seed) as line:
            people = _people(works, pairs, line.port, seed)
            nemesis = Nemesis(process, worker, line, trial.app(), people, random.Random(seed), server)
            _live(people, lambda: nemesis.act(seconds))
            devices = [device for one in people for device in one.devices]
            for device in devices:
                device.port = process.port
                device.repeat(2)
            nemesis.heal()
            return _judged(trial, nemesis, devices, folder / "history.jsonl")
    finally:
        process.kill()
        worker.kill()


def _links(trial: Trial) -> list[tuple[str, str]]:
    surnames = ["Соколова", "Ёлкин", *(f"Учитель{number}" for number in range(len(trial.place.seats) - 2))]
    with trial.acting():
        links = [f"/i/{campaigns.mint_link(seat_id)}" for seat_id in trial.place.seats]
    return list(zip(links, surnames, strict=True))


def _people(works: list[tuple[str, str]], pairs: int, port: int, seed: int) -> list[Person]:
    """Two devices of each person, with the same works."""
    meetings = [threading.Barrier(2) for _ in range(pairs)]
    return [
        Person(works[place // 2 :: pairs], meetings[place // 2], port, seed * 100 + place, PAUSE)
        for place in range(2 * pairs)
    ]


def _live(people: list[Person], act: Callable[[], None]) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=one.live, args=(stop,), daemon=True) for one in people]
    for thread in threads:
        thread.start()
    try:
        act()
    finally:
        stop.set()
        for one in people:
            one.meeting.abort()
        for thread in threads:
            thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    wrong = [error for one in people for error in one.errors]
    assert not wrong, f"{len(wrong)} devices went wrong, the first: {wrong[0]!r}"


def _judged(trial: Trial, nemesis: Nemesis, devices: list[Device], history: Path) -> Outcome:
    _name(trial, devices)
    _write_down(nemesis, devices, history)
    trial.clients[:] = devices
    print(f"history: {history}")
    figures = trial.judge(expected=frozenset({"attempt_closed", "time_over"}))
    assert [one.statuses for one in devices if 500 in one.statuses] == []
    with nemesis.looking():
        states = Counter(session.scalars(sa.select(Sitting.state)))
        scored = session.scalars(sa.select(Finding.sitting_id)).all()
        assert len(set(scored)) == len(scored) == states[SittingState.SUBMITTED]
    with nemesis.app.app_context():
        db.engine.dispose()
    faults = Counter(name for _, name in nemesis.log)
    return Outcome(
        figures, faults, sum(states.values()), states[SittingState.SUBMITTED], nemesis.line.cut_between
    )


def _name(trial: Trial, devices: list[Device]) -> None:
    """A browser knows only the secret of its key; the base knows the key."""
    app = trial.app()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of the cookie kind
    name = f"{app.config['SESSION_COOKIE_NAME']}="
    with trial.acting():
        keys = {
            row.secret_hash: row.id
            for row in session.execute(sa.select(SittingKey.secret_hash, SittingKey.id))
        }
    for one in devices:
        cookie = next(part for part in one.browser.cookie.split("; ") if part.startswith(name))
        secret = serializer.loads(cookie.removeprefix(name))["sittings"][one.sitting_id]
        one.client = keys[digest(secret)]
        for made in one.history:
            made.client = one.client


def _write_down(nemesis: Nemesis, devices: list[Device], history: Path) -> None:
    """For whoever looks for the reason of a failure: what was asked and told, and which fault came when."""
    with history.open("w") as file:
        for moment, fault in nemesis.log:
            file.write(json.dumps({"fault": fault, "at": moment}) + "\n")
        for one in devices:
            for batch in one.batches:
                row = {
                    "client": one.client,
                    "sitting": one.sitting_id,
                    "sent": [at.isoformat() for made in batch.made[:1] for at in made.sent],
                    "body": batch.body,
                    "answers": batch.answers,
                }
                file.write(json.dumps(row) + "\n")
