"""F5 and F6 again and again, each time in another order: a browser closed without a connection; two tabs, two devices.

A seed fixes what the person does and in which order; what was asked and told is judged as in `tests/faults`.
"""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from diagnostics.sittings import queries as reading
from tests.journeys.conftest import MakeVisitor
from tests.journeys.player import (
    APART,
    L1,
    M1,
    N1,
    S1,
    S2,
    T1,
    choose,
    given,
    killed,
    line,
    opened,
    ready,
    saved,
    sitting_of,
    waiting,
    walk_in,
)
from tests.journeys.walking import until
from tests.support import answering
from tests.support.browser import Visitor, at_device
from tests.support.cut import network
from tests.support.judge import Figures, judge
from tests.support.live import Live
from tests.support.overheard import Overheard

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.parametrize("base", ["sqlite"], indirect=True),
]
VALUES = ("a", "b", "c")
PLACES = {S1: "S1", S2: "S2", M1: "M1", N1: "N1", T1: "T1"}
STEPS = 7


def as_stored(item: str, value: Any) -> Any:
    """The page sends a number as it is written."""
    return float(value.replace(",", ".")) if item == "N1" and isinstance(value, str) else value


def judged(live: Live, heard: Overheard) -> Figures:
    figures = judge(live.app, list(heard.clients.values()))
    print(figures)
    return figures


def turn_to(page: Page, place: int) -> None:
    """By the list of questions, which needs no connection."""
    if page.url.endswith(f"/q/{place}"):
        return
    page.get_by_role("link", name="Список вопросов").click()
    page.locator("[data-rows] a").nth(place - S1).click()  # words to read stand in no list
    page.wait_for_url(f"**/q/{place}")


def answer(page: Page, item: str, chance: random.Random) -> Any:
    """Another answer than the one on the page; returns it as the server will know it."""
    if item in ("S1", "S2"):
        value = chance.choice([one for one in VALUES if not page.locator(f'[value="{one}"]').is_checked()])
        # Not by force, as `choose` does: the page may be drawn anew in this very moment.
        page.locator(".option", has=page.locator(f'[value="{value}"]')).locator("label").click()
        return value
    if item == "M1":
        pair = chance.sample("abcd", 2)
        for one in "abcd":
            page.locator(f'[name=answer][value="{one}"]').set_checked(one in pair, force=True)
        return sorted(pair)
    number = chance.randint(1, 99)
    page.locator("[name=answer]").fill(f"{number},5" if item == "N1" else f"Слово {number}")
    return number + 0.5 if item == "N1" else f"Слово {number}"


def answer_some(page: Page, chance: random.Random, number: int) -> dict[str, Any]:
    """Any questions in any order, some of them more than once."""
    found = {}
    for _ in range(number):
        place = chance.choice(list(PLACES))
        turn_to(page, place)
        found[PLACES[place]] = answer(page, PLACES[place], chance)
    turn_to(page, L1)  # what is typed is put down when its page is turned
    return found


@pytest.mark.parametrize("seed", range(10))
def test_what_waited_in_a_closed_browser_is_there_and_is_sent_once(
    live: Live, chromium: Browser, tmp_path: Path, seed: int
) -> None:
    chance, heard = random.Random(seed), Overheard.of(live.app, as_stored)
    profile = tmp_path / "profile"
    with live.acting():
        link = answering.link(answering.world())
    with network(int(live.address.rsplit(":", 1)[1]), seed) as cable:
        address = f"http://127.0.0.1:{cable.port}"

        def open_browser() -> tuple[BrowserContext, Page]:
            context = at_device(chromium, profile)
            page = context.new_page()
            page.goto(address + link)
            walk_in(page)
            ready(page)
            return context, page

        first, page = open_browser()
        sitting = sitting_of(page)
        expected = answer_some(page, chance, chance.randint(0, 3))
        if expected:
            expect(line(page)).to_contain_text("Сохранено")
        until(lambda: waiting(page) == [], "what was answered with a connection")
        cable.down = True
        expected |= answer_some(page, chance, chance.randint(2, 6))
        expect(line(page)).to_contain_text("на этом устройстве", timeout=60_000)
        left = [one["seq"] for one in waiting(page) if one["kind"] == "answer"]
        assert left
        assert given(live, sitting) != expected
        if seed % 2:
            killed(profile)
        else:
            first.close()
        cable.down = False
        second, page = open_browser()
        until(lambda: given(live, sitting) == expected, "answers that waited")
        until(lambda: waiting(page) == [], "an empty device")
        second.close()
    figures = judged(live, heard)
    assert figures.open_end == figures.refused == 0
    arrived = {made.seq for one in heard.clients.values() for made in one.history}
    assert set(left) <= arrived


def writer_of(tabs: list[Page]) -> Page:
    """The one that writes; the other says so, and takes nothing."""
    until(lambda: sum(is_still(tab) for tab in tabs) == len(tabs) - 1, "one writer")
    return next(tab for tab in tabs if not is_still(tab))


def is_still(tab: Page) -> bool:
    seen = tab.locator("[data-other-tab]").is_visible()
    return seen and bool(tab.locator("[data-fragment]").evaluate("one => one.inert"))


def two_tabs(live: Live, first: Page, chance: random.Random) -> None:
    """One question, answered now here, now there; whoever begins to write sees the newest answer."""
    second = first.context.new_page()
    second.goto(first.url)
    tabs, last = [first, second], ""
    for _ in range(STEPS):
        writer = writer_of(tabs)
        if chance.random() < 0.4:
            other = next(tab for tab in tabs if tab is not writer)
            other.get_by_role("button", name="Продолжить здесь").click()
            until(partial(is_still, writer), "the tab that gave way")
            writer = writer_of(tabs)
            assert writer is other
            if last:
                expect(writer.locator(f'[name=answer][value="{last}"]')).to_be_checked()
        last = chance.choice([one for one in VALUES if one != last])
        if chance.random() < 0.5:
            saved(writer, partial(choose, writer, last))
        else:
            choose(writer, last)  # and the next step comes before it can be saved
    until(lambda: given(live, sitting_of(first)) == {"S1": last}, "the newest answer")
    second.close()
    until(lambda: not is_still(first), "the tab that is left")
    expect(first.locator(f'[name=answer][value="{last}"]')).to_be_checked()


def two_devices(live: Live, phone: Visitor, desk: Visitor, chance: random.Random) -> None:
    """Now here, now there, with and without a connection; at last both answer without having seen one another."""
    for _ in range(STEPS):
        one = chance.choice([phone, desk])
        one.context.set_offline(chance.random() < 0.5)
        answer(one.page, "S1", chance)
        one.page.wait_for_timeout(chance.choice([0, 700]))
    for one in (phone, desk):
        one.context.set_offline(False)
    until(lambda: all(waiting(one.page) == [] for one in (phone, desk)), "both devices empty")


def anew(*devices: Visitor) -> None:
    for one in devices:
        one.page.reload()
        ready(one.page)


def differ(live: Live, phone: Visitor, desk: Visitor) -> None:
    """Both devices know the same; then the phone answers without a connection, and so does the desk with one."""
    anew(phone, desk)
    sitting, before = sitting_of(phone.page), given(live, sitting_of(phone.page))["S1"]
    own, other = (value for value in VALUES if value != before)
    phone.context.set_offline(True)
    choose(phone.page, own)
    expect(line(phone.page)).to_contain_text("на этом устройстве", timeout=60_000)
    saved(desk.page, lambda: choose(desk.page, other))
    phone.context.set_offline(False)
    expect(phone.page.get_by_text(APART)).to_be_visible()
    until(lambda: {own, other} <= set(versions(live, sitting)), "both versions")
    assert given(live, sitting) == {"S1": other}


def settle(live: Live, device: Visitor, chance: random.Random) -> None:
    """One of the versions is chosen on this device, and no other stands beside it any more."""
    sitting = sitting_of(device.page)
    kept = versions(live, sitting)
    place = chance.randrange(len(kept))
    device.page.locator(".choice label").nth(place).click()
    device.page.get_by_role("button", name="Оставить выбранный").click()
    expect(device.page.get_by_text(APART)).to_be_hidden()
    until(lambda: given(live, sitting) == {"S1": kept[place]}, "the version that was chosen")
    assert versions(live, sitting) == []


def versions(live: Live, sitting: str) -> list[Any]:
    """The answers that stand beside one another, the current one first."""
    with live.acting():
        return [one.value for one in reading.standing_of(sitting).conflicts.get("S1", ())]


@pytest.mark.parametrize("seed", range(20))
def test_two_tabs_and_two_devices_lose_no_answer_in_any_order(
    live: Live, visitor: MakeVisitor, seed: int
) -> None:
    chance, heard = random.Random(seed), Overheard.of(live.app, as_stored)
    phone, desk = visitor(phone=True), visitor()
    address = opened(live, phone)
    ready(phone.page)
    turn_to(phone.page, S1)
    two_tabs(live, phone.page, chance)
    opened(live, desk, address=address)
    desk.page.goto(phone.page.url)
    ready(desk.page)
    two_devices(live, phone, desk, chance)
    anew(phone)
    if versions(live, sitting_of(phone.page)):
        settle(live, phone, chance)
    differ(live, phone, desk)
    settle(live, phone, chance)
    phone.sound()
    assert judged(live, heard).refused == 0
