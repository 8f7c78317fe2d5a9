"""A server in threads of the test: waitress on a free port, and a worker that runs what is due."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import waitress
from flask import Flask

from diagnostics import clock
from diagnostics.app import create_app
from diagnostics.config import Config
from diagnostics.database import Busy, db, session, set_reading
from diagnostics.jobs import transport
from diagnostics.people.actions import signing
from diagnostics.worker.run import run_due
from tests.support import compiled
from tests.support.postgres import free_port
from tests.support.templates import COMPILED


@dataclasses.dataclass
class Live:
    """`ahead`: how far the clock of the server stands before the real one; sign-ins of before may be over then."""

    app: Flask
    address: str
    ahead: timedelta = timedelta()

    def served(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with clock.shifted(self.ahead):
            return self.app(environ, start)

    def cookie(self, person_id: str) -> str:
        """The cookie of a new sign-in of this person, who has an account."""
        config: Config = self.app.extensions["orientir"]
        with clock.shifted(self.ahead), self.app.app_context():
            set_reading(False)
            opened = signing.begin(person_id, config.limits)
            session.commit()
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return str(serializer.dumps({"_user_id": opened.secret, "_fresh": True}))

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Actions in the base of the server, committed at the end."""
        with clock.shifted(self.ahead), self.app.app_context():
            set_reading(False)
            yield
            session.commit()


@contextmanager
def serving(config: Config) -> Iterator[Live]:
    config = dataclasses.replace(config, port=free_port(), host="127.0.0.1")
    app = create_app(config)
    app.jinja_env.bytecode_cache = COMPILED
    with app.app_context():
        compiled.share(db.engine)
    transport.use(None)
    live = Live(app, f"http://127.0.0.1:{config.port}")
    server = waitress.create_server(live.served, host=config.host, port=config.port, threads=4)
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.1):
            with (
                clock.shifted(live.ahead),
                suppress(Busy),
            ):  # a long writer: asked again in a moment, as a worker is
                run_due(app)

    def answer() -> None:
        try:
            server.run()
        except OSError:  # its sockets were closed while it waited for them
            if not stop.is_set():
                raise

    threads = [threading.Thread(target=answer, daemon=True), threading.Thread(target=work, daemon=True)]
    for thread in threads:
        thread.start()
    try:
        yield live
    finally:
        stop.set()
        threads[1].join(timeout=30)
        server.close()
        server.task_dispatcher.shutdown(timeout=5)
        threads[0].join(timeout=5)
        for channel in list(
            server.active_channels.values()
        ):  # of browsers that have gone: a test after this would be blamed
            channel.handle_close()
        with app.app_context():
            session.remove()
            compiled.let_go(db.engine)
