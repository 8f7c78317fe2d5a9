"""L1: three hundred people keep a connection each; whoever comes next is answered all the same."""

from __future__ import annotations

import http.client
import time
from contextlib import ExitStack, closing
from pathlib import Path

from tests.faults.trial import begin

PEOPLE = 300


def test_three_hundred_kept_connections_do_not_keep_the_next_person_out(
    sqlite_url: str, tmp_path: Path
) -> None:
    process = begin(tmp_path, sqlite_url, people=1, browsers=1).process()
    process.start()
    try:
        with ExitStack() as kept:
            for _ in range(PEOPLE):
                one = kept.enter_context(closing(http.client.HTTPConnection("127.0.0.1", process.port)))
                one.request("GET", "/static/img/favicon.svg")
                one.getresponse().read()
            began = time.monotonic()
            last = kept.enter_context(
                closing(http.client.HTTPConnection("127.0.0.1", process.port, timeout=20))
            )
            last.request("GET", "/healthz")
            assert last.getresponse().status == 200
            assert time.monotonic() - began < 15  # waitress' own limit made it wait for a minute
    finally:
        process.kill()
