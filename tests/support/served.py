"""`orientir serve --demo` as a process of its own, and a browser without a screen."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import free_port

LOG = "log"
PATIENCE = 900  # seconds: a demo is made meanwhile, and the machine may be busy


class Client:
    """A browser without a screen: cookies, redirects, forms with their hidden fields."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.url = self.page = ""

    def get(self, path: str) -> str:
        return self._send(path, None)

    def post(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        assert token, "the page before carries no form"
        body = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        return self._send(path, body)

    def _send(self, path: str, body: bytes | None) -> str:
        with self.opener.open(self.address + path, body, timeout=PATIENCE) as response:
            self.url, self.page = response.url.removeprefix(self.address), response.read().decode()
        return self.page


@contextmanager
def served(folder: Path) -> Iterator[Client]:
    """The server on this data folder, at its first page; what it says stands in the folder's log."""
    port = free_port()
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    environment.pop("DATABASE_URL", None)
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "diagnostics.cli", "serve", "--demo"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        client = Client(f"http://127.0.0.1:{port}")
        try:
            _until_served(client, process, folder / LOG)
            yield client
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()  # a server that hangs fails the test and outlives it no minute
                raise


def _until_served(client: Client, process: subprocess.Popen[bytes], log: Path) -> None:
    """The address is open while the demo is made: the first answer waits for it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            client.get("/")
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{refused.status}: {log.read_text()}") from refused
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text())
