"""From one base to another while the address stays open: the demo is reset or left from a page."""

from __future__ import annotations

import _thread
import shutil
import socket
import threading
from dataclasses import dataclass, field

from diagnostics.app import create_app
from diagnostics.cli import demo
from diagnostics.config import Config
from diagnostics.database import db
from diagnostics.upkeep import opening

#: Where the application finds it, while the demo is served from its own file.
NAME = "demo"
#: Seconds for the answer of the request that asked for the change to reach the browser.
LAST_WORDS = 0.5


@dataclass(slots=True)
class Switch:
    """What pages of the demo may ask of the process that serves them.

    The process then finishes its requests, stops its worker and opens the base that is chosen; browsers wait
    at the listening socket meanwhile.
    """

    root: Config  # of the data folder, with the real base
    again: bool = field(default=False, init=False)
    _fresh: bool = field(default=False, init=False)

    def reset(self) -> None:
        """The demo as it was made; everyone is signed out, because sign-ins are rows of the base."""
        self._fresh = True
        self._leave()

    def remove(self) -> str:
        """Make the real base ready and choose it; the one-time code of its first administrator."""
        app = create_app(self.root)
        opening.prepare(app)
        with app.app_context():
            code = ""
            db.session.remove()
            db.engine.dispose()
        (self.root.data_dir / opening.MARKER).unlink(missing_ok=True)
        self._leave()
        return code

    def settle(self) -> None:
        """Between two bases, when nothing is open any more."""
        if self._fresh:
            demo.refresh(self.root)
        elif not (self.root.data_dir / opening.MARKER).exists():
            shutil.rmtree(opening.demo_folder(self.root), ignore_errors=True)

    def _leave(self) -> None:
        self.again = True
        timer = threading.Timer(LAST_WORDS, _thread.interrupt_main)
        timer.daemon = True
        timer.start()


def listening(config: Config) -> socket.socket:
    """One socket for all bases, so that the address never refuses while another base is opened."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(address)
    made.listen(1024)
    return made
