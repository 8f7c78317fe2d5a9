"""What every part of the story needs: people, works, days, and how a wave is planned, opened, answered and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.config import Config
from diagnostics.database import session, set_reading
from diagnostics.upkeep.demo.answering import Sheet, answer
from diagnostics.upkeep.demo.calendar import Calendar, Days, at, between
from diagnostics.upkeep.demo.settle import Settled, consent
from diagnostics.upkeep.demo.work import Work
from instruments.items import Answer


@dataclass(frozen=True, slots=True)
class Stage:
    """`run_jobs` runs all that is due, inline: the edge knows the worker."""

    people: Settled
    calendar: Calendar
    run_jobs: Callable[[], int]
    config: Config
    consented: set[str] = field(default_factory=set)

    @property
    def secret(self) -> str:
        """The installation's key: links and codes of nameless circles follow from it."""
        return self.config.secret_key

    @property
    def files(self) -> Path:
        return self.config.files_dir

    @property
    def trainer(self) -> str:
        return self.people.persons["trainer"]

    def work_off(self) -> None:
        """Run what is due at this moment of the story, then go on writing."""
        self.run_jobs()
        set_reading(False)

    def sit(self, sheet: Sheet) -> str:
        """The person agrees before the first answers of all, answers, and the answers are scored; the sitting's id."""
        if sheet.person_id is not None and sheet.person_id not in self.consented:
            self.consented.add(sheet.person_id)
            consent(self.people, sheet.person_id, sheet.begins - timedelta(minutes=2))
        done = answer(sheet)
        with clock.frozen(done.ended + timedelta(seconds=3)):
            self.work_off()
        return done.sitting_id


@dataclass(frozen=True, slots=True)
class Waves:
    campaign_id: str
    ids: Mapping[WaveKind, str]


def planned(
    stage: Stage,
    work: Work,
    title: str,
    days: Mapping[WaveKind, Days],
    forms: Mapping[WaveKind, str],
    *,
    people: Sequence[str],
    prepared: date,
    group_id: str | None = None,
    trial: bool = False,
) -> Waves:
    """A diagnosis with its waves, everyone seated in each. `trial`: of a work that is being tried out."""
    trainer = stage.trainer
    with clock.frozen(at(prepared, 12)):
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
            trial=trial,
        )
        ids = {}
        for kind, window in days.items():
            ids[kind] = campaigns.add_wave(campaign.id, kind, *window, trainer).id
            campaigns.assign(ids[kind], work.instrument_id, work.scoring_id, forms[kind], actor_id=trainer)
        campaigns.seat_audience(campaign.id, people, trainer)
        session.commit()
    return Waves(campaign.id, ids)


def opened(stage: Stage, wave_id: str, people: Sequence[str], day: date) -> Mapping[str, str]:
    """Person → seat."""
    with clock.frozen(at(day, 9)):
        campaigns.open_wave(wave_id, stage.trainer)
        seats = campaigns.seat_people(wave_id, people, stage.trainer).seats
        session.commit()
    return seats


def closed(stage: Stage, wave_id: str, last: date) -> None:
    """The morning after the last day; what follows from it is worked off."""
    with clock.frozen(at(last + timedelta(days=1), 10)):
        campaigns.close_wave(wave_id, stage.trainer)
        session.commit()
        stage.work_off()


def hold(
    stage: Stage,
    wave_id: str,
    days: Days,
    people: Sequence[str],
    given: Sequence[Mapping[str, Answer]],
    present: Iterable[int],
    rng: np.random.Generator,
) -> None:
    """Open a wave, let those present (numbers in `people`) answer, close it."""
    seats = opened(stage, wave_id, people, days[0])
    for number in sorted(present):
        stage.sit(some_day(people[number], seats, given[number], days, rng))
    closed(stage, wave_id, days[1])


def some_day(
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
