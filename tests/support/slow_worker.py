"""The real worker with one more kind of job that takes a while: what the kill tests kill."""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.jobs.queries import JobView
from diagnostics.outbox import sending
from diagnostics.worker import consumer, kinds
from diagnostics.worker.kind import NOTHING, Kind, Outcome, Tell
from reports.render import bounded

STEPS = 20


def slow(job: JobView, tell: Tell) -> Outcome:
    for step in range(STEPS):
        tell(0, step, STEPS)
        time.sleep(0.05)
    with Path(job.subject_id).open("a") as log:
        log.write(f"{job.id}\n")
    return NOTHING


def in_a_hurry() -> None:
    """Pauses and limits of minutes shrink to what a test can wait for; the environment says to what."""
    consumer.SWEEP_SECONDS = 0.5
    if "JOB_PAUSE" in os.environ:
        pause = float(os.environ["JOB_PAUSE"])
        for name, kind in kinds.KINDS.items():
            kinds.KINDS[name] = dataclasses.replace(kind, pause=pause)
    sending.TIMEOUT = float(os.environ.get("MAIL_TIMEOUT", sending.TIMEOUT))
    bounded.WHOLE_SECONDS = float(os.environ.get("ENGINE_SECONDS", bounded.WHOLE_SECONDS))


def main() -> None:
    kinds.KINDS["test.slow"] = Kind(slow)
    in_a_hurry()
    loaded = settings.load()
    short = dataclasses.replace(loaded, limits=dataclasses.replace(loaded.limits, job_lease_seconds=2))
    consumer.consume(create_app(short), threads=2)
