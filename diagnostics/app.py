"""The factory and nothing else."""

from __future__ import annotations

from flask import Flask

from diagnostics import config as settings
from diagnostics import tables  # noqa: F401 - every table is known before the first query
from diagnostics.assets import path_of
from diagnostics.database import db
from diagnostics.database.engines import engine_options, prepare
from diagnostics.extensions import Migrations, babel, login
from diagnostics.jobs import transport
from diagnostics.web import (
    blueprints,
    characters,
    compression,
    context,
    guard,
    headers,
    importing,
    language,
    logs,
    problems,
    translating,
)
from diagnostics.web.application import Application
from diagnostics.web.signing import Csrf


def create_app(config: settings.Config | None = None) -> Flask:
    """The web application on one database and one queue.

    Raises
    ------
    diagnostics.config.ConfigError
        When the environment makes a safe start impossible.
    """
    config = config or settings.load()
    app = Application(
        "diagnostics",
        template_folder=str(path_of("templates")),
        static_folder=str(path_of("static")),
        static_url_path="/static",
    )
    app.config.from_mapping(_flask_settings(config))
    app.extensions["orientir"] = config
    logs.install(app)  # first: even a refused request has a number
    _bind_extensions(app)
    for install in (
        compression.install,  # of the finished page: what is installed later runs before it
        headers.install,
        characters.install,
        guard.install,
        importing.install,
        context.install,
        translating.install,
        problems.install,
    ):
        install(app)
    for blueprint in blueprints.BLUEPRINTS:
        app.register_blueprint(blueprint)
    transport.use(transport.Transport(config).send)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    Migrations(app, directory=str(path_of("migrations")))
    login.init_app(app, add_context_processor=False)  # templates know the viewer
    Csrf().init_app(app)
    babel.init_app(
        app, locale_selector=language.choose, default_translation_directories=str(path_of("translations"))
    )


def _flask_settings(config: settings.Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(config.database_url),
        "SESSION_COOKIE_NAME": "__Host-orientir" if config.secure_cookies else "orientir",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": config.limits.upload_bytes,
        "MAX_FORM_MEMORY_SIZE": config.limits.upload_bytes,
        "MAX_FORM_PARTS": 1000,
        # A teacher may think over one case for an hour: the token lives as long as the session.
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "ru",
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,  # static addresses carry the content's hash
    }
