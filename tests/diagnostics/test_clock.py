from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from diagnostics import clock


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Moscow", datetime(2026, 12, 1, 20, 59, 59, tzinfo=UTC)),
        ("Asia/Kamchatka", datetime(2026, 12, 1, 11, 59, 59, tzinfo=UTC)),
        ("Europe/Kaliningrad", datetime(2026, 12, 1, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_the_last_second_of_the_day_where_people_live(zone: str, expected: datetime) -> None:
    assert clock.end_of_day(date(2026, 12, 1), zone) == expected


def test_a_day_is_as_long_as_its_zone_makes_it() -> None:
    # Clocks went forward in Berlin on 2026-03-29: that day has 23 hours.
    day = date(2026, 3, 29)
    length = clock.end_of_day(day, "Europe/Berlin") - clock.start_of_day(day, "Europe/Berlin")
    assert length == timedelta(hours=23) - timedelta(seconds=1)


def test_frozen_time_stands_still_and_comes_back() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    with clock.frozen(moment):
        assert clock.now() == moment
    assert clock.now() > moment


def test_shifted_time_goes_on_elsewhere() -> None:
    with clock.shifted(timedelta(days=-30)):
        assert timedelta(days=29) < datetime.now(UTC) - clock.now() < timedelta(days=31)
