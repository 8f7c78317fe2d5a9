"""Core-milliseconds of a whole sitting, application and database: link, start, thirty answers, check, receipt.

`python -m benchmarks.sitting [--quick]`. Every answer is acknowledged and durable; real pages, session, CSRF. Three
ways: saves in batches, every answer alone, without script. The steps are measured straight through WSGI (the least of
the sittings: neighbours on a shared machine only ever add), the whole over HTTP with a real server process. Beside
each sitting runs one of a bare Flask application with one table on SQLite and nothing else: the floor.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import sqlalchemy as sa

from benchmarks._figures import note
from benchmarks._players import SERVE, Door, Field, postgres_cpu, postgres_field, sqlite_field
from benchmarks._sketch import SKETCH, sketch_sitting
from benchmarks._walker import Straight, Walker, Wire
from benchmarks._work import answers
from diagnostics.database import db
from diagnostics.web.settling import settle
from tests.support import postgres
from tests.support.web_process import WebProcess

QUICK = "--quick" in sys.argv
SITTINGS = 4 if QUICK else 12
WARM = 2  # templates and statements are compiled once a process
# Over HTTP each of eight threads meets each page for the first time: a server that has just begun costs twice as much.
WARM_SERVER = 4 if QUICK else 24
BATCH = 10
SKETCH_OF_GOALS = 10.0  # core-milliseconds of a bare sketch on the machine for which the goals were set
#: Name → answers in one save (0: no script), goal in core-milliseconds of that machine.
WAYS: Mapping[str, tuple[int, float]] = {
    f"saves in batches of {BATCH}": (BATCH, 30),
    "each answer alone": (1, 60),
    "without script": (0, 90),
}
DOORS = len(WAYS) * (WARM + WARM_SERVER + 2 * SITTINGS + 1)


def steps(field: Field, doors: Iterator[Door], batch: int) -> None:
    """Where the time goes: the cheapest of the sittings, step by step, with the statements of each."""
    found: dict[str, list[list[float]]] = {}
    for number in range(WARM + SITTINGS):
        straight = Straight(field.app)
        _walk(straight, batch, next(doors))
        if number >= WARM:
            for step, spent in straight.spent.items():
                found.setdefault(step, []).append(spent)
    counted = _statements(field, batch, next(doors))
    total = 0.0
    for step, sittings in found.items():
        least = min(sum(spent) for spent in sittings) * 1000
        total += least
        print(
            f"    {step:<26} {len(sittings[0]):>3} requests  {counted[step]:>3} statements  {least:6.1f} ms"
        )
    print(f"    {'in all, in process':<26} {sum(len(one[0]) for one in found.values()):>3} {total:37.1f} ms")


def _statements(field: Field, batch: int, door: Door) -> Counter[str]:
    straight, found = Straight(field.app), Counter[str]()

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found[straight.step] += not statement.startswith(("BEGIN", "PRAGMA"))

    with field.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        _walk(straight, batch, door)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return found


def whole(field: Field, process: WebProcess, sketch: WebProcess, doors: Iterator[Door], way: str) -> None:
    """Over HTTP, the mean of the sittings, each beside one of the sketch: a busy machine makes both dearer."""
    batch, goal = WAYS[way]
    for _ in range(WARM_SERVER):
        _wired(process, batch, next(doors))
        sketch_sitting(sketch.port, answers())
    app, base, bare = process.cpu_seconds(), postgres_cpu(field.url), sketch.cpu_seconds()
    for _ in range(SITTINGS):
        requests = _wired(process, batch, next(doors))
        sketch_sitting(sketch.port, answers())
    app_ms, base_ms, floor_ms = (
        one / SITTINGS * 1000
        for one in (
            process.cpu_seconds() - app,
            postgres_cpu(field.url) - base,
            sketch.cpu_seconds() - bare,
        )
    )
    spent = app_ms + base_ms
    there = spent / floor_ms * SKETCH_OF_GOALS
    print(
        f"  a sitting of {len(answers())} answers, {way}: {spent:.0f} core-ms over HTTP (app {app_ms:.0f}, base "
        f"{base_ms:.0f}; {requests} requests); the bare sketch beside it {floor_ms:.0f}: × {spent / floor_ms:.1f}\n"
        f"    goal {goal:.0f}: {_told(there, goal)} where the sketch costs {SKETCH_OF_GOALS:.0f} ({there:.0f}), "
        f"{_told(spent, goal)} in core-ms of this machine"
    )
    note(f"a sitting, {way}, {field.name}, sketch at 10", there, "core-ms", goal=goal)
    note(f"a sitting, {way}, {field.name}, this machine", spent, "core-ms", goal=goal, floor=floor_ms)


def _told(spent: float, goal: float) -> str:
    return "met" if spent <= goal else "NOT MET"


def _wired(process: WebProcess, batch: int, door: Door) -> int:
    wire = Wire(process.port)
    try:
        return _walk(wire, batch, door)
    finally:
        wire.close()


def _walk(send: Straight | Wire, batch: int, door: Door) -> int:
    return Walker(send, batch=batch).whole(door.link, door.surname, answers())


@contextmanager
def _serving(environment: dict[str, str], code: str) -> Iterator[WebProcess]:
    process = WebProcess(environment, code=code)
    process.start()
    try:
        yield process
    finally:
        process.kill()


def measure(field: Field) -> None:
    print(f"\n{field.name}")
    doors = iter(field.doors)
    with (
        tempfile.TemporaryDirectory() as folder,
        _serving({"DATA_DIR": folder}, SKETCH) as sketch,
        _serving(field.environment, SERVE) as process,
    ):
        for way, (batch, _goal) in WAYS.items():
            whole(field, process, sketch, doors, way)
            steps(field, doors, batch)


def main() -> None:
    with ExitStack() as stack:
        field = stack.enter_context(sqlite_field(0, DOORS))
        settle()
        measure(field)
    if postgres.binaries() is None:
        print("\nPostgreSQL: no server on this machine, left out")
        return
    with ExitStack() as stack:
        measure(stack.enter_context(postgres_field(0, DOORS)))


if __name__ == "__main__":
    main()
