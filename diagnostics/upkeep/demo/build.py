"""The demo from an empty base to today, in the order of the story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import bundled
from diagnostics.database import session, set_reading
from diagnostics.errors import Conflict
from diagnostics.people.models import Person
from diagnostics.resources import bundled as resources
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo import diagnoses, routes
from diagnostics.upkeep.demo.calendar import Calendar, at, today
from diagnostics.upkeep.demo.cast import cast, texts
from diagnostics.upkeep.demo.diagnoses import Stage
from diagnostics.upkeep.demo.settle import settle
from diagnostics.upkeep.demo.work import shipped_work

#: Tell(done, of): how far the building is.
Tell = Callable[[int, int], None]
PARTS = 5


@dataclass(frozen=True, slots=True)
class Built:
    people: int
    finished_id: str
    collecting_id: str


class NotEmpty(Conflict):
    """The demo is made in an empty base only: it must never mix with real people."""


def is_empty() -> bool:
    return session.scalar(sa.select(Person.id).limit(1)) is None


def build(run_jobs: Callable[[], int], tell: Tell = lambda _done, _of: None) -> Built:
    """Fill an empty base, inside an application context; commits as it goes, the mark `demo` comes first.

    Raises
    ------
    NotEmpty
        `demo_base_not_empty`.
    """
    if not is_empty():
        raise NotEmpty("demo_base_not_empty")
    calendar = Calendar(today())
    set_reading(False)
    with clock.frozen(at(calendar.preparation, 9)):
        marks.put("demo", "building")
        bundled.install()
        resources.install(calendar.preparation)
        people = settle(cast(), calendar.preparation)
        session.commit()
    stage = Stage(people, shipped_work(), calendar, run_jobs)
    desk = routes.Desk(people, texts())
    tell(1, PARTS)
    walk = diagnoses.planned(stage)
    diagnoses.hold(stage, walk, WaveKind.ENTRY)
    tell(2, PARTS)
    routes.agreed(desk, walk.waves.ids[WaveKind.ENTRY], calendar.routes)
    tell(3, PARTS)
    diagnoses.hold(stage, walk, WaveKind.EXIT)
    tell(4, PARTS)
    second = diagnoses.collecting(stage)
    routes.under_way(desk, second.ids[WaveKind.ENTRY], calendar.today - timedelta(days=1))
    for name, found in (
        ("demo", "yes"),
        ("demo_finished", walk.waves.campaign_id),
        ("demo_open", second.campaign_id),
    ):
        marks.put(name, found)
    marks.put("demo_day", calendar.today.isoformat())
    session.commit()
    tell(PARTS, PARTS)
    return Built(len(people.persons), walk.waves.campaign_id, second.campaign_id)
