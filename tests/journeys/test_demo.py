"""«Кем войти?»: a newcomer looks around as six people, and every page that a link leads to is sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.people.models import Role
from diagnostics.upkeep.demo.visitors import PLAYED
from tests.journeys.conftest import MakeVisitor
from tests.support.browser import Visitor
from tests.support.demo import placed
from tests.support.live import Live, serving

pytestmark = pytest.mark.journey

#: Files, other doors of the demo, signing out: nothing to look at. Pages of one list differ by their filter only.
NO_PAGE = re.compile(
    r"\.(xlsx|csv|pdf|docx|yaml|json|txt)\b|^/(files|demo|who|logout)|[?&](block|form|lang|only)="
)
ENOUGH = 2
#: Pages of the tours that README shows, by the last word of their address.
PICTURED = {
    (Role.TEACHER, "result"),
    (Role.TEACHER, "route"),
    (Role.TRAINER, "needs"),
    (Role.TRAINER, "growth"),
    (Role.TUTOR, "review"),
    (Role.METHODOLOGIST, "items"),
    (Role.METHODOLOGIST, "instruments"),
    (Role.SCHOOL_LEAD, "zones"),
    (Role.REGIONAL_COORDINATOR, "turnout"),
}
OBJECT = re.compile(r"[0-9a-z]{14,}|\d+")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with serving(placed(tmp_path)) as running:
        yield running


def enter(guest: Visitor, role: Role) -> None:
    guest.go(f"/demo/tour/{role.value}")
    guest.page.locator("form[action='/demo/enter'] button").click()
    guest.sound()


def test_a_newcomer_walks_every_tour_and_every_link(live: Live, visitor: MakeVisitor) -> None:
    guest, found = visitor(), []
    seen_by: Counter[str] = Counter()
    guest.go("/").picture("who")
    assert guest.path == "/who"
    for role in PLAYED:
        enter(guest, role)
        stops = [str(one.get_attribute("href")) for one in guest.page.locator("main ol a").all()]
        assert len(stops) >= 3, f"{role}: stops of the tour are missing"
        for href in stops:
            guest.go(href)
            if (role, href.rsplit("/", 1)[-1]) in PICTURED:
                guest.picture(href.rsplit("/", 1)[-1])
        found += wander(guest, ["/", *stops], seen_by)
    assert not found, "\n".join(found)


def wander(guest: Visitor, known: list[str], seen_by: Counter[str]) -> list[str]:
    """Look at one page of each kind that links lead to, until two people have seen it; what is wrong with them."""
    seen: set[str] = set()
    wrong = []
    while known:
        path = known.pop(0).split("#")[0]
        kind = OBJECT.sub("*", path)
        if not path.startswith("/") or kind in seen or seen_by[kind] >= ENOUGH or NO_PAGE.search(path):
            continue
        seen.add(kind)
        seen_by[kind] += 1
        try:
            guest.go(path)
        except AssertionError as complaint:
            wrong.append(f"{path}: {complaint}")
            guest.problems.clear()
        known += guest.page.locator("main a[href]:not([download]), nav a[href]").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
    return wrong
