"""F9: the clock of the server is set forward and back under people who answer, and the season changes in their zone.

A running deadline moves by 0 seconds, and within a sitting neither positions nor moments run backwards (the judge
looks at both after every fault). The order is by position; a moment is the later of the clock and of the one before.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from diagnostics.campaigns.models import Wave
from diagnostics.database import session
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, Sitting
from tests.faults.trial import Trial, begin, secret_of
from tests.support.history import together
from tests.support.web_process import SERVE
from tests.support.worker_process import wait_until

# The clock of the running process is set anew by whoever writes the file.
SET_CLOCK = """
import os
from datetime import timedelta
from pathlib import Path
from diagnostics import clock
told = Path(os.environ['DATA_DIR'], 'seconds_ahead')
class Ahead:
    def __init__(self, app): self.app = app
    def __call__(self, environ, start):
        with clock.shifted(timedelta(seconds=float(told.read_text()))):
            return self.app(environ, start)
import diagnostics.app as made
create = made.create_app
made.create_app = lambda: Ahead(create())
"""
ZONE = "Europe/Berlin"


def set_clock(folder: Path, ahead: timedelta) -> None:
    (folder / "seconds_ahead.new").write_text(str(ahead.total_seconds()))
    (folder / "seconds_ahead.new").replace(folder / "seconds_ahead")


def ends(trial: Trial) -> list[datetime]:
    """The last moment of answering, as each device's key says it, and of the stage."""
    keys = [(one.sitting_id, secret_of(trial, one)) for one in trial.clients]
    with trial.acting():
        found = [reading.writing(*key) for key in keys]
        return [one.ends_at for one in found if one] + [session.get_one(Wave, trial.place.wave_id).closes_at]


def answer_under(folder: Path, trial: Trial, settings: list[timedelta]) -> None:
    """The clock is set anew each time everybody has saved under the old setting; then the work is sent."""
    set_clock(folder, timedelta())
    process, before = trial.process(code=SET_CLOCK + SERVE), ends(trial)
    process.start()

    def nemesis() -> None:
        for ahead in settings:
            set_clock(folder, ahead)
            seen = [len(one.history) for one in trial.clients]
            wait_until(
                lambda seen=seen: all(  # type: ignore[misc]
                    len(one.history) > number + 2 for one, number in zip(trial.clients, seen, strict=True)
                )
            )

    try:
        together(trial.clients, nemesis)
        assert [one.submit() for one in trial.clients] == ["sent"] * len(trial.clients)
    finally:
        process.kill()
    assert all(made.outcome == "ok" for one in trial.clients for made in one.history)
    trial.judge()
    assert ends(trial) == before


def moments(trial: Trial) -> tuple[datetime, datetime]:
    with trial.acting():
        first, last = session.execute(
            sa.select(sa.func.min(AnswerEvent.at), sa.func.max(AnswerEvent.at))
        ).one()
        sent = session.scalar(sa.select(sa.func.max(Sitting.submitted_at)))
        assert sent is not None
        assert sent >= last
        return first, last


MINUTES = (5, -5, 0, -5, 5, -5)


def test_a_server_whose_clock_is_set_forward_and_back_keeps_the_order_the_moments_and_the_deadline(
    url: str, tmp_path: Path
) -> None:
    trial = begin(tmp_path, url, browsers=1)
    answer_under(tmp_path, trial, [timedelta(minutes=number) for number in MINUTES])
    _, last = moments(trial)
    assert last > datetime.now(UTC) + timedelta(minutes=2)  # the log went on from the later clock


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(10))
def test_the_same_a_hundred_times(url: str, tmp_path: Path, round_: int) -> None:
    turned = MINUTES[round_ % len(MINUTES) :] + MINUTES[: round_ % len(MINUTES)]
    answer_under(
        tmp_path, begin(tmp_path, url, browsers=1), [timedelta(minutes=number) for number in turned * 2]
    )


def change_of_season(*, forward: bool) -> datetime:
    """The next moment at which the clocks of the zone go forward, or back."""
    moment, zone = datetime.now(UTC).replace(minute=0, second=0, microsecond=0), ZoneInfo(ZONE)
    while True:
        later = moment + timedelta(hours=1)
        was, comes = (one.astimezone(zone).utcoffset() for one in (moment, later))
        assert was is not None
        assert comes is not None
        if was != comes and (comes > was) is forward:
            return later
        moment = later


@pytest.mark.parametrize("forward", [True, False], ids=["forward", "back"])
def test_a_change_of_season_inside_the_window_moves_no_deadline(
    sqlite_url: str, tmp_path: Path, *, forward: bool
) -> None:
    change = change_of_season(forward=forward)
    away = change - datetime.now(UTC)
    trial = begin(tmp_path, sqlite_url, browsers=1, zone=ZONE, days=away.days + 14)
    answer_under(tmp_path, trial, [away - timedelta(minutes=10), away + timedelta(minutes=10)])
    first, last = moments(trial)
    assert first < change < last
    with trial.acting():
        wave = session.get_one(Wave, trial.place.wave_id)
        assert wave.zone == ZONE
        closes = wave.closes_at.astimezone(ZoneInfo(ZONE))
        assert (closes.hour, closes.minute, closes.second) == (23, 59, 59)
