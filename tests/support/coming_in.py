"""The way into a work over HTTP, as a browser walks it: link, surname, start, first question."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.support.web_process import Browser

STEPS = 10
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class NotYet(Exception):  # noqa: N818 - no mistake: the server was away for a moment
    """Nobody answered, or the server asks to come again."""


@dataclass
class Walk:
    """One browser with its cookies. `place`: the address where it stands, `token`: for posting from there."""

    port: int
    timeout: float = 30.0
    jar: dict[str, str] = field(default_factory=dict)
    place: str = ""
    token: str = ""

    def begin(self, link: str, surname: str) -> str | None:
        """The id of the sitting, once its first question is on the screen; None where it takes no answers any more.

        Raises
        ------
        NotYet
            May be called again: what came of the walk so far is kept.
        """
        method, path, form = "GET", link, ""
        for _ in range(STEPS):
            status, text = self._request(method, path, form)
            if status in (302, 303):
                method, path = "GET", text
                continue
            if status in (409, 410) or "/done" in path:
                return None
            assert status == 200, (path, status)
            found = TOKEN.search(text)
            assert found is not None, path
            self.place, self.token = path, found[1]
            if "/q/" in path:
                return path.split("/")[2]
            method, form = "POST", f"surname={quote(surname)}"
        message = "the first question was never reached"
        raise AssertionError(message)

    @property
    def browser(self) -> Browser:
        return Browser(self._cookie, self.token)

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def _request(self, method: str, path: str, form: str) -> tuple[int, str]:
        """Status, and the page or the address that it leads to."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = f"csrf_token={self.token}&{form}" if method == "POST" else None
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as away:
            raise NotYet from away
        finally:
            connection.close()
        if response.status in (429, 502, 503, 504):
            raise NotYet
        for value in response.headers.get_all("Set-Cookie") or []:
            name, _, kept = value.split(";")[0].partition("=")
            self.jar[name] = kept
        return response.status, response.headers.get("Location") or text


def persistently(walk: Walk, link: str, surname: str, *, patience: float) -> str | None:
    """`begin`, again and again while the server is away."""
    end = time.monotonic() + patience
    while True:
        try:
            return walk.begin(link, surname)
        except NotYet:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
