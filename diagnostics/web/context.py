"""Variables that every template may use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.people.queries.places import region_name
from diagnostics.web import guard, rail, signing, static_files, words
from diagnostics.web.messages import sentence
from diagnostics.web.table_files import excel_of

LONGEST_KEPT = 100  # characters of one value of an address


@lru_cache(maxsize=256)
def _address(name: str, folder: str, root: str, since: float) -> str:
    """Looked up once: `root` is where the application is mounted, `since` the time of the file's last change."""
    del root
    return url_for("static", filename=name, v=static_files.content(name, Path(folder), since).digest)


def asset(name: str) -> str:
    """Address of a static file with its content's hash: cached for a year, never stale."""
    folder = current_app.static_folder or ""
    return _address(name, folder, request.script_root, static_files.changed(name, folder))


def address(endpoint: str, **values: Any) -> str:
    """`url_for` of templates: a page of the player asks for the same eight addresses again and again."""
    if any(isinstance(value, str) and len(value) > LONGEST_KEPT for value in values.values()):
        return url_for(endpoint, **values)  # what a person typed is not ours to remember
    return _path(endpoint, request.script_root, **values)


@lru_cache(maxsize=4096, typed=True)
def _path(endpoint: str, _root: str, **values: Any) -> str:
    return url_for(endpoint, **values)


def csrf() -> Markup:
    return Markup(f'<input type="hidden" name="csrf_token" value="{signing.token()}">')  # noqa: S704 - base64


def variables() -> dict[str, Any]:
    me = guard.viewer()
    return {
        "viewer": me,
        "rail": rail.of(guard.actor(), request.path) if me else None,
        "demo": guard.shows_demo(),
        "region_name": region_name,
        "language": str(get_locale() or "ru"),
        "reading": guard.reading(),
        "today": clock.now().date(),
        "asset": asset,
        "csrf": csrf,
        "may": guard.may,
        "Permission": Permission,
    }


def install(app: Flask) -> None:
    app.context_processor(variables)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["url_for"] = address
    app.jinja_env.filters.update(words.FILTERS, problem_sentence=sentence, excel_of=excel_of)
