"""Which base is opened, and making it ready: migrations, the shipped library, the first administrator.

The demo lives in a database file of its own beside the real one; the marker file `use_demo` in the data
folder says which of the two is open, so «Убрать демо» is one file less and nothing is ever overwritten.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import flask_migrate
from flask import Flask

from diagnostics.catalogue import bundled
from diagnostics.config import Config
from diagnostics.database import db, session, set_reading

MARKER = "use_demo"


def demo_path(config: Config) -> Path:
    return config.data_dir / "demo.db"


def chosen(config: Config, *, demo: bool) -> Config:
    """The settings with the base that is to be opened.

    With `demo`, a fresh data folder opens the demo; without SQLite or with a given DATABASE_URL nothing changes.
    """
    own = config.data_dir / "orientir.db"
    if config.database_url != f"sqlite:///{own}":
        return config
    marker = config.data_dir / MARKER
    if demo and not own.exists() and not marker.exists():
        marker.touch()
    if marker.exists():
        return dataclasses.replace(config, database_url=f"sqlite:///{demo_path(config)}")
    return config


def prepare(app: Flask) -> None:
    """Bring the base to the newest schema and publish the shipped library; safe to run at every start."""
    with app.app_context():
        flask_migrate.upgrade()
        set_reading(False)
        bundled.install()
        session.commit()
        db.session.remove()
