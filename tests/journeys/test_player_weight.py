"""What a first visit and a move cost on the line: bytes as the server sends them, counted by Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.journeys.conftest import MakeVisitor
from tests.journeys.people import invite, move_in
from tests.journeys.player import choose, further, ready
from tests.journeys.walking import begin
from tests.support.browser import Visitor
from tests.support.live import Live

pytestmark = pytest.mark.journey

KB = 1024
FIRST_VISIT, PAGE, STYLE, SCRIPT = 50 * KB, 12 * KB, 12 * KB, 24 * KB
REQUESTS = 5
PACK = 40 * KB
NEXT_PAGE = 8 * KB  # without script
SAVE = 1 * KB


@dataclass
class Load:
    """Requests as (address, bytes received), in the order of their ends."""

    found: dict[str, str] = field(default_factory=dict)
    sizes: list[tuple[str, int]] = field(default_factory=list)

    def take(self, ended: dict[str, Any]) -> None:
        """What had begun before the counting is not counted."""
        if ended["requestId"] in self.found:
            self.sizes.append((self.found[ended["requestId"]], int(ended["encodedDataLength"])))

    def of(self, part: str) -> int:
        return sum(size for url, size in self.sizes if part in url)


@contextmanager
def counted(page: Page, *, anew: bool = False) -> Iterator[Load]:
    """`anew`: as at the first visit, with nothing kept from before."""
    load = Load()
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if anew:
        session.send("Network.clearBrowserCache")
    session.on(
        "Network.requestWillBeSent", lambda one: load.found.update({one["requestId"]: one["request"]["url"]})
    )
    session.on("Network.loadingFinished", load.take)
    yield load
    page.wait_for_load_state("networkidle")
    session.detach()


def at_first_question(live: Live, who: Visitor) -> Page:
    who.go(f"/i/{invite(live, move_in(live))}")
    begin(who, "Соколова")
    who.page.wait_for_url("**/q/1")
    return who.page


def test_a_first_visit_is_light_and_a_move_costs_nothing(live: Live, visitor: MakeVisitor) -> None:
    page = at_first_question(live, visitor(phone=True))
    ready(page)
    with counted(page, anew=True) as first:
        page.goto(page.url)
        ready(page)
    first.sizes = [
        one for one in first.sizes if "/events" not in one[0]
    ]  # of the page before, as it went away
    print("first visit:", *(f"{url.rsplit('/', 1)[1][:20]} {size}" for url, size in first.sizes))
    assert len(first.sizes) <= REQUESTS, first.sizes
    pack = first.of("/pack?")
    assert sum(size for _, size in first.sizes) - pack <= FIRST_VISIT
    assert first.of("/q/1") <= PAGE
    assert first.of(".css") <= STYLE
    assert first.of(".js") <= SCRIPT
    assert 0 < pack <= PACK
    further(page, 2)
    page.wait_for_load_state("networkidle")
    with counted(page) as moves:
        for place in range(3, 7):
            further(page, place)
    assert [one for one in moves.sizes if one[1] and "/events" not in one[0]] == [], "no page is asked for"
    with counted(page) as saves:
        choose(page, page.locator("[name=answer]").first.get_attribute("value") or "")
        page.wait_for_timeout(1000)
    assert 0 < saves.of("/events") <= SAVE + KB, "the answer to a save, with its headers"


def test_without_script_the_next_question_is_light(live: Live, visitor: MakeVisitor) -> None:
    page = at_first_question(live, visitor(phone=True, script=False))
    with counted(page) as load:
        for place in range(2, 25):
            page.goto(page.url.rsplit("/", 1)[0] + f"/{place}")
    sizes = [size for url, size in load.sizes if "/q/" in url]
    assert len(sizes) == 23
    print("next questions without script:", max(sizes), "at most")
    assert 0 < max(sizes) <= NEXT_PAGE
