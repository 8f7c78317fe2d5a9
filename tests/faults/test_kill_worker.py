"""kill -9 of the worker in the middle: every job ends once, by its lease, over either queue."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from diagnostics.app import create_app
from diagnostics.database import db, session, set_reading
from diagnostics.jobs import actions, queries, transport
from diagnostics.jobs.models import JobState
from tests.conftest import make_config, migrate
from tests.support.postgres import free_port
from tests.support.worker_process import wait_until, worker

JOBS = 3


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("no redis-server on this machine: `make setup-system` installs one")
    port = free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


@pytest.fixture(params=["file", "redis"])
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "file":
        yield ""
    else:
        with redis_server(tmp_path) as url:
            yield url


@pytest.fixture
def environment(tmp_path: Path, queue_url: str) -> dict[str, str]:
    return {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'work.db'}",
        "QUEUE_URL": queue_url,
        "SECRET_KEY": "test-key-" * 8,
    }


@pytest.fixture
def own_app(environment: dict[str, str], tmp_path: Path) -> Iterator[Flask]:
    config = make_config(tmp_path, environment["DATABASE_URL"], environment["QUEUE_URL"])
    migrate(config)
    app = create_app(config)
    yield app
    transport.use(None)
    with app.app_context():
        db.engine.dispose()


def states(app: Flask, ids: list[str]) -> list[tuple[JobState, int]]:
    with app.app_context():
        set_reading(True)
        found = [queries.one(job_id) for job_id in ids]
        session.rollback()
        return [(one.state, one.percent) for one in found if one]


def test_every_job_of_a_killed_worker_ends_once(
    own_app: Flask, environment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "done.log"
    with own_app.app_context():
        set_reading(False)
        ids = [actions.enqueue("test.slow", str(log), asker_id=None).id for _ in range(JOBS)]
        session.commit()
    with worker(environment):
        wait_until(lambda: any(percent >= 25 for _, percent in states(own_app, ids)))
    assert any(state is JobState.RUNNING for state, _ in states(own_app, ids))
    with worker(environment):
        wait_until(lambda: all(state is JobState.DONE for state, _ in states(own_app, ids)))
    assert sorted(log.read_text().split()) == sorted(ids)
