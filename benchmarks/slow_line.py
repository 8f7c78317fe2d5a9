"""Seconds until the start page can be used on a bad line: Chromium at 100 kbit/s with half a second of delay.

`python -m benchmarks.slow_line`. First visit with an empty cache: the link, then the start page, then the first
question. Usable: the page is parsed, its style is applied and its button can be pressed; the clock of the browser says
when. What it weighs is counted as it came over the line.
"""

from __future__ import annotations

import time
from contextlib import ExitStack

from playwright.sync_api import Page

from benchmarks._figures import note
from benchmarks._players import SERVE, Door, sqlite_field
from tests.support.browser import chromium
from tests.support.web_process import WebProcess

KBIT_S, DELAY_MS = 100, 500
GOAL_S, GOAL_KB, GOAL_REQUESTS = 6.0, 50.0, 5
VISITS = 3


def throttled(page: Page) -> list[float]:
    """Bytes of each answer as they came, head and body, in the order of arrival."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = KBIT_S * 1000 / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY_MS, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    came: list[float] = []
    line.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    return came


def step(page: Page, came: list[float], act: object) -> tuple[float, float, int]:
    """Seconds from the act until the main button can be pressed; kilobytes and requests of it."""
    before, began = len(came), time.perf_counter()
    act()  # type: ignore[operator]
    page.locator("main button[type=submit]:visible, main a.button:visible").first.wait_for(state="visible")
    page.wait_for_load_state("domcontentloaded")
    seconds = time.perf_counter() - began
    page.wait_for_load_state("load")
    return seconds, sum(came[before:]) / 1024, len(came) - before


def visit(page: Page, port: int, door: Door) -> dict[str, tuple[float, float, int]]:
    came = throttled(page)
    found = {"link, first visit": step(page, came, lambda: page.goto(f"http://127.0.0.1:{port}{door.link}"))}
    page.get_by_label("Фамилия").fill(door.surname)
    found["start page after it"] = step(page, came, page.locator("main form button[type=submit]").first.click)
    found["first question"] = step(page, came, page.locator("main form button[type=submit]").first.click)
    return found


def main() -> None:
    with ExitStack() as stack:
        field = stack.enter_context(sqlite_field(0, VISITS + 1))
        process = WebProcess(field.environment, code=SERVE)
        process.start()
        stack.callback(process.kill)
        browser = stack.enter_context(chromium())
        visits = []
        for door in field.doors[1 : VISITS + 1]:
            context = browser.new_context()
            visits.append(visit(context.new_page(), process.port, door))
            context.close()
    print(f"{KBIT_S} kbit/s, {DELAY_MS} ms of delay, empty cache; the best of {VISITS} visits")
    for name in visits[0]:
        seconds, weight, requests = min(one[name] for one in visits)
        print(f"  {name:<22} usable after {seconds:4.1f} s, {weight:5.1f} KB, {requests} requests")
        note(f"slow line: {name}", seconds, "s", goal=GOAL_S)
    weight, requests = visits[0]["link, first visit"][1:]
    note("first visit: weight", weight, "KB", goal=GOAL_KB)
    note("first visit: requests", requests, "", goal=GOAL_REQUESTS)


if __name__ == "__main__":
    main()
