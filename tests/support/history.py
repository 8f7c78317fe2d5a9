"""A small Jepsen in plain Python: what clients asked for and were told, and what the base says afterwards.

A client acts like the player of a browser: each answer has its number, is sent again until it is acknowledged, always
with the same body, and only then the next one follows. Everything is written down: invoke, ok, fail, unknown.
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
PATIENCE = 240.0  # seconds: a busy machine starts a process slowly, and that is not what is tried here
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
    outcome: str = "invoke"
    sent: list[datetime] = field(default_factory=list)
    position: int = 0
    code: str = ""


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
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    receipts: list[str] = field(default_factory=list)
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

    def bring(self, made: Operation) -> bool:
        """Send until the server says ok or no; False when it said no or never came back."""
        more = {"client_at": self.clock().isoformat()} if self.clock else {}
        body = {"events": [event(made.seq, made.item, made.value, base=made.base, **more)]}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, told = self.post("/events", body, made)
            if status == 200:
                made.outcome, made.position = "ok", told["results"][0]["position"]
                return True
            if status is not None and status not in AGAIN:
                made.outcome, made.code = "fail", str(told.get("code"))
                return False
            made.outcome = "unknown"
            time.sleep(0.05)
        self.errors.append("the server never came back")
        return False

    def submit(self) -> str | None:
        """The receipt's page must be reached, however often it is tried; the number of the receipt."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status = self._form("/submit", "without=yes")
            if status in (302, 303):
                return "sent"
            if status is not None and status not in AGAIN:
                self.errors.append(f"submit: {status}")
                return None
            time.sleep(0.05)
        return None

    def post(
        self, path: str, body: object, made: Operation | None = None
    ) -> tuple[int | None, dict[str, Any]]:
        """Status and parsed body; None when nobody answered or the answer broke off."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        if made is not None:
            made.sent.append(datetime.now(UTC))
        try:
            connection.request("POST", f"/t/{self.sitting_id}{path}", json.dumps(body), self.browser.headers)
            response = connection.getresponse()
            told = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None, {}
        finally:
            connection.close()
        self.statuses[response.status] += 1
        if response.status != 200:
            self.codes[str(told.get("code"))] += 1
        return response.status, told

    def _form(self, path: str, form: str) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = self.browser.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", f"/t/{self.sitting_id}{path}", form, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        self.statuses[response.status] += 1
        return response.status


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
