"""The demo of a region and the large one: how long they take to make, and how long their pages take to answer.

Everything on SQLite in a temporary folder, in one process. Seconds of the processor of making, milliseconds of a page
(the best of `RUNS` after one warm-up), and how both grow from 180 to 2,500 teachers and from 24 to 350 schools.
`python -m benchmarks.demo region` leaves the large one out.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import flask_migrate
from flask import Flask

from benchmarks._figures import note
from benchmarks.groups import milliseconds
from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.database import db, read_only, writing
from diagnostics.jobs import transport
from diagnostics.people.models import Role
from diagnostics.upkeep.demo import PARTS, Size, build
from diagnostics.upkeep.demo.visitors import PLAYED, Holding, Visitor, holding, visitors
from diagnostics.worker.run import run_due
from tests.support.sign_in import sign_in

RUNS = 3
Times = dict[str, float]


@contextmanager
def application() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings.load({"DATA_DIR": folder, "SECRET_KEY": "bench-key-" * 8}))
        transport.use(None)
        logging.getLogger("orientir.worker").setLevel(logging.WARNING)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context():
            flask_migrate.upgrade()
        yield app
        with app.app_context():
            db.engine.dispose()


def made(app: Flask, size: Size) -> Times:
    """Processor seconds of each part and of all."""
    found: Times = {}
    began = last = time.process_time()

    def tell(done: int, _of: int) -> None:
        nonlocal last
        now = time.process_time()
        found[PARTS[done - 1]], last = now - last, now

    wall = time.perf_counter()
    with app.app_context(), writing():
        build(lambda: run_due(app), app.extensions["orientir"], tell, size=size)
    found["all, processor"] = time.process_time() - began
    found["all, clock"] = time.perf_counter() - wall
    return found


def pages(app: Flask) -> Times:
    """Server time of what each role sees first, of the явка of all schools and of a school's zones."""
    with app.app_context(), read_only():
        people, held = visitors(), holding()
        leave = campaign(held.finished_id).wave(WaveKind.EXIT)
    if leave is None:
        raise RuntimeError("the finished diagnosis has no exit")
    found = {f"start, {one.role.value}": _page(app, one, "/") for one in people}
    for name, role, path in _others(held, leave.id):
        found[name] = _page(app, next(one for one in people if one.role is role), path)
    return found


def _others(held: Holding, wave_id: str) -> Iterator[tuple[str, Role, str]]:
    yield "turnout of all schools", Role.REGIONAL_COORDINATOR, f"/waves/{wave_id}/turnout"
    yield "zones of a school", Role.SCHOOL_LEAD, f"/school/sa/{held.school_id}/zones"
    yield "diagnosis", Role.TRAINER, f"/diagnoses/{held.finished_id}"
    yield "entry and exit", Role.TRAINER, f"/diagnoses/{held.finished_id}/growth"
    yield "items", Role.METHODOLOGIST, f"/diagnoses/{held.trial_id}/items"


def _page(app: Flask, visitor: Visitor, path: str) -> float:
    client = app.test_client()
    with app.app_context(), writing():
        sign_in(client, visitor.person_id)

    def look() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code} to {visitor.role}")

    look()
    return milliseconds(look, RUNS)


def show(unit: str, columns: dict[Size, Times]) -> None:
    print(f"\n{unit:<32}" + "".join(f"{size.value:>10}" for size in columns))
    for name in next(iter(columns.values())):
        row = [times[name] for times in columns.values()]
        ratios = "  ".join(f"×{after / before:.1f}" for before, after in pairwise(row) if before)
        print(f"{name:<32}" + "".join(f"{value:>10.1f}" for value in row) + f"   {ratios}")


def main() -> None:
    sizes = (Size.REGION,) if sys.argv[1:] == [Size.REGION.value] else (Size.REGION, Size.LARGE)
    building: dict[Size, Times] = {}
    looking: dict[Size, Times] = {}
    for size in sizes:
        with application() as app:
            building[size], looking[size] = made(app, size), pages(app)
    show("seconds", building)
    show("milliseconds", looking)
    for size, times in building.items():
        note(f"demo made, {size.value}", times["all, processor"], "s CPU")
    for size, times in looking.items():
        slowest = max(times, key=lambda name: times[name])
        note(f"slowest page of the demo, {size.value}: {slowest}", times[slowest] / 1000, "s CPU")
    print(f"\n{len(PLAYED)} roles; the large demo has 13.9 times the teachers and 14.6 times the schools")


if __name__ == "__main__":
    main()
