"""Every endpoint × everyone: each cell is a real request; what is not expected to be open must be shut."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from diagnostics.app import create_app
from diagnostics.database import db, session, writing
from diagnostics.jobs import transport
from tests.conftest import Base, make_config
from tests.matrix import world as worlds
from tests.matrix.asking import Door, ask, doors
from tests.matrix.expectations import ALLOWED
from tests.matrix.world import SUBJECTS, World
from tests.support.hurry import without_waiting
from tests.support.postgres import empty_base
from tests.support.templates import COMPILED


@dataclass
class Stage:
    """The application on a base that is laid anew after each request that may have changed something."""

    app: Flask
    world: World
    folder: Path
    doors: dict[str, Door]

    def anew(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        for leftover in ("work.db-wal", "work.db-shm"):
            (self.folder / leftover).unlink(missing_ok=True)
        shutil.copy(self.folder / "kept.db", self.folder / "work.db")


def make_app(folder: Path, url: str) -> Flask:
    app = create_app(make_config(folder, url))
    app.jinja_env.bytecode_cache = COMPILED
    transport.use(None)
    without_waiting(app)
    # Unexpected errors become their page here: a 500 is an answer like others, and never the expected one.
    app.config.update(WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    with worlds.frozen_now():
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def stage(sqlite_base: Base, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("matrix")
    assert sqlite_base.path is not None
    shutil.copy(sqlite_base.path, folder / "work.db")
    app = make_app(folder, f"sqlite:///{folder / 'work.db'}")
    with worlds.frozen_now(), app.app_context(), writing():
        world = worlds.build(folder)
        session.remove()
        db.engine.dispose()
    with closing(sqlite3.connect(folder / "work.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(folder / "work.db", folder / "kept.db")
    return Stage(app, world, folder, {door.name: door for door in doors(app, world)})


def knock(app: Flask, world: World, door: Door, subject: str) -> str:
    with app.app_context(), writing():
        client = app.test_client()
        world.enter(client, subject)
        session.remove()
    return ask(client, door)


def test_the_table_names_every_door_and_no_other(stage: Stage) -> None:
    assert list(stage.doors) == sorted(ALLOWED)


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_a_door_opens_for_those_and_only_those_who_may(stage: Stage, name: str) -> None:
    door = stage.doors[name]
    opened = set()
    for subject in SUBJECTS:
        outcome = knock(stage.app, stage.world, door, subject)
        assert outcome != "fault", f"{door.address} fails for {subject}"
        if outcome == "allow":
            opened.add(subject)
            if door.method != "GET":
                stage.anew()
    assert opened == set(ALLOWED[name].split())


def test_on_postgresql_every_door_is_shut_to_a_stranger_of_another_region(
    postgres_base: Base, tmp_path: Path
) -> None:
    app = make_app(tmp_path, postgres_base.url)
    try:
        with app.app_context(), writing():
            world = worlds.build(tmp_path)
            session.remove()
        opened = {
            door.name
            for door in doors(app, world)
            if knock(app, world, door, "foreign_coordinator") == "allow"
        }
        expected = {name for name, who in ALLOWED.items() if "foreign_coordinator" in who.split()}
        # One base for all doors here: what the door before began may be confirmed.
        assert opened == expected | {"POST account.second_confirm"}
    finally:
        with app.app_context():
            session.remove()
            empty_base(db.engine)
            db.engine.dispose()
