"""One job from claim to end: lease, heartbeat, access again, handler, outcome or error."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus

from flask import Flask

from diagnostics import access, clock
from diagnostics.access import Actor
from diagnostics.config import Config
from diagnostics.database import Busy, Json, read_only, session, writing
from diagnostics.errors import DomainError
from diagnostics.jobs import actions, queries
from diagnostics.jobs.queries import JobView
from diagnostics.people.queries.actors import roles_of
from diagnostics.worker.kind import Outcome, Tell
from diagnostics.worker.kinds import KINDS
from reports.render.bounded import EngineStoppedError
from reports.render.pdf import TooLargeError

log = logging.getLogger("orientir.worker")


def run_job(app: Flask, job_id: str) -> bool:
    """Run a due job to its end; false when it was not ours to take. Never raises for a job's own failure.

    A kind that runs `together` takes others that wait for their first try along.
    """
    config: Config = app.extensions["orientir"]
    lease = timedelta(seconds=config.limits.job_lease_seconds)
    with app.app_context(), writing():
        jobs = _claimed(job_id, lease, config.limits.job_attempts)
        if not jobs:
            return False
        with _heartbeat(app, [job.id for job in jobs], lease):
            if len(jobs) == 1 or not _run_together(jobs):
                for job in jobs:
                    _run(app, job, final=job.attempts >= config.limits.job_attempts)
        return True


def _claimed(job_id: str, lease: timedelta, attempts: int) -> list[JobView]:
    """The job, with others of its kind where they run together; nothing when it was not ours to take."""
    claimed = actions.claim(job_id, lease=lease, attempts=attempts)
    if claimed is None:
        session.rollback()
        return []
    ids, kind = [job_id], KINDS.get(claimed.kind)
    # What has failed once is run alone: it shall not take the tries of others with it.
    if kind is not None and kind.together is not None and claimed.attempts == 1:
        ids += actions.claim_first_tries(claimed.kind, most=kind.together.most - 1, lease=lease)
    session.commit()
    jobs = queries.many(ids)
    session.rollback()
    return jobs


def _run_together(jobs: Sequence[JobView]) -> bool:
    """All in one transaction; false when something failed, and then nothing of it is left."""
    kind = KINDS[jobs[0].kind]
    if kind.together is None:
        return False
    facts = {"kind": jobs[0].kind, "jobs": len(jobs)}
    try:
        kind.together.run(jobs)
        actions.finish_all([job.id for job in jobs])
        session.commit()
    except Exception:
        session.rollback()
        log.warning("jobs together failed, each is run alone", exc_info=True, extra={"facts": facts})
        return False
    log.info("jobs done together", extra={"facts": facts})
    return True


def _run(app: Flask, job: JobView, *, final: bool) -> None:
    try:
        kind = KINDS[job.kind]
        if kind.permission is not None:
            thing = kind.thing(job.subject_id) if kind.thing else access.decide.NOTHING
            access.require(_asker(job), kind.permission, thing)
            session.rollback()
        outcome: Outcome = kind.run(job, _teller(app, job.id))
        # The end of the job and what it leaves are one transaction: a worker killed between the two would
        # leave the same report twice. Stopped meanwhile, or ended by another worker: it leaves nothing.
        if not actions.finish(job.id, file_id=outcome.file_id, url=outcome.url):
            session.rollback()
        session.commit()
        log.info("job done", extra={"facts": {"job": job.id, "kind": job.kind}})
    except Exception as error:
        session.rollback()
        log.exception("job failed", extra={"facts": {"job": job.id, "kind": job.kind}})
        pause = KINDS[job.kind].pause if job.kind in KINDS else 1
        code, parameters = _told(error)
        actions.fail(job.id, code, final=final or _lasts(error), parameters=parameters, pause=pause)
        session.commit()


def _lasts(error: Exception) -> bool:
    """What the domain refuses today it refuses tomorrow; anything else may be an accident."""
    refused = isinstance(error, DomainError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return refused or isinstance(error, TooLargeError)


def _told(error: Exception) -> tuple[str, Json | None]:
    """Code of the sentence, and what fills it."""
    if isinstance(error, DomainError):
        return error.code, _plain(error.parameters)
    if isinstance(error, TooLargeError):
        return error.code, {"rows": error.rows}
    return error.code if isinstance(error, EngineStoppedError) else "unexpected", None


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
        try:
            with _apart(app):
                actions.progress(job_id, stage=stage, done=done, total=total)
        except Busy:  # a per cent that is told late is no reason to lose the work
            log.info("progress not told: the base is busy", extra={"facts": {"job": job_id}})

    return tell


@contextmanager
def _apart(app: Flask) -> Iterator[None]:
    """A short write transaction on a session of its own."""
    with app.app_context(), writing():
        yield
        session.commit()


@contextmanager
def _heartbeat(app: Flask, job_ids: Sequence[str], lease: timedelta) -> Iterator[None]:
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(lease.total_seconds() / 3):
            try:
                with _apart(app):
                    if not actions.extend(job_ids, lease=lease):
                        return
            except Exception:  # the lease outlives a missed beat; the next one may come through
                log.warning("heartbeat missed", exc_info=True, extra={"facts": {"jobs": len(job_ids)}})

    thread = threading.Thread(target=beat, name=f"heartbeat-{job_ids[0]}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def run_due(app: Flask, *, limit: int = 200, run: Callable[[Flask, str], bool] = run_job) -> int:
    """Run everything that is due, in this thread; returns how many ran, those together counted once."""
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
