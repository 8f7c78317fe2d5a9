"""Two real databases for every test that asks for `app`: SQLite in a file and PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.database import db, session, set_reading
from diagnostics.jobs import transport
from tests.support import addresses, compiled, postgres
from tests.support.hurry import without_waiting
from tests.support.pages import CheckingClient
from tests.support.templates import COMPILED

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


addresses.keep()

# A slow machine is no failure; the same commit gives the same answer in CI.
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays to the end: the collector of garbage need not look through it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@dataclass(frozen=True)
class Base:
    """A migrated database to start from."""

    kind: str
    url: str
    path: Path | None = None


def make_config(folder: Path, url: str, queue_url: str = "") -> settings.Config:
    return settings.load(
        {"DATA_DIR": str(folder), "DATABASE_URL": url, "QUEUE_URL": queue_url, "SECRET_KEY": "test-key-" * 8}
    )


def migrate(config: settings.Config) -> None:
    app = create_app(config)
    with app.app_context():
        flask_migrate.upgrade()
        session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "empty.db"
    migrate(make_config(folder, f"sqlite:///{path}"))
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Base("sqlite", f"sqlite:///{path}", path)


@pytest.fixture(scope="session")
def postgres_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    if postgres.binaries() is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have PostgreSQL: see Makefile, target setup-system")
        pytest.skip("no PostgreSQL server on this machine: `make setup-system` installs one")
    with postgres.server() as address:
        url = f"{address}/postgres"
        migrate(make_config(tmp_path_factory.mktemp("postgres"), url))
        yield Base("postgres", url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def base(request: pytest.FixtureRequest) -> Base:
    """Override with `@pytest.mark.parametrize("base", ["sqlite"], indirect=True)` for one database only."""
    found: Base = request.getfixturevalue(f"{request.param}_base")
    return found


@pytest.fixture
def app(base: Base, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty migrated database; jobs wait until a test runs them."""
    url = base.url
    if base.path is not None:
        shutil.copy(base.path, tmp_path / "test.db")
        url = f"sqlite:///{tmp_path / 'test.db'}"
    made = create_app(make_config(tmp_path, url))
    with made.app_context():
        compiled.share(db.engine)
    transport.use(None)
    without_waiting(made)
    made.test_client_class = CheckingClient
    made.jinja_env.bytecode_cache = COMPILED
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield made
    with made.app_context():
        session.remove()
        if base.kind == "postgres":
            postgres.empty_base(db.engine)
        compiled.let_go(db.engine)


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Inside an application context with a writing session; nothing is committed unless the test does."""
    with app.app_context():
        set_reading(False)
        yield app
        session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real files of foreign formats and published truth, where they are present beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder with reference data is absent: this test needs its real files")
    return SHARED
