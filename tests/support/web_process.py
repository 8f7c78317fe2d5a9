"""A real web process (waitress) on a real port, and a browser's cookie for it without the walk through pages."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


class WebProcess:
    """Started, killed and started again on one port."""

    def __init__(self, environment: dict[str, str], *, threads: int = 8, code: str = SERVE) -> None:
        self.port = free_port()
        self._environment = os.environ | environment
        self._command = [sys.executable, "-c", code, str(self.port), str(threads)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 600.0) -> None:
        """Return when the process answers."""
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
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
        os.kill(self._process.pid, signal.SIGKILL)
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
