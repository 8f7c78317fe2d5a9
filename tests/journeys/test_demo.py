"""«Кем войти?»: a newcomer looks around as five people."""

from __future__ import annotations

import pytest

from diagnostics.upkeep.demo import build
from diagnostics.worker.run import run_due
from tests.journeys.conftest import MakeVisitor
from tests.support.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("base", ["sqlite"], indirect=True)]

ROLES = ("teacher", "trainer", "tutor", "methodologist", "regional_coordinator")


@pytest.fixture
def demo(live: Live) -> Live:
    with live.acting():
        build(lambda: run_due(live.app))
    return live


def test_five_roles_are_tried_page_by_page(demo: Live, visitor: MakeVisitor) -> None:
    guest = visitor()
    guest.go("/").picture("who")
    assert guest.path == "/who"
    for role in ROLES:
        guest.go(f"/demo/tour/{role}")
        guest.page.locator("form[action='/demo/enter'] button").click()
        guest.sound()
        stops = [one.get_attribute("href") for one in guest.page.locator("main ol a").all()]
        assert stops, f"{role}: no page of the tour stands"
        for number, href in enumerate(stops, 1):
            guest.go(str(href)).picture(f"tour-{role}-{number}")
        assert guest.page.get_by_role("link", name="Сменить роль").count() == 1
