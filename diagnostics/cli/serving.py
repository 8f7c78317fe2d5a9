"""`orientir serve` and `orientir worker`: one command runs all on one machine."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import waitress
from flask import Flask

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.cli import demo as demo_base
from diagnostics.cli import switching
from diagnostics.database import db
from diagnostics.upkeep import opening
from diagnostics.web import logs
from diagnostics.web.settling import settle
from diagnostics.worker.consumer import consume

#: A browser keeps its connection for a while: of waitress' hundred, the next person of three hundred would wait for
#: somebody else's to be given up. select() knows no descriptor above 1,024, poll() does.
MANNERS: dict[str, Any] = {
    "connection_limit": 900,
    "channel_timeout": 30,
    "cleanup_interval": 10,
    "asyncore_use_poll": hasattr(select, "poll"),
}


@click.command(epilog="Example: PORT=8080 orientir serve")
@click.option("--with-worker/--no-worker", default=True, help="Run the background worker beside the server.")
@click.option(
    "--demo/--no-demo", default=False, help="Make and open the demo base when there is no base yet."
)
@click.option("--threads", default=8, show_default=True, help="Threads that answer requests.")
def serve(*, with_worker: bool, demo: bool, threads: int) -> None:
    """Serve pages on HOST:PORT: migrate the base, run the worker, print the address."""
    logs.to_console()
    _hear_interrupts()
    root = settings.load()
    with switching.listening(root) as listener:
        switch = switching.Switch(root)
        config = opening.chosen(root, demo=demo)
        while switch.again:
            app = _opened(config, switch)
            with _worker_process(config) if with_worker else _nothing():
                click.echo(f"Orientir: {config.public_url}")
                settle()
                switch.run(_server(app, listener, threads))
                if not switch.again:
                    listener.close()  # at once: the worker may need seconds to finish its job
                with app.app_context():
                    db.engine.dispose()
            switch.settle()
            config = opening.chosen(root, demo=False)


def _opened(config: settings.Config, switch: switching.Switch) -> Flask:
    """The application on its base, made ready; in a base without administrator the way in is printed."""
    is_demo = config.data_dir != switch.root.data_dir
    if is_demo:
        demo_base.ensure(switch.root)
    app = create_app(config)
    opening.prepare(app)
    if is_demo:
        app.extensions[switching.NAME] = switch
    if secret := switch.served(app):
        click.echo(f"First administrator (once, within 14 days): {config.public_url}/first/{secret}")
    return app


def _server(app: Flask, listener: socket.socket, threads: int) -> Any:
    config: settings.Config = app.extensions["orientir"]
    return waitress.create_server(
        app,
        sockets=[listener.dup()],
        threads=threads,
        ident=None,
        **MANNERS,
        max_request_body_size=config.limits.upload_bytes,
    )


@click.command(epilog="Example: orientir worker --threads 2")
@click.option("--threads", default=2, show_default=True, help="Jobs that run at once.")
def worker(*, threads: int) -> None:
    """Run background jobs until SIGINT; running jobs are finished first."""
    logs.to_console()
    _hear_interrupts()
    config = opening.chosen(settings.load(), demo=False)
    app = create_app(config)
    settle()
    consume(app, threads=threads)


def _hear_interrupts() -> None:
    """A shell starts what it sends to the background deaf to SIGINT, by which a base is left and a worker ends."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _worker_process(config: settings.Config) -> Iterator[None]:
    """A child that dies with us: SIGINT first, so that a running job ends well."""
    environment = os.environ | {
        "DATABASE_URL": config.database_url,
        "DATA_DIR": str(config.data_dir),
        "SECRET_KEY": config.secret_key,
    }
    child = subprocess.Popen([sys.executable, "-m", "diagnostics.cli", "worker"], env=environment)
    # SIGTERM to the server must reach the finally below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
