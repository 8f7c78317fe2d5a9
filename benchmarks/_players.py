"""A base with people who answer, and the processes to measure: shared by the benchmarks of the player."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from benchmarks._work import publish
from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.campaigns import actions as campaigns
from diagnostics.database import db, session, set_reading
from diagnostics.jobs import transport
from diagnostics.people.models import PersonalData
from diagnostics.sittings import actions as sittings
from tests.support import postgres
from tests.support.answering import world
from tests.support.web_process import Browser

SECRET = "bench-key-" * 8
# The server under test with one view more: what a request costs that does nothing at all.
SERVE = """
import sys
from waitress import serve
from benchmarks._players import with_empty_view
from diagnostics.app import create_app
from diagnostics.cli.serving import MANNERS
from diagnostics.web.settling import settle
app = with_empty_view(create_app())
settle()
serve(app, host='127.0.0.1', port=int(sys.argv[1]), threads=int(sys.argv[2]), **MANNERS)
"""


@dataclass(frozen=True)
class Respondent:
    """Who holds a key of a sitting."""

    sitting_id: str
    browser: Browser


@dataclass(frozen=True)
class Door:
    """A link that nobody opened yet, and the surname that opens it."""

    link: str
    surname: str


@dataclass(frozen=True)
class Field:
    """One database with respondents in it."""

    name: str
    url: str
    folder: Path
    app: Flask
    respondents: list[Respondent]
    doors: list[Door]

    @property
    def environment(self) -> dict[str, str]:
        return {"DATA_DIR": str(self.folder), "DATABASE_URL": self.url, "SECRET_KEY": SECRET}


def with_empty_view(app: Flask) -> Flask:
    def empty() -> str:
        return "{}"

    empty.permissions = ("none",)  # type: ignore[attr-defined]  # the house refuses views that declare nothing
    app.add_url_rule("/empty", "empty", empty, methods=["GET", "POST"])
    return app


@contextmanager
def sqlite_field(respondents: int, doors: int = 0) -> Iterator[Field]:
    folder = Path(tempfile.mkdtemp(prefix="orientir-bench-"))
    try:
        yield _field("SQLite FULL", f"sqlite:///{folder / 'bench.db'}", folder, respondents, doors)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_field(respondents: int, doors: int = 0) -> Iterator[Field]:
    folder = Path(tempfile.mkdtemp(prefix="orientir-bench-"))
    try:
        with postgres.server(durable=True) as address:
            yield _field("PostgreSQL", f"{address}/postgres", folder, respondents, doors)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _field(name: str, url: str, folder: Path, respondents: int, doors: int) -> Field:
    app = create_app(settings.load({"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": SECRET}))
    transport.use(None)
    with app.app_context():
        flask_migrate.upgrade()
        session.remove()
        set_reading(False)
        place = world(publish=publish, more=max(0, respondents + doors - 2))
        seats = list(zip(place.seats, place.people, strict=True))
        begun = [
            sittings.start(seat_id=seat, token_id=None, person_id=person)
            for seat, person in seats[:respondents]
        ]
        opened = [
            Door(f"/i/{campaigns.mint_link(seat)}", _surname(person)) for seat, person in seats[respondents:]
        ]
        session.commit()
        session.remove()
        db.engine.dispose()
    found = [
        Respondent(one.sitting_id, Browser.of(app, sittings={one.sitting_id: one.secret})) for one in begun
    ]
    return Field(name, url, folder, app, found, opened)


def _surname(person_id: str) -> str:
    return session.scalars(sa.select(PersonalData.surname).where(PersonalData.person_id == person_id)).one()


def postgres_cpu(url: str) -> float:
    """Processor seconds of a server and all its children, ended ones too; 0 where there is no server."""
    if not url.startswith("postgresql"):
        return 0.0
    port = sa.engine.make_url(url).port
    master = next((pid for pid in _pids() if f"-p\0{port}\0" in _command(pid)), None)
    if master is None:
        return 0.0
    children = [pid for pid in _pids() if _stat(pid)[1] == master]
    own = [_stat(pid) for pid in [master, *children]]
    return sum(sum(fields[11:13]) for fields in own) / os.sysconf("SC_CLK_TCK") + sum(
        own[0][13:15]
    ) / os.sysconf("SC_CLK_TCK")


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def _stat(pid: int) -> list[int]:
    """Fields of /proc/<pid>/stat after the name: state as 0, parent, …, utime 11, stime 12, of children 13 and 14."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return [0] * 20
    return [int(field) if field.lstrip("-").isdigit() else 0 for field in fields]
