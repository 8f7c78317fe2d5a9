"""A respondent from the link to the receipt: with the script's saves, alone or in batches, or by forms alone."""

from __future__ import annotations

import gzip
import http.client
import io
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask

from tests.support.answering import event

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Told:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage | dict[str, str]
    text: str
    cookies: Sequence[str]


Send = Callable[[str, str, bytes, Mapping[str, str]], Told]


class Wire:
    """Over HTTP, one connection kept open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __call__(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Told:
        try:
            return self._asked(method, path, body, headers)
        except (BrokenPipeError, ConnectionResetError):  # it was idle for long, and the server gave it up
            self._connection.close()
            return self._asked(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise

    def _asked(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Told:
        self._connection.request(method, path, body or None, dict(headers))
        response = self._connection.getresponse()
        text = _opened(response.read(), dict(response.headers))
        return Told(response.status, response.headers, text, response.headers.get_all("Set-Cookie") or [])

    def close(self) -> None:
        self._connection.close()


class Straight:
    """Straight through WSGI: no network and no client in the figure; seconds of the processor by step."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.step = ""

    @contextmanager
    def named(self, step: str) -> Iterator[None]:
        self.step = step
        yield

    def __call__(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Told:
        address, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": headers.get("Content-Type", ""),
            "HTTP_ACCEPT_ENCODING": headers.get("Accept-Encoding", ""),
            "HTTP_COOKIE": headers.get("Cookie", ""), "HTTP_X_CSRFTOKEN": headers.get("X-CSRFToken", ""),
        }  # fmt: skip
        given: list[tuple[str, list[tuple[str, str]]]] = []
        began = time.process_time()
        parts = self._app.wsgi_app(environ, lambda line, found: given.append((line, found)))  # type: ignore[arg-type]
        content = b"".join(parts)
        parts.close()  # type: ignore[attr-defined]
        self.spent[self.step].append(time.process_time() - began)
        line, found = given[0]
        cookies = [value for name, value in found if name == "Set-Cookie"]
        return Told(int(line[:3]), dict(found), _opened(content, dict(found)), cookies)


def _opened(body: bytes, headers: Mapping[str, str]) -> str:
    """As the browser unpacks it; the processor time of this is the client's."""
    return (gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body).decode()


class Walker:
    """A browser that follows redirects and keeps its cookie."""

    def __init__(self, send: Send, *, batch: int = 1) -> None:
        """`batch`: answers in one save; 0 goes without script."""
        self._send, self._batch, self.token = send, batch, ""
        self._jar: dict[str, str] = {}
        self._requests, self._proof = 0, ""

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._jar.items())

    def open(self, method: str, path: str, form: str = "") -> tuple[str, str]:
        """Address and text of the page where it ended."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        body = b""
        if method == "POST":
            headers["Content-Type"] = FORM
            body = f"csrf_token={self.token}&{form}".encode()
        told = self._ask(method, path, body, headers)
        if told.status in (302, 303):
            return self.open("GET", told.headers["Location"])
        assert told.status == 200, (path, told.status, told.text[:300])
        found = re.search(r'name="csrf_token" value="([^"]+)"', told.text)
        self.token = found[1] if found else self.token
        return path, told.text

    def begin(self, link: str, surname: str) -> tuple[str, str]:
        """Link, surname, start: the address of the sitting and the text of its first question."""
        with self._step("link"):
            self.open("GET", link)
        with self._step("surname, start page"):
            path, page = self.open("POST", link, f"surname={quote(surname)}")
        with self._step("start, first question"):
            if path.endswith("/start"):
                path, page = self.open("POST", path)
        return path.split("/q/")[0], page

    def whole(self, link: str, surname: str, answers: Mapping[str, Any]) -> int:
        """Link, start, the answers, check, receipt; how many requests it took."""
        sitting, page = self.begin(link, surname)
        if self._batch:
            self._by_script(sitting, page, answers)
        else:
            self._by_forms(sitting, page, answers)
        with self._step("review"):
            self.open("GET", f"{sitting}/review")
        with self._step("submit, receipt"):
            path, _page = self.open("POST", f"{sitting}/submit")
        assert path.endswith("/done")
        return self._requests

    def _by_script(self, sitting: str, page: str, answers: Mapping[str, Any]) -> None:
        """The packs of the sections, then saves; moving on costs no request."""
        place = 1
        while place <= len(answers):
            with self._step("packs of the sections"):
                pack = json.loads(self.open("GET", f"{sitting}/pack?from={place}")[1])
            place = pack["entries"][-1]["place"] + 1
        self._proof = pack["proof"]
        data = dict(re.findall(r'data-(base|seq)="([^"]*)"', page))
        base, seq, rows = int(data["base"]), int(data["seq"]), list(answers.items())
        for begin in range(0, len(rows), self._batch):
            batch = [
                event(seq + begin + number, item, value, base=base)
                for number, (item, value) in enumerate(rows[begin : begin + self._batch])
            ]
            with self._step("save"):
                base = self.save(f"{sitting}/events", batch)

    def save(self, path: str, batch: list[dict[str, Any]]) -> int:
        headers = {"Cookie": self.cookie, "Content-Type": "application/json", "X-CSRFToken": self.token}
        body = {"events": batch} | ({"proof": self._proof} if self._proof else {})
        told = self._ask("POST", path, json.dumps(body).encode(), headers)
        assert told.status == 200, told.text
        position: int = json.loads(told.text)["results"][-1]["position"]
        return position

    def _by_forms(self, sitting: str, page: str, answers: Mapping[str, Any]) -> None:
        for place in range(1, len(answers) + 1):
            data = dict(re.findall(r'data-(item|base)="([^"]*)"', page))
            value = answers[data["item"]]
            values = value if isinstance(value, list) else [value]
            form = "&".join(
                [f"base={data['base']}", f"item={data['item']}", "go=next"]
                + [f"answer={one}" for one in values]
            )
            with self._step("answer, next page"):
                page = self.open("POST", f"{sitting}/q/{place}", form)[1]

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Told:
        self._requests += 1
        told = self._send(method, path, body, headers)
        for value in told.cookies:
            name, _, kept = value.split(";")[0].partition("=")
            self._jar[name] = kept
        return told

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        if isinstance(self._send, Straight):
            with self._send.named(name):
                yield
        else:
            yield
