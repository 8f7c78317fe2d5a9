"""The demo from an empty base to today, in the order of the story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import bundled
from diagnostics.config import Config
from diagnostics.database import session, set_reading
from diagnostics.errors import Conflict
from diagnostics.people.models import Person
from diagnostics.resources import bundled as resources
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo import diagnoses, mirror, outside, releasing, routes, schools, trial
from diagnostics.upkeep.demo.calendar import Calendar, at, today
from diagnostics.upkeep.demo.cast import Size, texts
from diagnostics.upkeep.demo.drawing import cast
from diagnostics.upkeep.demo.settle import settle
from diagnostics.upkeep.demo.stage import Stage

#: Tell(done, of): how far the building is.
Tell = Callable[[int, int], None]
PARTS = (
    "people and schools",
    "entry diagnosis",
    "development routes",
    "exit diagnosis",
    "a diagnosis that is open now",
    "schools assess themselves",
)
#: Of the large demo not everybody walks a route: a route costs more than an answered test.
MOST_ROUTES = 200


@dataclass(frozen=True, slots=True)
class Built:
    people: int
    finished_id: str
    open_id: str


class NotEmpty(Conflict):
    """The demo is made in an empty base only: it must never mix with real people."""


def is_empty() -> bool:
    return session.scalar(sa.select(Person.id).limit(1)) is None


def build(
    run_jobs: Callable[[], int],
    config: Config,
    tell: Tell = lambda _done, _of: None,
    *,
    size: Size = Size.REGION,
) -> Built:
    """Fill an empty base, inside an application context; commits as it goes, the mark `demo` comes first.

    Raises
    ------
    NotEmpty
        `demo_base_not_empty`.
    """
    if not is_empty():
        raise NotEmpty("demo_base_not_empty")
    stage = _settled(run_jobs, config, size)
    parts = _parts(stage, routes.Desk(stage.people, texts()))
    tell(1, len(PARTS))
    for done, _part in enumerate(parts, 2):
        tell(done, len(PARTS))
    return Built(
        len(stage.people.persons), marks.value_of("demo_finished") or "", marks.value_of("demo_open") or ""
    )


def _parts(stage: Stage, desk: routes.Desk) -> Iterator[None]:
    """Yields after each of `PARTS` but the first."""
    calendar = stage.calendar
    tried = trial.hold_trial(stage)
    first = diagnoses.first(stage)
    diagnoses.entry(stage, first)
    yield
    routes.agreed(desk, first.waves.ids[WaveKind.ENTRY], calendar.routes, most=MOST_ROUTES)
    yield
    diagnoses.leave(stage, first)
    releasing.released(stage, first.waves.campaign_id, calendar.exit[1])
    yield
    second = diagnoses.second(stage)
    seen, careless = mirror.assess(stage, second)
    diagnoses.entry(stage, second)
    routes.under_way(desk, second.waves.ids[WaveKind.ENTRY], calendar.second_routes)
    diagnoses.half_left(stage, second)
    yield
    schools_ids = schools.assess(stage)
    brought = outside.bring(stage)
    releasing.printed(stage, first.waves.campaign_id)
    _mark(
        calendar,
        finished=first.waves.campaign_id,
        open=second.waves.campaign_id,
        trial=tried.campaign_id,
        mirror=seen.campaign_id,
        careless=careless,
        outside=brought or "",
        **{f"school_{name}": one for name, one in schools_ids.items()},
    )
    yield


def _settled(run_jobs: Callable[[], int], config: Config, size: Size) -> Stage:
    calendar = Calendar(today())
    set_reading(False)
    with clock.frozen(at(calendar.preparation, 9)):
        marks.put("demo", "building")
        bundled.install()
        resources.install(calendar.preparation)
        people = settle(cast(size), calendar.preparation)
        session.commit()
    return Stage(people, calendar, run_jobs, config)


def _mark(calendar: Calendar, **found: str) -> None:
    """What the pages of the demo and `verify --demo` look for, by the names of the story."""
    for name, value in found.items():
        marks.put(f"demo_{name}", value)
    marks.put("demo_day", calendar.today.isoformat())
    marks.put("demo", "yes")
    session.commit()
