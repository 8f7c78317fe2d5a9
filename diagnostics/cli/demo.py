"""`orientir demo`: the demo base, made aside and put in place whole."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

import click
import sqlalchemy as sa

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.config import Config
from diagnostics.database import db
from diagnostics.jobs import transport
from diagnostics.upkeep import opening
from diagnostics.upkeep.demo import PARTS, Size, build, shelf, today
from diagnostics.worker.run import run_due


@click.command(epilog="Example: orientir demo --reset")
@click.option("--reset", is_flag=True, help="Make the demo base anew; stop the server first.")
@click.option(
    "--large",
    is_flag=True,
    help="27 municipalities, 350 schools, 2,500 teachers, for measurements: a data folder of its own.",
)
def demo(*, reset: bool, large: bool) -> None:
    """Make the demo and open it at the next start; with DATABASE_URL, fill that base, which must be empty."""
    config = settings.load()
    if not opening.is_own_file(config):
        if reset:
            raise click.UsageError("--reset works on the demo file only: empty the base yourself")
        _fill(config, _size(large=large))
        return
    stands = (opening.demo_folder(config) / shelf.BASE).exists()
    if stands and large and not reset:
        raise click.UsageError("a demo stands here already: set DATA_DIR to an empty folder, or add --reset")
    if reset or not stands:
        make(config, _size(large=large))
    (config.data_dir / opening.MARKER).touch()
    click.echo("the demo is ready: orientir serve opens it")


def _size(*, large: bool) -> Size:
    return Size.LARGE if large else Size.REGION


def ensure(config: Config) -> None:
    """`config`: of the data folder. Make the demo base when there is none."""
    if not (opening.demo_folder(config) / shelf.BASE).exists():
        make(config)


def refresh(config: Config) -> None:
    """The demo as it was made, with dates counted from today: a copy when it is today's, else made anew."""
    folder = opening.demo_folder(config)
    if shelf.made_on(folder) == today().isoformat():
        shelf.put_back(folder)
    else:
        make(config)


def make(config: Config, size: Size = Size.REGION) -> None:
    folder = opening.demo_folder(config)
    shelf.clear(folder)
    _fill(opening.demo_config(config, shelf.NEW), size, aside=True)
    shelf.put_in_place(folder)


def _fill(config: Config, size: Size = Size.REGION, *, aside: bool = False) -> None:
    """`aside`: the file becomes the demo only when it is whole."""
    app = create_app(config)
    transport.use(None)  # jobs run here, one after another; nobody else is to be woken
    logging.getLogger("orientir.worker").setLevel(logging.WARNING)  # some hundred jobs of the past
    opening.migrate(app)  # the demo publishes the library itself, on its own past day
    with app.app_context():
        if aside:
            _without_waiting()
        build(lambda: run_due(app), config, _telling(), size=size)
        db.session.remove()
        db.engine.dispose()
    logging.getLogger("orientir.worker").setLevel(logging.NOTSET)


def _without_waiting() -> None:
    """No waiting for the disk at each of thousands of commits: what a power cut leaves is made anew."""

    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    db.engine.dispose()
    sa.event.listen(db.engine, "connect", hurry)


def _telling() -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        if done < of:
            click.echo(f"demo {done + 1}/{of}: {PARTS[done]}")

    tell(0, len(PARTS))
    return tell
