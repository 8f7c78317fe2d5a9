"""`orientir verify --demo`: each planted truth beside what the product concluded from answers alone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

import click

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.config import Config
from diagnostics.database import db, read_only, session
from diagnostics.upkeep import opening
from diagnostics.upkeep.demo import shelf
from diagnostics.upkeep.demo.truths import NoDemo, Truth, truths

FOUND, NOT_FOUND, NO_DEMO = 0, 1, 2


def verify(*, as_json: bool) -> int:
    """The exit code: 0 when everything planted was found, 1 when something was not, 2 when there is no demo."""
    found = _truths(settings.load())
    if found is None:
        click.echo("there is no demo here: make one with `orientir demo`", err=True)
        return NO_DEMO
    if as_json:
        rows = [dataclasses.asdict(one) for one in found]
        click.echo(json.dumps({"truths": rows}, ensure_ascii=False, indent=1))
    else:
        _table(found)
    return FOUND if all(one.found for one in found) else NOT_FOUND


def _truths(config: Config) -> list[Truth] | None:
    chosen = _base(config)
    if chosen is None:
        return None
    app = create_app(chosen)
    opening.migrate(app)
    with app.app_context(), read_only():
        try:
            return truths()
        except NoDemo:
            return None
        finally:
            session.rollback()
            db.session.remove()
            db.engine.dispose()


def _base(config: Config) -> Config | None:
    """The demo file of the data folder, whichever base is open now; or the base that was named."""
    if not opening.is_own_file(config):
        return config
    stands = (opening.demo_folder(config) / shelf.BASE).exists()
    return opening.demo_config(config) if stands else None


def _table(found: Sequence[Truth]) -> None:
    for one in found:
        click.echo(f"{'found    ' if one.found else 'NOT FOUND'}  planted:   {one.planted}")
        click.echo(f"           concluded: {one.concluded}")
