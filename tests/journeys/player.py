"""The player in a real browser: how a person walks in, answers and turns pages, and what device and base keep then."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from diagnostics.database import session
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent
from tests.support import answering
from tests.support.browser import Visitor
from tests.support.live import Live

S1, S2, M1, N1, T1, L1 = 2, 3, 4, 5, 6, 7  # places of the pages
APART = "На другом устройстве или в другой вкладке вы ответили иначе."


def opened(live: Live, who: Visitor, *, address: str = "") -> str:
    """Stands at the first question of a begun sitting; returns the address by which it is opened again."""
    if not address:
        with live.acting():
            address = answering.link(answering.world())
    who.go(address)
    walk_in(who.page)
    who.page.wait_for_url("**/q/*")
    return address


def walk_in(page: Page) -> None:
    if page.get_by_label("Фамилия").count():
        page.get_by_label("Фамилия").fill("Соколова")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    if page.locator("#question").count() == 0:
        page.locator("main form button[type=submit]").last.click()


def sitting_of(page: Page) -> str:
    return str(page.locator("[data-frame]").get_attribute("data-sitting"))


def line(page: Page) -> Any:
    return page.locator("[data-save-line]")


def saved(page: Page, act: Callable[[], None]) -> None:
    """The act, and the server's word that it has what was given by it."""
    with page.expect_response(lambda one: one.url.endswith("/events") and one.ok):
        act()
    expect(line(page)).to_contain_text("Сохранено")


def further(page: Page, place: int) -> None:
    page.locator(".actions [value=next]").click()
    page.wait_for_url(f"**/q/{place}")


def to_first_task(who: Visitor) -> Page:
    """From the words to read, where a begun sitting is opened, to the first task; from now on no move needs the server."""
    page = who.page
    ready(page)
    saved(page, lambda: further(page, S1))
    return page


def choose(page: Page, value: str) -> None:
    page.locator(f'[name=answer][value="{value}"]').check(force=True)


def ready(page: Page) -> None:
    """The pack is here: from now on no move needs the server."""
    page.locator("[data-frame][data-here]").wait_for()
    page.wait_for_load_state("networkidle")


def given(live: Live, sitting: str) -> dict[str, Any]:
    with live.acting():
        return reading.answers(sitting)


def stored(live: Live, sitting: str) -> Counter[str]:
    """How many events of answers each question has."""
    with live.acting():
        rows = session.scalars(
            sa.select(AnswerEvent.item).where(AnswerEvent.sitting_id == sitting, AnswerEvent.kind == "answer")
        )
        return Counter(rows)


def waiting(page: Page) -> list[dict[str, Any]]:
    """What the device keeps."""
    found = page.evaluate(
        """() => new Promise((resolve) => {
          const request = indexedDB.open("orientir");
          request.onsuccess = () => {
            const all = request.result.transaction("outbox").objectStore("outbox").getAll();
            all.onsuccess = () => { request.result.close(); resolve(all.result); };
          };
        })"""
    )
    return list(found)


def killed(profile: Path) -> None:
    """Every process of the browser that lives in this folder, at once, as a power cut would."""
    found = subprocess.run(
        ["pgrep", "-f", f"user-data-dir={profile}"], capture_output=True, text=True, check=False
    )
    for pid in found.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
