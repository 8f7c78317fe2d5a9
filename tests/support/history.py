"""A small Jepsen in plain Python: what clients asked for and were told, and what the base says afterwards.

A client acts like the player of a browser: each answer has its number, is sent again until it is acknowledged, always
with the same body, and only then the next one follows. Everything is written down: invoke, ok, fail, unknown, and
every definite word of the server about each request.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.answering import event
from tests.support.web_process import Browser

VALUES: Mapping[str, list[Any]] = {
    "S1": ["a", "b", "c"],
    "S2": ["a", "b", "c"],
    "L1": [1, 2, 3],
    "N1": [10, 20, 30.5],
}
TIMEOUT = 5.0  # seconds of one request
PATIENCE = 900.0  # seconds: a busy machine starts a process slowly, and that is not what is tried here
AGAIN = frozenset({500, 502, 503, 504, 429})  # the player sends again; 500 is counted, for it may not happen
TOLD_AWAY = frozenset({"try_again", "busy", "storage_full"})


@dataclass
class Operation:
    """One save: `outcome` is invoke, ok, fail or unknown; `sent` the moments of its tries."""

    client: str
    sitting_id: str
    seq: int
    item: str
    value: Any
    base: int
    kind: str = "answer"
    outcome: str = "invoke"
    sent: list[datetime] = field(default_factory=list)
    position: int = 0
    code: str = ""
    kept: bool = False  # refused, but kept apart for whoever decides about late answers


@dataclass
class Batch:
    """One request: what it brings, and every definite answer that it got, however often it was sent."""

    made: tuple[Operation, ...]
    body: dict[str, Any]
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


@dataclass
class Client:
    """One browser with a key of its own. `port`: where it reaches the server, maybe through a proxy."""

    sitting_id: str
    client: str
    browser: Browser
    seed: int
    port: int = 0
    pause: float = 0.0
    history: list[Operation] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    receipts: list[str] = field(default_factory=list)
    ended: datetime | None = None  # when the server had told here that the work is sent
    errors: list[str] = field(default_factory=list)
    clock: Callable[[], datetime] | None = None  # of the device, where it goes wrong

    def run(self, stop: threading.Event, *, until: Callable[[], bool] | None = None) -> None:
        """Save without end, one after another; what is on its way at the stop is still brought home."""
        chance, base, seq = random.Random(self.seed), 0, 0
        while not stop.is_set() and not (until is not None and until()):
            item = chance.choice(sorted(VALUES))
            seq += 1
            made = Operation(self.client, self.sitting_id, seq, item, chance.choice(VALUES[item]), base)
            self.history.append(made)
            if not self.bring(made):
                return
            base = max(base, made.position)
            if self.pause:
                time.sleep(chance.uniform(0, 2 * self.pause))

    def bring(self, *made: Operation) -> bool:
        """Send in one request until the server says ok or no; False when it said no or never came back."""
        batch = Batch(made, {"events": [self._event(one) for one in made]})
        self.batches.append(batch)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status = self.send(batch)
            if status == 200:
                return True
            if status is not None and status not in AGAIN:
                return False
            time.sleep(0.05)
        self.errors.append("the server never came back")
        return False

    def send(self, batch: Batch) -> int | None:
        """One try; what it settles is written down."""
        status, told = self.post("/events", batch.body, *batch.made)
        if status is None or status in AGAIN:
            for one in batch.made:
                one.outcome = "unknown"
        elif status == 200:
            batch.answers.append((status, told))
            for one, result in zip(batch.made, told["results"], strict=True):
                one.outcome, one.position = "ok", result["position"]
        else:
            batch.answers.append((status, told))
            for one in batch.made:
                one.outcome, one.code, one.kept = "fail", str(told.get("code")), bool(told.get("kept"))
        return status

    def send_again(self, batch: Batch) -> None:
        """Although it was answered, as a page that goes away does: the same word is due."""
        status, told = self.post("/events", batch.body)
        if status is not None and status not in AGAIN:
            batch.answers.append((status, told))

    def _event(self, made: Operation) -> dict[str, Any]:
        more = {"client_at": self.clock().isoformat()} if self.clock else {}
        return event(made.seq, made.item, made.value, base=made.base, kind=made.kind, **more)

    def submit(self) -> str | None:
        """The receipt's page must be reached, however often it is tried; the number of the receipt."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status = self._form("/submit", "without=yes")
            if status in (302, 303):
                self.ended = self.ended or datetime.now(UTC)
                return "sent"
            if status is not None and status not in AGAIN:
                self.errors.append(f"submit: {status}")
                return None
            time.sleep(0.05)
        return None

    def post(self, path: str, body: object, *made: Operation) -> tuple[int | None, dict[str, Any]]:
        """Status and parsed body; None when nobody answered or the answer broke off."""
        for one in made:
            one.sent.append(datetime.now(UTC))
        status, text = self._request("POST", path, json.dumps(body), "application/json")
        return self._parsed(status, text)

    def get_json(self, path: str) -> tuple[int | None, dict[str, Any]]:
        return self._parsed(*self._request("GET", path))

    def _parsed(self, status: int | None, text: str) -> tuple[int | None, dict[str, Any]]:
        if status is None:
            return None, {}
        try:
            told = json.loads(text)
        except ValueError:
            return None, {}
        if status != 200:
            self.codes[str(told.get("code"))] += 1
        return status, told

    def _form(self, path: str, form: str) -> int | None:
        return self.page("POST", path, form)[0]

    def page(self, method: str, path: str, form: str = "") -> tuple[int | None, str]:
        """Status and text of a page of the sitting; None as of `post`."""
        return self._request(method, path, form, "application/x-www-form-urlencoded")

    def _request(
        self, method: str, path: str, body: str = "", media_type: str = ""
    ) -> tuple[int | None, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = self.browser.headers | {"Content-Type": media_type}
        try:
            connection.request(method, f"/t/{self.sitting_id}{path}", body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            return None, ""
        finally:
            connection.close()
        self.statuses[response.status] += 1
        return response.status, text


def together(clients: Iterable[Client], nemesis: Callable[[], object], **keywords: Any) -> None:
    """All clients save while the nemesis acts; afterwards they bring home what is on its way."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.run, args=(stop,), kwargs=keywords) for one in clients]
    for thread in threads:
        thread.start()
    try:
        nemesis()
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
