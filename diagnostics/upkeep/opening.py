"""Which base is opened, and making it ready: migrations, the shipped library, the first administrator.

The demo lives in a folder of its own inside the data folder, with its own files and queue; the marker file
`use_demo` beside it says which of the two bases is open, so «Убрать демо» is one file less and nothing real
is ever overwritten.
"""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from pathlib import Path

from flask import Flask

from diagnostics import clock
from diagnostics.catalogue import bundled
from diagnostics.config import Config
from diagnostics.database import db, session, writing
from diagnostics.measurement.method import Method
from diagnostics.resources import bundled as resources
from diagnostics.upkeep import erased_journal, erasing, marks
from diagnostics.upkeep.demo import shelf
from diagnostics.upkeep.erasing import Act
from instruments import bundled as works

log = logging.getLogger("orientir.upkeep")
MARKER = "use_demo"
SHIPPED = "shipped"


def demo_folder(config: Config) -> Path:
    return config.data_dir / "demo"


def is_own_file(config: Config) -> bool:
    """Is the base the default file of the data folder, which a demo file can stand in for?"""
    return config.database_url == f"sqlite:///{config.data_dir / 'orientir.db'}"


def demo_config(config: Config, name: str = shelf.BASE) -> Config:
    """The settings of the demo base (or of the one being made) of this data folder."""
    folder = demo_folder(config)
    folder.mkdir(parents=True, exist_ok=True)
    return dataclasses.replace(
        config,
        data_dir=folder,
        database_url=f"sqlite:///{folder / name}",
        # Among the files, which go when the demo is put back: then its people are back as well.
        erased_log=folder / "files" / erased_journal.NAME,
    )


def chosen(config: Config, *, demo: bool) -> Config:
    """The settings with the base that is to be opened.

    With `demo`, a fresh data folder opens the demo; without SQLite or with a given DATABASE_URL nothing changes.
    """
    if not is_own_file(config):
        return config
    marker = config.data_dir / MARKER
    if demo and not (config.data_dir / "orientir.db").exists() and not marker.exists():
        marker.touch()
    return demo_config(config) if marker.exists() else config


def migrate(app: Flask) -> None:
    """Bring the base to the newest schema."""
    import flask_migrate  # noqa: PLC0415 - brings Alembic, Mako and Pygments

    with app.app_context():
        flask_migrate.upgrade()


def prepare(app: Flask) -> None:
    """The newest schema, the shipped works and what helps; the erased stay erased; safe to run at every start."""
    migrate(app)
    config: Config = app.extensions["orientir"]
    with app.app_context(), writing():
        keep_erased(config)
        shipped = _stamp()
        if marks.value_of(SHIPPED) != shipped:
            bundled.install()
            resources.install(clock.now().date())
            marks.put(SHIPPED, shipped)
        session.commit()
        db.session.remove()


def keep_erased(config: Config) -> list[Act]:
    """The journal learns whom the base has erased, the base erases again whom a restored copy brought back."""
    erased_journal.catch_up(config.erased_log)
    again = erasing.erase_again([config.erased_log], files_dir=config.files_dir)
    for act in again:
        log.warning("erased again after a restore", extra={"facts": {"person": act.person_id}})
    return again


def _stamp() -> str:
    """Of everything that ships with this release: reading and checking it takes a second, comparing it does not."""
    stamp = hashlib.sha256(Method().to_json().encode())
    for folder in (works.__path__, resources.__path__):
        for path in sorted(path for root in folder for path in Path(root).rglob("*.yaml")):
            stamp.update(path.read_bytes())
    return stamp.hexdigest()
