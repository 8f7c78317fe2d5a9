from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import Base, make_config, migrate
from tests.support import judge, postgres


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What all trials of this run come to; workers of xdist keep theirs."""
    if judge.ALL.acknowledged:
        terminalreporter.write_line(f"all faults together: {judge.ALL}")


@pytest.fixture
def sqlite_url(sqlite_base: Base, tmp_path: Path) -> str:
    """A migrated base of its own on SQLite."""
    assert sqlite_base.path is not None
    shutil.copy(sqlite_base.path, tmp_path / "test.db")
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def postgres_url(postgres_base: Base) -> Iterator[str]:
    """The migrated base on PostgreSQL, emptied afterwards."""
    yield postgres_base.url
    engine = sa.create_engine(postgres_base.url)
    postgres.empty_base(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def killable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Killable]:
    """A server of its own with a migrated base, which may be killed."""
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server on this machine: `make setup-system` installs one")
    with postgres.killable() as server:
        migrate(make_config(tmp_path_factory.mktemp("killable"), f"{server.address}/postgres"))
        yield server
