"""`orientir serve --demo` in a fresh folder: to the first page, reset, and over to the real base."""

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
from pathlib import Path

import pytest

from tests.support.postgres import free_port

pytestmark = pytest.mark.journey


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
        with self.opener.open(self.address + path, body, timeout=180) as response:
            self.url, self.page = response.url.removeprefix(self.address), response.read().decode()
        return self.page


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Client]:
    port = free_port()
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(port), "HOST": "127.0.0.1"}
    environment.pop("DATABASE_URL", None)
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "diagnostics.cli", "serve", "--demo"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        client = Client(f"http://127.0.0.1:{port}")
        try:
            until_served(client, process, tmp_path / "log")
            yield client
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()  # a server that hangs fails the test and outlives it no minute
                raise


def until_served(client: Client, process: subprocess.Popen[bytes], log: Path) -> None:
    """The address is open while the demo is made: the first answer waits for it."""
    for _attempt in range(300):
        assert process.poll() is None, log.read_text()
        try:
            client.get("/")
        except urllib.error.HTTPError as refused:
            pytest.fail(f"{refused.status}: {log.read_text()}")
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(log.read_text())


def test_the_demo_is_tried_reset_and_left_for_real_work(server: Client, tmp_path: Path) -> None:
    assert server.url == "/who"
    assert re.findall(r"demo \d/6", (tmp_path / "log").read_text()) == [
        f"demo {part}/6" for part in range(1, 7)
    ]
    assert not (tmp_path / "orientir.db").exists(), "the demo must not touch the real base"

    server.post("/demo/enter", role="trainer")
    assert "Мария Игоревна Белова" in server.page

    server.post("/demo/reset")
    assert server.url == "/who"
    assert "Мария Игоревна Белова</span>" not in server.page, "a reset signs everybody out"

    server.get("/demo/remove")
    server.post("/demo/remove")
    secret = re.search(r'href="/first/(\w+)"', server.page)
    assert secret, server.page
    server.get("/")
    assert server.url.startswith("/login"), "the real base has no «Кем войти?»"
    assert "Демо: люди и школы вымышлены" not in server.page
    assert "<form" in server.get(f"/first/{secret[1]}")
    assert (tmp_path / "orientir.db").exists()
    assert not (tmp_path / "demo").exists()
    assert not (tmp_path / "use_demo").exists()
