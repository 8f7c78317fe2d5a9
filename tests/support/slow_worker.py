"""The real worker with one more kind of job that takes a while: what the kill tests kill."""

from __future__ import annotations

import dataclasses
import sys
import time
from pathlib import Path

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.jobs.queries import JobView
from diagnostics.worker import consumer, kinds
from diagnostics.worker.kind import NOTHING, Kind, Outcome, Tell

STEPS = 20


def slow(job: JobView, tell: Tell) -> Outcome:
    for step in range(STEPS):
        tell(0, step, STEPS)
        time.sleep(0.05)
    with Path(job.subject_id).open("a") as log:
        log.write(f"{job.id}\n")
    return NOTHING


if __name__ == "__main__":
    kinds.KINDS["test.slow"] = Kind(slow)
    consumer.SWEEP_SECONDS = 0.5
    loaded = settings.load()
    short = dataclasses.replace(loaded, limits=dataclasses.replace(loaded.limits, job_lease_seconds=2))
    sys.stderr.write("ready\n")
    consumer.consume(create_app(short), threads=2)
