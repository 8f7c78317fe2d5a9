"""What real browsers asked of a server and what it told them, written down for the judge as the faults' own clients do."""

from __future__ import annotations

import gzip
import io
import json
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Flask

from diagnostics.sittings.answers_file.proofs import client_of
from tests.support.history import AGAIN, Batch, Client, Operation
from tests.support.web_process import Browser

Served = Callable[..., Iterable[bytes]]
ENDING = "/events"


@dataclass
class Overheard:
    """Stands before the application; `clients`: one for each key in whose name something was saved.

    `read`: the stored form of what a page says, (item, value) → value.
    """

    app: Flask
    read: Callable[[str, Any], Any]
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, app: Flask, read: Callable[[str, Any], Any]) -> Overheard:
        found = cls(app, read)
        inner = app.wsgi_app
        app.wsgi_app = partial(found.served, inner)  # type: ignore[method-assign]
        return found

    def served(self, inner: Served, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].endswith(ENDING):
            return inner(environ, start)
        body, began = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)), datetime.now(UTC)
        told: list[Any] = []

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told.extend((int(status[:3]), dict(headers)))
            return start(status, headers, *rest)

        with closing(inner(environ | {"wsgi.input": io.BytesIO(body)}, started)) as parts:  # type: ignore[type-var]
            answer = b"".join(parts)
        status, headers = told
        text = gzip.decompress(answer) if headers.get("Content-Encoding") == "gzip" else answer
        with self._lock:
            self._note(environ["PATH_INFO"].split("/")[2], json.loads(body), began, status, json.loads(text))
        return [answer]

    def _note(
        self, sitting_id: str, body: dict[str, Any], began: datetime, status: int, told: dict[str, Any]
    ) -> None:
        client = client_of([self.app.config["SECRET_KEY"]], sitting_id, body["proof"])
        assert client is not None
        mine = self.clients.setdefault(
            (sitting_id, client), Client(sitting_id, client, Browser("", ""), seed=0)
        )
        made = tuple(self._made(mine, row, began) for row in body["events"])
        batch = Batch(made, body, [] if status in AGAIN else [(status, told)])
        same = next((one for one in mine.batches if one.body == body), None)
        if same is None:
            mine.batches.append(batch)
        else:
            same.answers += batch.answers
        places = {result["seq"]: result["position"] for result in told.get("results", [])}
        for one in made:
            if one.seq in places:
                one.outcome, one.position = "ok", places[one.seq]
            elif status not in AGAIN:
                one.outcome, one.code, one.kept = "fail", str(told.get("code")), bool(told.get("kept"))

    def _made(self, mine: Client, row: dict[str, Any], began: datetime) -> Operation:
        found = next((one for one in mine.history if one.seq == row["seq"]), None)
        if found is None:
            found = Operation(
                mine.client,
                mine.sitting_id,
                row["seq"],
                row["item"],
                self.read(row["item"], row["value"]),
                row["base"],
                row["kind"],
            )
            mine.history.append(found)
        found.sent.append(began)
        return found
