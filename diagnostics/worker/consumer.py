"""The worker process: the queue's consumer and a sweeper that wakes whatever is due."""

from __future__ import annotations

import logging
import threading

from flask import Flask

from diagnostics.config import Config
from diagnostics.database import session, writing
from diagnostics.jobs import actions, queries
from diagnostics.jobs.transport import TASK, Transport
from diagnostics.worker.periodic import Periodic
from diagnostics.worker.run import run_job
from diagnostics.worker.warming import warm

log = logging.getLogger("orientir.worker")
SWEEP_SECONDS = 5.0


def consume(app: Flask, *, threads: int = 2) -> None:
    """Work until SIGINT (finish the running jobs) or SIGTERM; leases make any other end harmless."""
    from huey.consumer import Consumer  # noqa: PLC0415 - brings the clients of redis and PostgreSQL

    config: Config = app.extensions["orientir"]
    transport = Transport(config, act=lambda job_id: run_job(app, job_id))
    transport.register()
    threading.Thread(target=warm, name="warming", daemon=True).start()
    stop = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(app, transport, stop), name="sweeper", daemon=True)
    sweeper.start()
    try:
        Consumer(
            transport.huey, workers=threads, initial_delay=0.05, backoff=1.2, max_delay=0.5, periodic=False
        ).run()
    finally:
        stop.set()
    log.info("consumer of %s stopped", TASK)


def _sweep(app: Flask, transport: Transport, stop: threading.Event) -> None:
    config: Config = app.extensions["orientir"]
    periodic = Periodic(config.limits)
    while True:
        try:
            transport.send(_due(app, periodic))
        except Exception:
            log.exception("sweep failed")
        if stop.wait(SWEEP_SECONDS):
            return


def _due(app: Flask, periodic: Periodic) -> list[str]:
    config: Config = app.extensions["orientir"]
    with app.app_context(), writing():
        periodic.enqueue()
        actions.give_up(attempts=config.limits.job_attempts)
        session.commit()
        ids = queries.due_ids()
        session.rollback()
        return ids
