"""What a page tells of the time that is left; the server decides, the page only shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from diagnostics import clock
from diagnostics.sittings.queries import Writing

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`seconds` and `whole` are for the script; `minutes` is what the page says at first."""

    ends_at: datetime
    seconds: int
    minutes: int
    whole: int  # seconds of the whole time, so that its half can be told


def time_left(writing: Writing) -> TimeLeft | None:
    """None where only the days of the stage are counted."""
    if not writing.is_timed:
        return None
    end, now = writing.ends_at, clock.now()
    left = max(timedelta(), end - now)
    return TimeLeft(
        ends_at=end,
        seconds=math.ceil(left.total_seconds()),
        minutes=max(1, math.ceil(left / MINUTE)),
        whole=math.ceil((end - writing.started_at).total_seconds()),
    )
