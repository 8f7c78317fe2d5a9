"""Load L1: people begin, save and send on one machine; latencies at the client, errors, and what was lost.

`python -m benchmarks.load [--full] [--highest] [--postgres]`. By default a sixth of the people and fifteen seconds of
saves at the same rates; `--full`: 300 people, 300 starts in 60 s, 40 saves a second for 15 minutes, 300 submits in 30 s.
`--highest`: also the highest rate of saves whose p95 stays within 300 ms. Arrivals follow a timetable and do not wait
for one another; a latency counts from the moment it was due. The clients run on the same two cores as the server.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from typing import Any

import sqlalchemy as sa

from benchmarks._figures import note
from benchmarks._players import SERVE, Door, Field, postgres_field, sqlite_field
from benchmarks._walker import Walker, Wire
from benchmarks._work import answers
from diagnostics.database import db, session, set_reading
from diagnostics.sittings.models import AnswerEvent, Sitting
from tests.support import postgres
from tests.support.answering import event
from tests.support.web_process import WebProcess

FULL = "--full" in sys.argv
HIGHEST = "--highest" in sys.argv
PEOPLE = 300 if FULL else 50
SECONDS = 900.0 if FULL else 15.0
STARTS, SAVES, SUBMITS = 5.0, 40.0, 10.0  # a second
HANDS = 48  # requests that may be on their way at once
SAVE_P95, SAVE_P99, PAGE_P95 = 300.0, 1000.0, 700.0  # ms
LADDER = (60, 90, 120, 160, 200, 250, 300, 350, 400, 500, 600)
RUNG_SECONDS = 6.0


@dataclass
class Person:
    """One browser with its connection and what it was acknowledged."""

    door: Door
    walker: Walker
    sitting: str = ""
    seq: int = 0
    base: int = 0
    acknowledged: dict[int, tuple[str, Any]] = field(default_factory=dict)
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        self.sitting, _page = self.walker.begin(self.door.link, self.door.surname)

    def save(self, turn: int) -> None:
        with self.one_at_a_time:
            item, value = _ANSWERS[turn % len(_ANSWERS)]
            self.seq += 1
            self.base = self.walker.save(
                f"{self.sitting}/events", [event(self.seq, item, value, base=self.base)]
            )
            self.acknowledged[self.seq] = (item, value)

    def submit(self) -> None:
        path, _page = self.walker.open("POST", f"{self.sitting}/submit", "without=yes")
        assert path.endswith("/done"), path


_ANSWERS = list(answers().items())


@dataclass
class Phase:
    """Latencies in milliseconds, and what went wrong."""

    latencies: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def at(self, share: int) -> float:
        return statistics.quantiles(self.latencies, n=100)[share - 1]

    def told(self, name: str) -> str:
        wrong = f", errors {dict(self.errors)}" if self.errors else ", errors 0"
        return (
            f"  {name}: {len(self.latencies)} in all, p50 {self.at(50):.0f} ms, p95 {self.at(95):.0f} ms, "
            f"p99 {self.at(99):.0f} ms{wrong}"
        )


def paced(rate: float, number: int, act: Callable[[int], None]) -> Phase:
    """`number` arrivals, `rate` a second, by the timetable."""
    phase, turns, began = Phase(), count(), time.perf_counter()

    def hand() -> None:
        while (turn := next(turns)) < number:
            due = began + turn / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                act(turn)
            except (OSError, HTTPException, AssertionError) as wrong:
                phase.errors[type(wrong).__name__ + ": " + str(wrong)[:60]] += 1
            phase.latencies.append((time.perf_counter() - due) * 1000)

    hands = [threading.Thread(target=hand) for _ in range(min(HANDS, number))]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    return phase


def run(field_: Field) -> None:
    print(f"\n{field_.name}: {PEOPLE} people")
    process = WebProcess(field_.environment, code=SERVE)
    process.start()
    try:
        people = [Person(door, Walker(Wire(process.port))) for door in field_.doors[:PEOPLE]]
        begun = paced(STARTS, PEOPLE, lambda turn: people[turn].begin())
        print(begun.told(f"starts, {STARTS:.0f} a second, six requests each"))
        saved = paced(SAVES, int(SAVES * SECONDS), lambda turn: people[turn % PEOPLE].save(turn))
        print(saved.told(f"saves, {SAVES:.0f} a second for {SECONDS:.0f} s"))
        if HIGHEST:
            highest(field_, people)
        sent = paced(SUBMITS, PEOPLE, lambda turn: people[turn].submit())
        print(sent.told(f"submits with their receipts, {SUBMITS:.0f} a second"))
    finally:
        process.kill()
    lost, receipts = compared(field_, people)
    acknowledged = sum(len(one.acknowledged) for one in people)
    print(f"  acknowledged {acknowledged}, lost {lost}, receipts {receipts} of {PEOPLE}")
    note(f"load: save p95, {field_.name}", saved.at(95), "ms", goal=SAVE_P95)
    note(f"load: save p99, {field_.name}", saved.at(99), "ms", goal=SAVE_P99)
    note(f"load: submit p95, {field_.name}", sent.at(95), "ms", goal=PAGE_P95)
    note(
        f"load: errors and lost, {field_.name}",
        lost + sum(sum(one.errors.values()) for one in (begun, saved, sent)),
        "",
        goal=0,
    )


def highest(field_: Field, people: list[Person]) -> None:
    """Up the ladder while p95 holds; the last rung that held."""
    held = SAVES
    for rate in LADDER:
        found = paced(rate, int(rate * RUNG_SECONDS), lambda turn: people[turn % len(people)].save(turn))
        if found.errors or found.at(95) > SAVE_P95:
            print(
                f"  at {rate} saves a second p95 is {found.at(95):.0f} ms, errors {sum(found.errors.values())}"
            )
            break
        held = rate
    print(f"  the highest rate with p95 within {SAVE_P95:.0f} ms: {held:.0f} saves a second")
    note(f"load: highest rate, {field_.name}", held, "saves/s")


def compared(field_: Field, people: list[Person]) -> tuple[int, int]:
    """Acknowledged saves that the base does not hold as they were, and works that have a receipt."""
    lost = 0
    with field_.app.app_context():
        set_reading(True)
        for one in people:
            sitting_id = one.sitting.rsplit("/", 1)[1]
            rows = session.execute(
                sa.select(AnswerEvent.seq, AnswerEvent.item, AnswerEvent.value).where(
                    AnswerEvent.sitting_id == sitting_id
                )
            )
            stored = {seq: (item, value) for seq, item, value in rows}
            lost += sum(stored.get(seq) != said for seq, said in one.acknowledged.items())
        receipts = session.scalar(
            sa.select(sa.func.count()).select_from(Sitting).where(Sitting.receipt.is_not(None))
        )
        session.remove()
        db.engine.dispose()
    return lost, receipts or 0


def main() -> None:
    with ExitStack() as stack:
        if "--postgres" not in sys.argv:
            run(stack.enter_context(sqlite_field(0, PEOPLE)))
    if postgres.binaries() is None:
        print("\nPostgreSQL: no server on this machine, left out")
        return
    with ExitStack() as stack:
        run(stack.enter_context(postgres_field(0, PEOPLE)))


if __name__ == "__main__":
    main()
