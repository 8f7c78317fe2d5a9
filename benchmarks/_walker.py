"""A respondent over HTTP: from the link to the receipt, with the script's saves or by forms alone."""

from __future__ import annotations

import http.client
import json
import re
from typing import Any

from tests.support.answering import event


class Walker:
    """A browser that follows redirects and keeps its cookie."""

    def __init__(self, port: int, script: bool) -> None:  # noqa: FBT001 - with script or without
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.script, self.cookie, self.token = script, "", ""

    def open(self, method: str, path: str, form: str = "") -> tuple[str, str]:
        """Address and text of the page where it ended."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = f"csrf_token={self.token}&{form}" if method == "POST" else None
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookie = value.split(";")[0]
        if response.status in (302, 303):
            return self.open("GET", response.headers["Location"])
        assert response.status == 200, (path, response.status, text[:300])
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.token = found[1] if found else self.token
        return path, text

    def answer(self, sitting: str, place: int, page: str) -> str:
        data = dict(re.findall(r'data-(kind|item|base|seq)="([^"]*)"', page))
        value: Any = {"number": "12", "text": "слово"}.get(data["kind"])
        chosen = re.findall(r'name="answer" value="([^"]+)"', page)
        if value is None:
            value = chosen[:2] if data["kind"] == "multiple" else chosen[0]
        if not self.script:
            values = value if isinstance(value, list) else [value]
            form = "&".join([f"base={data['base']}", "go=next", *(f"answer={one}" for one in values)])
            return self.open("POST", f"{sitting}/q/{place}", form)[1]
        body = {"events": [event(int(data["seq"]), data["item"], value, base=int(data["base"]))]}
        headers = {"Cookie": self.cookie, "Content-Type": "application/json", "X-CSRFToken": self.token}
        self.connection.request("POST", f"{sitting}/events", json.dumps(body), headers)
        response = self.connection.getresponse()
        assert response.status == 200, response.read()
        response.read()
        return self.open("GET", f"{sitting}/q/{place + 1}")[1] if place < 24 else ""

    def whole(self, link: str, surname: str) -> None:
        """Link, start, 24 answers, check, receipt."""
        self.open("GET", link)
        path, page = self.open("POST", link, f"surname={surname}")
        if path.endswith("/start"):
            path, page = self.open("POST", path)
        sitting = path.split("/q/")[0]
        path, page = self.open("GET", f"{sitting}/q/1")
        for place in range(1, 25):
            page = self.answer(sitting, place, page)
        self.open("GET", f"{sitting}/review")
        path, page = self.open("POST", f"{sitting}/submit", "without=yes")
        assert path.endswith("/done")
        self.connection.close()
