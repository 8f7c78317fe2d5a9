"""A real web process (waitress) on a real port, and a browser's cookie for it without the walk through pages."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import flask
from flask import Flask
from flask_wtf.csrf import generate_csrf

from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVE = (
    "import sys; from waitress import serve; from diagnostics.app import create_app; "
    "from diagnostics.cli.serving import MANNERS; "
    "serve(create_app(), host='127.0.0.1', port=int(sys.argv[1]), threads=int(sys.argv[2]), **MANNERS)"
)


class Process(Protocol):
    """What runs, however it was begun."""

    @property
    def pid(self) -> int: ...

    def kill(self) -> None: ...

    def wait(self) -> object: ...


def launched(
    code: str, arguments: Sequence[str], environment: Mapping[str, str], output: int
) -> subprocess.Popen[bytes]:
    """As a shell would begin it: from nothing."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=output, stderr=output)


class WebProcess:
    """Started, killed and started again on one port."""

    def __init__(
        self,
        environment: dict[str, str],
        *,
        threads: int = 8,
        code: str = SERVE,
        begin: Callable[[str, Sequence[str], Mapping[str, str], int], Process] = launched,
    ) -> None:
        self.port = free_port()
        self._environment = os.environ | environment
        self._code, self._arguments, self._begin = code, [str(self.port), str(threads)], begin
        self._process: Process | None = None

    def start(self, patience: float = 600.0) -> None:
        """Return when the process answers."""
        with Path(os.devnull).open("wb") as nowhere:
            self._process = self._begin(self._code, self._arguments, self._environment, nowhere.fileno())
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self._answers():
                return
            time.sleep(0.05)
        message = "the web process did not start"
        raise TimeoutError(message)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """As a power cut would: no chance to finish anything."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def cpu_seconds(self) -> float:
        """Processor time the process has used so far, user and system."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Browser:
    """What a browser with a sitting key sends along."""

    cookie: str
    token: str

    @classmethod
    def of(cls, app: Flask, **session: Any) -> Browser:
        """With this in its signed cookie, and a token for posting."""
        with app.test_request_context():
            # Flask-Login marks the cookie of whoever is not signed in once, at the first page.
            flask.session.update({"_fresh": False} | session)
            token = str(generate_csrf())
            serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of the cookie kind
            return cls(f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(flask.session))}", token)

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-CSRFToken": self.token, "Content-Type": "application/json"}


def post_json(
    connection: http.client.HTTPConnection, path: str, browser: Browser, body: object
) -> tuple[int, Any]:
    """Status and parsed body."""
    connection.request("POST", path, json.dumps(body), browser.headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())
