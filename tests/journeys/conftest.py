"""Journeys walk through a real server with a real browser; one browser for all of them.

Each is walked on SQLite in `make test`. On PostgreSQL, those marked `storage` (what they prove is what the base keeps)
are walked there too, the others by `make test-slow`; all of them at once: `.venv/bin/pytest tests/journeys -m postgres`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from tests.conftest import Base, make_config
from tests.support import browser
from tests.support.browser import Looked, Visitor
from tests.support.live import Live, serving
from tests.support.postgres import empty_base

MakeVisitor = Callable[..., Visitor]


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for one in items:
        on_postgres = one.get_closest_marker("journey") and one.get_closest_marker("postgres")
        if on_postgres and not one.get_closest_marker("storage"):
            one.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.WALKED.exists():
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium: see Makefile, target setup-system")
        pytest.skip("no Chromium on this machine: `make setup-system` installs one")
    with browser.chromium() as running:
        yield running


@pytest.fixture(scope="session")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """Kinds of pages that axe has looked at in this run, in any of its processes."""
    folder = tmp_path_factory.getbasetemp()
    return Looked((folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder) / "looked-at")


@pytest.fixture
def live(base: Base, tmp_path: Path) -> Iterator[Live]:
    """The application on an empty migrated base, with its worker."""
    url = base.url
    if base.path is not None:
        shutil.copy(base.path, tmp_path / "test.db")
        url = f"sqlite:///{tmp_path / 'test.db'}"
    with serving(make_config(tmp_path, url)) as running:
        yield running
    if base.kind == "postgres":
        engine = sa.create_engine(running.app.config["SQLALCHEMY_DATABASE_URI"])
        empty_base(engine)
        engine.dispose()


@pytest.fixture
def visitor(chromium: Browser, live: Live, looked: Looked) -> Iterator[MakeVisitor]:
    """Make a person at a window: visitor(person_id), visitor(phone=True), visitor(script=False)."""
    everybody: list[Visitor] = []

    def make(person_id: str | None = None, *, phone: bool = False, script: bool = True) -> Visitor:
        made = Visitor(chromium, live.address, phone=phone, script=script, looked=looked)
        if person_id is not None:
            made.signed_in(live.cookie(person_id))
        everybody.append(made)
        return made

    yield make
    for one in everybody:
        one.close()
