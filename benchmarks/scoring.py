"""Scoring up to 10,000 sittings of 24 answers: CPU of one process, the floor beside it, and growth.

- floor: one dictionary look-up an answer, `answer == key`, and a sum: no scoring can cost less in Python
- points: the compiled scorer (answers → 24 items → scales with parents → total)
- finding: points, official levels, posterior and conclusion of the blocks; no database
- alone: events read from SQLite (FULL), scored, finding and scales written; a commit for each sitting
- together: the same by hundreds, as the worker takes jobs that wait
- again: a whole wave re-scored under its new calibration, 250 findings a commit

A run prints microseconds of CPU a sitting, its ratio to the floor, and the growth for ten times as many:
1.0 is linear. The best of `RUNS` for what needs no database, one run for the rest.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

import flask_migrate
import sqlalchemy as sa

from benchmarks._figures import note
from diagnostics import clock
from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.campaigns.queries import wave_of
from diagnostics.database import db, new_id, session, set_reading
from diagnostics.findings import actions, scales
from diagnostics.jobs import transport
from diagnostics.measurement.method import METHOD
from diagnostics.sittings.models import AnswerEvent, EventKind, Sitting, SittingState
from diagnostics.web.settling import settle
from diagnostics.worker.findings import TOGETHER
from instruments.bundled import bundled
from instruments.document import SingleItem
from instruments.items import Answer
from instruments.keys import NumberKey
from instruments.scoring import Scoring, compile_scorer
from tests.support.answering import world

SIZES = (100, 1_000, 10_000)
ROW_SIZES = (30, 300) if "--quick" in sys.argv else (30, 300, 3_000)  # with rows; more only takes longer
RUNS = 3
GOAL_S = 15.0  # 10,000 sittings with rows: a quarter of what each alone once took
SEED = 20260901
CHUNK = 250

Sheet = Mapping[str, Answer]


def sheets(number: int) -> list[dict[str, Answer]]:
    """Answers to form A of people of different ability; some leave a task out."""
    instrument, scoring = bundled("instrument")["test.method"], bundled("scoring")["test.method"]
    chance, items = random.Random(SEED), instrument.form_items("A")
    found: list[dict[str, Answer]] = []
    for _ in range(number):
        ability = chance.uniform(0.3, 0.9)
        answers: dict[str, Answer] = {}
        for item in items:
            if chance.random() < ability:
                answers[item.code] = right(scoring, item.code)
            elif isinstance(item, SingleItem) and chance.random() < 0.9:
                answers[item.code] = chance.choice(item.options).code
        found.append(answers)
    return found


def right(scoring: Scoring, item: str) -> Answer:
    key = scoring.items[item].key
    if isinstance(key, NumberKey):
        return key.value
    return list(key) if isinstance(key, tuple) else key


def pure() -> dict[str, Callable[[Sequence[Sheet]], object]]:
    """What is measured without a database."""
    instrument, scoring = bundled("instrument")["test.method"], bundled("scoring")["test.method"]
    framework = bundled("framework")["dpo"]
    scorer = compile_scorer(instrument, scoring, "A", framework=framework)
    form = scales.Ready(scorer, frozenset(scoring.blocks), frozenset())
    preset = framework.scales["levels3"]
    key = {item.code: right(scoring, item.code) for item in instrument.form_items("A")}

    def finding(answers: Sheet) -> object:
        scored = scales.score(form, answers, key, preset, METHOD)
        return [scales.say(scale, None, preset, METHOD) for scale in scored.scales]

    return {
        "floor": lambda given: [sum(one.get(item) == value for item, value in key.items()) for one in given],
        "points": lambda given: [scorer.score(one, key.keys()) for one in given],
        "finding": lambda given: [finding(one) for one in given],
    }


def cpu(act: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    start = time.process_time()
    act()
    return time.process_time() - start


@contextmanager
def base(given: Sequence[Sheet]) -> Iterator[tuple[str, list[str]]]:
    """(wave, sittings) of a base in a temporary folder where all of `given` is sent and nothing is scored."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings.load({"DATA_DIR": folder, "SECRET_KEY": "bench-key-" * 8}))
        transport.use(None)
        with app.app_context():
            flask_migrate.upgrade()
            session.remove()
            set_reading(False)
            place = world(shipped=True, more=max(0, len(given) - 2))
            sittings = _sent(place.wave_id, given)
            session.commit()
            yield place.wave_id, sittings
            session.remove()
            db.engine.dispose()


def _sent(wave_id: str, given: Sequence[Sheet]) -> list[str]:
    """Sent sittings in bulk: the way there is measured elsewhere (saving)."""
    seats = session.execute(sa.select(Seat).where(Seat.wave_id == wave_id).order_by(Seat.id)).scalars().all()
    asked, now = instrument_of(wave_id), clock.now()
    rows = [
        {"id": new_id(), "seat_id": seat.id, "instrument_id": asked, "form": "A", "language": "ru", "seed": 1,
         "state": SittingState.SUBMITTED, "last_position": len(answers), "started_at": now, "touched_at": now,
         "submitted_at": now + timedelta(minutes=30), "receipt": new_id(), "answers_hash": ""}
        for seat, answers in zip(seats, given, strict=False)
    ]  # fmt: skip
    session.execute(sa.insert(Sitting), rows)
    events = [
        {"sitting_id": row["id"], "position": position, "kind": EventKind.ANSWER, "item": item, "value": value,
         "client": "bench", "seq": position, "base": position - 1, "body_hash": "", "rival": None, "at": now,
         "client_at": None}
        for row, answers in zip(rows, given, strict=True)
        for position, (item, value) in enumerate(answers.items(), 1)
    ]  # fmt: skip
    session.execute(sa.insert(AnswerEvent), events)
    session.execute(sa.update(Seat).where(Seat.wave_id == wave_id).values(state=SeatState.SUBMITTED))
    return [str(row["id"]) for row in rows]


def instrument_of(wave_id: str) -> str:
    """Version of the instrument that the wave asks."""
    found = wave_of(wave_id)[1].assignments[0].instrument_id
    assert found is not None
    return found


def with_rows(given: Sequence[Sheet]) -> tuple[float, float, float]:
    """CPU seconds of scoring each alone and all together, then of scoring all again under a calibration.

    Half of the sittings are scored alone, half together: both are told as of all.
    """
    with base(given) as (wave_id, sittings):
        settle()
        half = len(sittings) // 2

        def each_alone() -> None:
            for sitting_id in sittings[:half]:
                actions.score(sitting_id)
                session.commit()

        def together() -> None:
            for start in range(half, len(sittings), TOGETHER):
                actions.score_many(sittings[start : start + TOGETHER])
                session.commit()

        def again() -> None:
            while actions.again(wave_id, limit=CHUNK).left:
                session.commit()
            session.commit()

        alone, many = 2 * cpu(each_alone), 2 * cpu(together)
        campaigns.close_wave(wave_id, None)
        actions.calibrate(wave_id)
        session.commit()
        return alone, many, cpu(again)


def main() -> None:
    given = sheets(SIZES[-1])
    print("µs of CPU a sitting, × floor, growth for ten times as many")
    seconds = {
        name: [min(cpu(lambda a=act, n=size: a(given[:n])) for _ in range(RUNS)) for size in SIZES]  # type: ignore[misc]
        for name, act in pure().items()
    }
    floor = each(seconds["floor"], SIZES)[-1]
    for name, found in seconds.items():
        show(name, SIZES, found, floor)
    measured = [with_rows(given[:size]) for size in ROW_SIZES]
    pure_s, floor_s = seconds["finding"][-1], seconds["floor"][-1]
    note("10,000 sittings scored, no rows", pure_s, "s CPU", floor=floor_s)
    for place, name in enumerate(("alone", "together", "again")):
        found = [one[place] for one in measured]
        show(name, ROW_SIZES, found, floor)
        of_all = SIZES[-1] * found[-1] / ROW_SIZES[-1]
        growth = 10 * each(found, ROW_SIZES)[-1] / each(found, ROW_SIZES)[-2]
        goal = None if name == "alone" else GOAL_S
        note(
            f"10,000 sittings scored {name}, with rows",
            of_all,
            "s CPU",
            goal=goal,
            floor=pure_s,
            growth=growth,
        )
        print(f"  10,000 sittings: {of_all:.1f} s with rows at the last rate, {pure_s:.2f} s pure")


def each(seconds: Sequence[float], sizes: Sequence[int]) -> list[float]:
    """Microseconds a sitting."""
    return [1e6 * one / size for one, size in zip(seconds, sizes, strict=True)]


def show(name: str, sizes: Sequence[int], seconds: Sequence[float], floor: float) -> None:
    found = each(seconds, sizes)
    cells = "  ".join(f"{size:>6,}: {one:>8,.1f}" for size, one in zip(sizes, found, strict=True))
    growth = ", ".join(f"{later / earlier:.2f}" for earlier, later in pairwise(found))
    print(f"{name:<8} {cells}   × {found[-1] / floor:,.0f}   {growth}", flush=True)


if __name__ == "__main__":
    main()
