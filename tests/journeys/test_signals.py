"""Leaving the page and pasting are counted by the script itself, where the start page said so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.sittings.models import PageSignal
from tests.journeys import walking as walk
from tests.journeys.conftest import MakeVisitor
from tests.support.answering import begin, link, world
from tests.support.live import Live

pytestmark = pytest.mark.journey

#: No window of a browser without a screen is ever covered by another one.
COVERED = """(isCovered) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => isCovered });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PASTED = "() => document.dispatchEvent(new ClipboardEvent('paste'))"


def counted(live: Live) -> tuple[int, int]:
    with live.acting():
        rows = session.scalars(sa.select(PageSignal)).all()
        return sum(one.leaves for one in rows), sum(one.pastes for one in rows)


def test_a_page_left_twice_and_one_paste_are_three_counts_and_moving_on_is_none(
    live: Live, visitor: MakeVisitor
) -> None:
    with live.acting():
        place = world(shipped=True, watch=True)
        begin(place)
        address = link(place)
    teacher = visitor()
    teacher.go(address)
    teacher.page.get_by_label("Фамилия").fill("Соколова")
    teacher.page.get_by_role("button", name="Продолжить с вопроса", exact=False).click()
    teacher.page.wait_for_load_state()
    if teacher.path.endswith("/start"):
        assert "сколько раз вы уходили с этой страницы" in teacher.text
        teacher.click("Продолжить")
    teacher.page.wait_for_url("**/q/*")
    for _ in range(2):
        teacher.page.evaluate(COVERED, True)
        teacher.page.evaluate(COVERED, False)
    teacher.page.evaluate(PASTED)
    walk.until(lambda: counted(live) == (2, 1), "counts")
    teacher.page.get_by_role("button", name="Далее", exact=True).click()
    teacher.page.wait_for_url("**/q/2")
    teacher.page.reload()
    teacher.sound()
    assert counted(live) == (2, 1)
