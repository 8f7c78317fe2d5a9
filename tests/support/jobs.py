"""Jobs in tests: run everything that is due, inline, through the real worker code."""

from __future__ import annotations

from flask import Flask

from diagnostics.database import session
from diagnostics.worker import run


def run_due(app: Flask) -> int:
    """Commit what the test has made, so that its transaction does not hold the write lock, and run all due jobs."""
    session.commit()
    ran = run.run_due(app)
    session.expire_all()
    return ran


def run_one(app: Flask, job_id: str) -> bool:
    session.commit()
    ran = run.run_job(app, job_id)
    session.expire_all()
    return ran
