"""Two diagnoses: one walked from entry to exit, one collecting answers now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.database import session, set_reading
from diagnostics.upkeep.demo.answering import Sheet, answer
from diagnostics.upkeep.demo.calendar import Calendar, at, between
from diagnostics.upkeep.demo.settle import ANNA, Settled, consent
from diagnostics.upkeep.demo.work import Work
from instruments.items import Answer

TITLE = "Работа с неуспевающими"
SECOND_TITLE = "Работа с неуспевающими: школа № 12"
SECOND_SCHOOL, SECOND_SEED = "001012", 2297
#: Who did not come to the exit, of the weakest at entry.
LOST = 2
#: Persons (by order) who left items empty at entry, and how many.
OMITTED: Mapping[int, int] = {6: 2, 17: 1, 22: 3}
#: Of the second diagnosis: how many have sent, and after how many items the others stopped for today.
SENT, STOPPED_AFTER = 7, (9, 4)

Given = list[dict[str, Answer]]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Stage:
    """What every part of the story needs. `run_jobs` runs all that is due, inline: the edge knows the worker."""

    people: Settled
    work: Work
    calendar: Calendar
    run_jobs: Callable[[], int]

    @property
    def trainer(self) -> str:
        return self.people.persons["trainer"]

    def work_off(self) -> None:
        """Run what is due at this moment of the story, then go on writing."""
        self.run_jobs()
        set_reading(False)


@dataclass(frozen=True, slots=True)
class Waves:
    campaign_id: str
    ids: Mapping[WaveKind, str]


@dataclass(frozen=True, slots=True)
class Walk:
    """Who of the group answers what in which wave; `present` holds numbers of teachers."""

    waves: Waves
    days: Mapping[WaveKind, Days]
    given: Mapping[WaveKind, Given]
    present: Mapping[WaveKind, frozenset[int]]
    rng: np.random.Generator


def planned(stage: Stage) -> Walk:
    """The diagnosis of the whole group: entry on form A, exit on form B, everyone seated in both."""
    days = {WaveKind.ENTRY: stage.calendar.entry, WaveKind.EXIT: stage.calendar.exit}
    teachers = stage.people.teachers
    with clock.frozen(at(stage.calendar.preparation, 12)):
        waves = _planned(
            stage, TITLE, days, {WaveKind.ENTRY: "A", WaveKind.EXIT: "B"}, group_id=stage.people.group_id
        )
        campaigns.seat_audience(waves.campaign_id, teachers, stage.trainer)
        session.commit()
    crowd = stage.work.crowd(len(teachers))
    given = {
        WaveKind.ENTRY: stage.work.answers(crowd, crowd.entry, "A"),
        WaveKind.EXIT: stage.work.answers(crowd, crowd.exit, "B"),
    }
    _leave_out(given[WaveKind.ENTRY], crowd.rng)
    everybody = frozenset(range(len(teachers)))
    present = {WaveKind.ENTRY: everybody, WaveKind.EXIT: everybody - crowd.weakest(LOST)}
    return Walk(waves, days, given, present, crowd.rng)


def hold(stage: Stage, walk: Walk, kind: WaveKind) -> None:
    """Open one wave of the walk, let everyone present answer, close and calibrate."""
    teachers, days, wave_id = stage.people.teachers, walk.days[kind], walk.waves.ids[kind]
    seats = _opened(stage, wave_id, teachers, days[0])
    for number in sorted(walk.present[kind]):
        sheet = _sheet(teachers[number], seats, walk.given[kind][number], days, walk.rng)
        if kind is WaveKind.ENTRY:
            consent(stage.people, sheet.person_id, sheet.begins - timedelta(minutes=2))
        _sit(stage, sheet)
    with clock.frozen(at(days[1] + timedelta(days=1), 10)):
        campaigns.close_wave(wave_id, stage.trainer)
        session.commit()
        stage.work_off()


def collecting(stage: Stage) -> Waves:
    """An entry that is open now in one school: some sent, some on the way, the visitor's teacher has not begun."""
    calendar = stage.calendar
    asked = stage.people.teachers_of(SECOND_SCHOOL)
    after = calendar.collection[1]
    days = {
        WaveKind.ENTRY: calendar.collection,
        WaveKind.EXIT: (after + timedelta(days=60), after + timedelta(days=75)),
    }
    with clock.frozen(at(calendar.collection[0] - timedelta(days=2), 12)):
        waves = _planned(stage, SECOND_TITLE, days, {WaveKind.ENTRY: "B", WaveKind.EXIT: "A"})
        campaigns.seat_audience(waves.campaign_id, asked, stage.trainer)
        session.commit()
    crowd = stage.work.crowd(len(asked), seed=SECOND_SEED)
    given = stage.work.answers(crowd, crowd.entry, "B")
    seats = _opened(stage, waves.ids[WaveKind.ENTRY], asked, calendar.collection[0])
    others = [number for number, person in enumerate(asked) if person != stage.people.persons[ANNA]]
    until = (calendar.collection[0], calendar.today - timedelta(days=1))
    for number, stops in zip(others, (*[None] * SENT, *STOPPED_AFTER), strict=False):
        _sit(stage, _sheet(asked[number], seats, given[number], until, crowd.rng, stops))
    return waves


def _planned(
    stage: Stage,
    title: str,
    days: Mapping[WaveKind, Days],
    forms: Mapping[WaveKind, str],
    *,
    group_id: str | None = None,
) -> Waves:
    work, trainer = stage.work, stage.trainer
    campaign = campaigns.create_campaign(
        title=title,
        node_id=stage.people.institute,
        owner_id=trainer,
        framework_id=work.framework_id,
        method_id=work.method_id,
        preset="levels3",
        group_id=group_id,
        tutor_id=stage.people.persons["tutor"],
        actor_id=trainer,
    )
    ids = {}
    for kind, window in days.items():
        ids[kind] = campaigns.add_wave(campaign.id, kind, *window, trainer).id
        campaigns.assign(ids[kind], work.instrument_id, work.scoring_id, forms[kind], actor_id=trainer)
    return Waves(campaign.id, ids)


def _opened(stage: Stage, wave_id: str, asked: Sequence[str], day: date) -> Mapping[str, str]:
    with clock.frozen(at(day, 9)):
        campaigns.open_wave(wave_id, stage.trainer)
        seats = campaigns.seat_people(wave_id, asked, stage.trainer).seats
        session.commit()
    return seats


def _sit(stage: Stage, sheet: Sheet) -> None:
    answer(sheet)
    with clock.frozen(sheet.ends + timedelta(seconds=3)):
        stage.work_off()


def _sheet(
    person: str,
    seats: Mapping[str, str],
    given: Mapping[str, Answer],
    days: Days,
    rng: np.random.Generator,
    stops_after: int | None = None,
) -> Sheet:
    """Some afternoon of the wave, at a person's own pace."""
    return Sheet(
        seat_id=seats[person],
        person_id=person,
        answers=given,
        begins=between(days, float(rng.uniform()), int(rng.integers(13, 20)), int(rng.integers(60))),
        seconds_an_item=float(rng.uniform(52, 95)),
        stops_after=stops_after,
    )


def _leave_out(given: Given, rng: np.random.Generator) -> None:
    for person, number in OMITTED.items():
        for item in rng.choice(list(given[person]), number, replace=False):
            del given[person][str(item)]
