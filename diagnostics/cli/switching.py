"""From one base to another while the address stays open: the demo is reset or left from a page."""

from __future__ import annotations

import _thread
import shutil
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from diagnostics.app import create_app
from diagnostics.cli import demo
from diagnostics.config import Config, ConfigError
from diagnostics.database import db, session, set_reading
from diagnostics.people.actions.first import first_administrator_token
from diagnostics.upkeep import opening
from diagnostics.upkeep.marks import is_demo

#: Where the application finds it, while the demo is served from its own file.
NAME = "demo"
#: Seconds without anything to answer or to send, and the longest wait for them.
QUIET, PATIENCE = 0.4, 10.0


@dataclass(slots=True)
class Switch:
    """What pages of the demo may ask of the process that serves them.

    The process then finishes its requests, stops its worker and opens the base that is chosen; browsers wait
    at the listening socket meanwhile.
    """

    root: Config  # of the data folder, with the real base
    again: bool = field(default=True, init=False)  # another base is to be opened
    _fresh: bool = field(default=False, init=False)
    _secret: str = field(default="", init=False)
    _server: Any = field(default=None, init=False)

    def served(self, app: Flask) -> str:
        """From now on this base is served; the secret of its first administrator's link, if it has none yet."""
        self.again = self._fresh = False
        secret, self._secret = self._secret, ""
        return secret or first_link(app)

    def run(self, server: Any) -> None:
        """Serve (a waitress server) until the process is stopped or another base is asked for."""
        self._server = server
        server.run()
        server.close()

    def reset(self) -> None:
        """The demo as it was made; everyone is signed out, because sign-ins are rows of the base."""
        self._fresh = True
        self._leave()

    def remove(self) -> str:
        """Make the real base ready and choose it; the secret of its first administrator's one-time link.

        Empty when the base has an administrator already.
        """
        app = create_app(self.root)
        opening.prepare(app)
        self._secret = first_link(app)
        with app.app_context():
            db.engine.dispose()
        (self.root.data_dir / opening.MARKER).unlink(missing_ok=True)
        self._leave()
        return self._secret

    def settle(self) -> None:
        """Between two bases, when nothing is open any more."""
        if self._fresh:
            demo.refresh(self.root)
        elif not (self.root.data_dir / opening.MARKER).exists():
            shutil.rmtree(opening.demo_folder(self.root), ignore_errors=True)

    def _leave(self) -> None:
        self.again = True
        # New browsers wait at the listening socket; those that are being answered get their answers.
        self._server.accepting = False
        threading.Thread(target=self._stop_when_quiet, daemon=True).start()

    def _stop_when_quiet(self) -> None:
        end = time.monotonic() + PATIENCE
        quiet_since = time.monotonic()
        while time.monotonic() < min(end, quiet_since + QUIET):
            time.sleep(QUIET / 8)
            if any(
                one.requests or one.total_outbufs_len for one in list(self._server.active_channels.values())
            ):
                quiet_since = time.monotonic()
        _thread.interrupt_main()


def first_link(app: Flask) -> str:
    """A new one-time link of the first administrator; empty in a demo and where somebody administers already."""
    config: Config = app.extensions["orientir"]
    with app.app_context():
        set_reading(False)
        secret = None if is_demo() else first_administrator_token(config.limits)
        session.commit()
        session.remove()
    return secret or ""


def listening(config: Config) -> socket.socket:
    """One socket for all bases, so that the address never refuses while another base is opened.

    Raises
    ------
    ConfigError
        The address is taken or not of this machine.
    """
    family, kind, protocol, _name, address = socket.getaddrinfo(
        config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
    except OSError as error:
        made.close()
        message = f"{config.host}:{config.port} cannot be served ({error.strerror}): set HOST and PORT"
        raise ConfigError(message) from error
    made.listen(1024)
    return made
