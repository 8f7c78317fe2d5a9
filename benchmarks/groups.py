"""Group report for 25, 250 and 2,500 people: figures, page, release with hiding, documents; how each grows.

Everything on SQLite in a temporary folder, in one process. A run prints the best of `RUNS` in milliseconds of
the processor and the ratio to the ten times smaller group: 10 would be linear.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

import flask_migrate
import numpy as np
from flask import Flask
from flask.testing import FlaskClient

from benchmarks._figures import note
from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.campaigns.models import WaveKind
from diagnostics.cohorts import queries
from diagnostics.cohorts.figures import Growth
from diagnostics.cohorts.upward import upward
from diagnostics.database import db, session, set_reading
from diagnostics.jobs import transport
from diagnostics.people.models import Role
from diagnostics.reporting.entry_exit import heading_of, live_report, people_lines
from diagnostics.reporting.entry_exit_files import entry_exit_file
from diagnostics.web.settling import settle
from reports.contents.entry_exit import EntryExitReport
from reports.wording.words import Words
from tests.support import make, results
from tests.support.sign_in import sign_in

SIZES = (25, 250, 2500)
RUNS = 2
GOAL_S = 5.0
GAIN = 0.6  # logits between entry and exit
SCHOOLS = 5

Times = dict[str, float]


@dataclass(frozen=True)
class Place:
    client: FlaskClient
    campaign_id: str


@contextmanager
def application() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings.load({"DATA_DIR": folder, "SECRET_KEY": "bench-key-" * 8}))
        transport.use(None)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context():
            flask_migrate.upgrade()
            set_reading(False)
            yield app
            session.remove()
            db.engine.dispose()


def filled(app: Flask, people: int) -> Place:
    """One diagnosis whose group took both stages; nine of ten came back."""
    region = make.region()
    institute, district = make.institute(region), make.municipality(region)
    trainer = make.staff(Role.TRAINER, institute)
    campaign = results.diagnosis(trainer, institute)
    ids = [one for _ in range(SCHOOLS) for one in make.people(people // SCHOOLS, make.school(district))]
    able = dict(zip(ids, np.random.default_rng(people).normal(0, 0.9, len(ids)).tolist(), strict=True))
    results.simulate(results.seat(campaign, WaveKind.ENTRY, ids), able, 1)
    stayed = [one for place, one in enumerate(ids) if place % 10]
    results.simulate(
        results.seat(campaign, WaveKind.EXIT, stayed), {one: able[one] + GAIN for one in stayed}, 2
    )
    campaign_id, client = campaign.id, app.test_client()
    sign_in(client, trainer.id)  # commits all that was added
    return Place(client, campaign_id)


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The best of the runs, of the processor: neighbours on a shared machine only ever add."""
    spent = []
    for _ in range(runs):
        began = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - began))
    return min(spent)


def measured(place: Place) -> Times:
    """Each kind of work by itself, after one run of all: scipy and the readers of documents are loaded then."""
    settle()
    set_reading(True)  # an open write transaction would stop the pages' reading journal
    words, campaign_id = Words(), place.campaign_id
    found = _growth(campaign_id)
    report = live_report(campaign_id, found, words)
    named = _named(campaign_id, found, words)
    session.rollback()
    return {
        "figures": milliseconds(lambda: _growth(campaign_id)),
        "upward copy": milliseconds(lambda: upward(found, 5)),
        "page": milliseconds(lambda: _page(place)),
        "needs page": milliseconds(lambda: _page(place, "needs")),
        "PDF": milliseconds(lambda: entry_exit_file(report, words, "pdf")),
        # Above MOST_NAMED people the paper leaves the list to the spreadsheet.
        "PDF with names": milliseconds(lambda: entry_exit_file(named, words, "pdf"), 1),
        "DOCX with names": milliseconds(lambda: entry_exit_file(named, words, "docx"), 1),
        "XLSX": milliseconds(lambda: entry_exit_file(named, words, "xlsx")),
    }


def _growth(campaign_id: str) -> Growth:
    found = queries.growth(campaign_id)
    session.rollback()
    if found is None:
        raise RuntimeError("the simulated group has no results")
    return found


def _named(campaign_id: str, found: Growth, words: Words) -> EntryExitReport:
    heading = heading_of(campaign_id, found.snapshot.sources.data_cut, "")
    return replace(live_report(campaign_id, found, words), heading=heading, people=people_lines(found, words))


def _page(place: Place, name: str = "growth") -> None:
    answer = place.client.get(f"/diagnoses/{place.campaign_id}/{name}")
    if answer.status_code != 200:
        raise RuntimeError(f"{name} answered {answer.status_code}")


def show(all_times: dict[int, Times]) -> None:
    print(f"{'milliseconds':<18}" + "".join(f"{size:>10}" for size in all_times) + "   growth per ten times")
    for name in next(iter(all_times.values())):
        row = [times[name] for times in all_times.values()]
        ratios = "  ".join(f"×{after / before:.1f}" for before, after in pairwise(row))
        print(f"{name:<18}" + "".join(f"{value:>10.0f}" for value in row) + f"   {ratios}")
    largest, middle = (list(all_times.values())[place] for place in (-1, -2))
    for name in ("figures", "page", "needs page", "PDF", "XLSX"):
        growth = largest[name] / middle[name]
        note(f"group of {SIZES[-1]:,}: {name}", largest[name] / 1000, "s CPU", goal=GOAL_S, growth=growth)


def main() -> None:
    found: dict[int, Times] = {}
    for size in SIZES:
        with application() as app:
            began = time.perf_counter()
            place = filled(app, size)
            print(f"{size} people simulated in {time.perf_counter() - began:.0f} s", flush=True)
            found[size] = measured(place)
    show(found)


if __name__ == "__main__":
    main()
