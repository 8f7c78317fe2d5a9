"""One job from claim to end: lease, heartbeat, access again, handler, outcome or error."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus

from flask import Flask

from diagnostics import access, clock
from diagnostics.access import Actor
from diagnostics.config import Config
from diagnostics.database import Json, read_only, session, writing
from diagnostics.errors import DomainError
from diagnostics.jobs import actions, queries
from diagnostics.jobs.queries import JobView
from diagnostics.people.queries.actors import roles_of
from diagnostics.worker.kind import Outcome, Tell
from diagnostics.worker.kinds import KINDS

log = logging.getLogger("orientir.worker")


def run_job(app: Flask, job_id: str) -> bool:
    """Run a due job to its end; false when it was not ours to take. Never raises for a job's own failure."""
    config: Config = app.extensions["orientir"]
    lease = timedelta(seconds=config.limits.job_lease_seconds)
    with app.app_context(), writing():
        claimed = actions.claim(job_id, lease=lease, attempts=config.limits.job_attempts)
        session.commit()
        if claimed is None:
            return False
        attempt = claimed.attempts
        job = queries.one(job_id)
        session.rollback()
        if job is None:
            return False
        with _heartbeat(app, job_id, lease):
            _run(app, job, final=attempt >= config.limits.job_attempts)
        return True


def _run(app: Flask, job: JobView, *, final: bool) -> None:
    try:
        kind = KINDS[job.kind]
        if kind.permission is not None:
            thing = kind.thing(job.subject_id) if kind.thing else access.decide.NOTHING
            access.require(_asker(job), kind.permission, thing)
            session.rollback()
        outcome: Outcome = kind.run(job, _teller(app, job.id))
        session.rollback()
        actions.finish(job.id, file_id=outcome.file_id, url=outcome.url)
        session.commit()
        log.info("job done", extra={"facts": {"job": job.id, "kind": job.kind}})
    except Exception as error:
        session.rollback()
        log.exception("job failed", extra={"facts": {"job": job.id, "kind": job.kind}})
        # What the domain refuses today it refuses tomorrow; anything else may be an accident.
        refused = isinstance(error, DomainError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR
        code = error.code if isinstance(error, DomainError) else "unexpected"
        parameters = _plain(error.parameters) if isinstance(error, DomainError) else None
        actions.fail(job.id, code, final=final or refused, parameters=parameters)
        session.commit()


def _plain(parameters: dict[str, object]) -> Json:
    """What fills the error's sentence, as JSON can hold it."""
    return {
        name: value if isinstance(value, int | float) else str(value) for name, value in parameters.items()
    }


def _asker(job: JobView) -> Actor:
    roles = roles_of(job.asker_id, clock.now().date()) if job.asker_id else ()
    return Actor(person_id=job.asker_id, roles=roles)


def _teller(app: Flask, job_id: str) -> Tell:
    def tell(stage: int, done: int, total: int) -> None:
        # On SQLite a job's read holds the write lock, and telling would wait for itself.
        session.rollback()
        with _apart(app):
            actions.progress(job_id, stage=stage, done=done, total=total)

    return tell


@contextmanager
def _apart(app: Flask) -> Iterator[None]:
    """A short write transaction on a session of its own."""
    with app.app_context(), writing():
        yield
        session.commit()


@contextmanager
def _heartbeat(app: Flask, job_id: str, lease: timedelta) -> Iterator[None]:
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(lease.total_seconds() / 3):
            with _apart(app):
                if not actions.extend(job_id, lease=lease):
                    return

    thread = threading.Thread(target=beat, name=f"heartbeat-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def run_due(app: Flask, *, limit: int = 200, run: Callable[[Flask, str], bool] = run_job) -> int:
    """Run everything that is due, in this thread; returns how many jobs ran."""
    ran = 0
    while ran < limit:
        with app.app_context(), read_only():
            ids = queries.due_ids()
            session.rollback()
        taken = sum(run(app, job_id) for job_id in ids)
        if not taken:
            return ran
        ran += taken
    return ran
