"""Bases of tests that nobody pulls the plug of: SQLite need not wait for the disk, as PostgreSQL here does not."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa
from flask import Flask

from diagnostics.database import db


def without_waiting(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()
            sa.event.listen(db.engine, "connect", _hurry)


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
