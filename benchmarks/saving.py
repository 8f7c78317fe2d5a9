"""Saving answers: processor time of one, requests a second of many, pages, bytes.

`python -m benchmarks.saving [--quick]`. Absolute figures belong to the machine; the ratios to the floors of
the same run (an empty view; a bare durable commit) are what can be compared.
"""

from __future__ import annotations

import gzip
import http.client
import io
import json
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

import sqlalchemy as sa

from benchmarks._figures import note
from benchmarks._players import (
    SERVE,
    Field,
    Respondent,
    postgres_field,
    sqlite_field,
    with_empty_view,
)
from tests.support import postgres
from tests.support.answering import event, statements
from tests.support.web_process import WebProcess

QUICK = "--quick" in sys.argv
SAVES = 300 if QUICK else 2000
SECONDS = 1.0 if QUICK else 4.0
RESPONDENTS = (1, 8, 32)
CONTENDERS = 32
TURNERS = 32  # others turn pages: nobody answers a thousand times, and a page reads what was answered
TURNS = 60  # in one sitting
GOAL_US = 800
SAVE_MS, TURN_MS = 15, {1: 25, 8: 150, 32: 500}  # p95
PLACES = 29  # pages that another one follows
ITEM, VALUES = "M01", ("a", "b", "c", "d")


def save_body(seq: int, base: int) -> bytes:
    return json.dumps({"events": [event(seq, ITEM, VALUES[seq % 4], base=base)]}).encode()


# ---------- in process ----------


def call(field: Field, path: str, who: Respondent, body: bytes) -> int:
    """One request straight through WSGI: no network and no client in the figure."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.errors": sys.stderr,
        "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json",
        "HTTP_COOKIE": who.browser.cookie, "HTTP_X_CSRFTOKEN": who.browser.token, "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    status: list[int] = []
    parts = field.app.wsgi_app(environ, lambda line, _headers: status.append(int(line[:3])))  # type: ignore[arg-type]
    for _ in parts:
        pass
    parts.close()  # type: ignore[attr-defined]
    return status[0]


def cpu_us(number: int, one: Callable[[int], object]) -> float:
    """Of the quietest of ten batches: neighbours on a shared machine only ever add."""
    batches, size, place = [], max(1, number // 10), 0
    for _ in range(11):
        began = time.process_time()
        for _ in range(size):
            one(place)
            place += 1
        batches.append((time.process_time() - began) / size * 1e6)
    return min(batches[1:])


def in_process(field: Field) -> None:
    who = field.respondents[0]
    path = f"/t/{who.sitting_id}/events"

    def save(place: int) -> None:
        assert call(field, path, who, save_body(place + 1, place)) == 200

    def empty(_place: int) -> None:
        assert call(field, "/empty", who, b"{}") == 200

    saved = cpu_us(SAVES, save)
    floor = cpu_us(SAVES, empty)
    with field.app.app_context(), statements() as sent:
        save(SAVES // 10 * 11)
    verdict = "ok" if saved <= GOAL_US else "above the goal"
    print(f"  one save in process: {saved:.0f} µs CPU (goal {GOAL_US}: {verdict}), {len(sent)} statements")
    print(f"  an empty view: {floor:.0f} µs CPU; a save costs {saved / floor:.1f} of them")
    note(f"one save, {field.name}", saved, "µs CPU", goal=GOAL_US, floor=floor)


# ---------- over HTTP ----------


def hammer(
    port: int, number: int, one: Callable[[http.client.HTTPConnection, int, int], None]
) -> list[float]:
    """`number` respondents without a pause between answers; durations of all requests, seconds."""
    durations: list[list[float]] = [[] for _ in range(number)]
    end = time.perf_counter() + SECONDS

    def respond(who: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        count = 0
        while (began := time.perf_counter()) < end:
            one(connection, who, count)
            durations[who].append(time.perf_counter() - began)
            count += 1
        connection.close()

    threads = [threading.Thread(target=respond, args=(who,)) for who in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one_duration for part in durations for one_duration in part]


def over_http(field: Field, process: WebProcess) -> dict[int, float]:
    positions = [0] * len(field.respondents)
    numbers = [SAVES * 2 + 100] * len(field.respondents)

    def save(connection: http.client.HTTPConnection, who: int, _count: int) -> None:
        one, numbers[who] = field.respondents[who], numbers[who] + 1
        body = save_body(numbers[who], positions[who])
        connection.request("POST", f"/t/{one.sitting_id}/events", body, one.browser.headers)
        response = connection.getresponse()
        told = json.loads(response.read())
        assert response.status == 200, told
        positions[who] = told["results"][0]["position"]

    def empty(connection: http.client.HTTPConnection, who: int, _count: int) -> None:
        connection.request("POST", "/empty", b"{}", field.respondents[who].browser.headers)
        connection.getresponse().read()

    def turn(connection: http.client.HTTPConnection, who: int, count: int) -> None:
        turning = field.respondents[CONTENDERS + (who + count // TURNS) % TURNERS]
        turn_page(connection, turning, count)

    rates = {}
    hammer(process.port, 1, turn)  # templates are compiled once a process
    for number in RESPONDENTS:
        floor = len(hammer(process.port, number, empty)) / SECONDS
        durations = hammer(process.port, number, save)
        turned = hammer(process.port, number, turn)
        rates[number] = len(durations) / SECONDS
        p50, p95 = (statistics.quantiles(durations, n=100)[place] * 1000 for place in (49, 94))
        page95 = statistics.quantiles([*turned, max(turned)], n=100)[94] * 1000
        print(
            f"  {number:>2} respondents: {rates[number]:.0f} saves/s, p50 {p50:.1f} ms, p95 {p95:.1f} ms; "
            f"empty view {floor:.0f}/s, ratio {rates[number] / floor:.2f}; page turns p95 {page95:.1f} ms"
        )
        note(f"page turn p95, {number} respondents, {field.name}", page95, "ms", goal=TURN_MS[number])
        if number == 1:
            note(f"save p95, one respondent, {field.name}", p95, "ms", goal=SAVE_MS)
    return rates


def turn_page(connection: http.client.HTTPConnection, who: Respondent, turn: int) -> None:
    """Without script: the form of one question goes in, the page of the next one comes back."""
    place = turn % PLACES + 1
    form = f"csrf_token={who.browser.token}&base=0&go=next&answer={VALUES[turn % 4]}"
    headers = who.browser.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"/t/{who.sitting_id}/q/{place}"
    connection.request("POST", path, form, headers)
    response = connection.getresponse()
    response.read()
    assert response.status in (303, 422), response.status  # a number is asked for where a letter was given
    connection.request("GET", response.headers["Location"] or path, headers=headers)
    response = connection.getresponse()
    response.read()
    assert response.status == 200, response.status


def bare_commits(field: Field) -> float:
    """One row and a durable commit, nothing else: the disk's own speed, one connection."""
    engine = sa.create_engine(field.url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA synchronous=FULL")
        connection.exec_driver_sql("CREATE TABLE bench_floor (n INTEGER PRIMARY KEY, body TEXT)")
        connection.commit()
        count, end = 0, time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            connection.exec_driver_sql(f"INSERT INTO bench_floor VALUES ({count}, 'x')")
            connection.commit()
            count += 1
        connection.exec_driver_sql("DROP TABLE bench_floor")
        connection.commit()
    engine.dispose()
    return count / SECONDS


# ---------- bytes ----------


def weights(field: Field) -> None:
    client = field.app.test_client()
    who = field.respondents[0]
    name, _, value = who.browser.cookie.partition("=")
    client.set_cookie(name, value)
    packed = {"Accept-Encoding": "gzip"}
    first = client.get(f"/t/{who.sitting_id}/q/1", headers=packed)
    page = gzip.decompress(first.data).decode() if first.content_encoding == "gzip" else first.text
    assets = sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)))
    parts = {"page": len(first.data)}
    for one in assets:
        parts[one.split("?")[0].rsplit("/", 1)[1]] = len(client.get(one, headers=packed).data)
    following = [len(client.get(f"/t/{who.sitting_id}/q/{n}", headers=packed).data) for n in range(2, 25)]
    print(f"  first visit: {sum(parts.values()) / 1024:.1f} KB as sent, {len(parts)} requests {parts}")
    print(f"  next question without script: {max(following) / 1024:.1f} KB at most")
    note("first question: weight", sum(parts.values()) / 1024, "KB", goal=50)
    note("next question without script: weight", max(following) / 1024, "KB", goal=8)


def measure(field: Field) -> None:
    print(f"\n{field.name}")
    with_empty_view(field.app)
    in_process(field)
    floor = bare_commits(field)
    process = WebProcess(field.environment, code=SERVE)
    process.start()
    try:
        rates = over_http(field, process)
        print(
            f"  a bare durable commit, one connection: {floor:.0f}/s; saves at 8: {rates[8] / floor:.2f} of it"
        )
    finally:
        process.kill()
    weights(field)


def main() -> None:
    with ExitStack() as stack:
        measure(stack.enter_context(sqlite_field(CONTENDERS + TURNERS)))
    if postgres.binaries() is None:
        print("\nPostgreSQL: no server on this machine, left out")
        return
    with ExitStack() as stack:
        measure(stack.enter_context(postgres_field(CONTENDERS + TURNERS)))


if __name__ == "__main__":
    main()
