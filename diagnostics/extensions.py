"""Flask objects, made once and bound to an application by the factory."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager

login = LoginManager()
babel = Babel()


class Migrations:
    """What Flask-Migrate keeps in `app.extensions`, loaded when first asked: no page needs Alembic."""

    def __init__(self, app: Flask, directory: str) -> None:
        self._app, self._directory = app, directory
        app.extensions["migrate"] = self

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate  # noqa: PLC0415 - brings Alembic, Mako and Pygments

        Migrate(
            self._app,
            self._app.extensions["sqlalchemy"],
            directory=self._directory,
            render_as_batch=True,
            compare_type=True,
        )  # takes our place in `app.extensions`
        return getattr(self._app.extensions["migrate"], name)
