from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries import campaign as campaign_view
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make
from tests.support.sitting import answers, sit

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Town:
    """A diagnosis with an open entry wave on form A of the shipped work."""

    trainer: Person
    school: OrgNode
    campaign_id: str
    wave_id: str
    instrument_id: str
    scoring_id: str
    seats: dict[str, str] = field(default_factory=dict)

    def invite(self, number: int) -> list[str]:
        """Seats of so many new teachers."""
        people = make.people(number, self.school)
        found = campaigns.seat_people(self.wave_id, people, self.trainer.id).seats
        self.seats |= found
        return list(found.values())

    def sit(
        self, seat_id: str, solved: Collection[str], *, never_shown: Collection[str] = (), form: str = "A"
    ) -> str:
        given = answers(self.instrument_id, self.scoring_id, form, solved)
        return sit(seat_id, given, never_shown=never_shown)


@pytest.fixture
def town(in_app: Flask) -> Iterator[Town]:
    with clock.frozen(NOW):
        region = make.region()
        institute = make.institute(region)
        school = make.school(make.municipality(region))
        trainer = make.staff(Role.TRAINER, institute)
        made = make.campaign(
            trainer, institute, entry=(date(2026, 11, 16), date(2026, 11, 27)), tutor=trainer
        )
        wave = campaign_view(made.id).wave(WaveKind.ENTRY)
        assert wave is not None
        asked, scored = make.work()
        yield Town(trainer, school, made.id, wave.id, asked, scored)


@pytest.fixture
def open_town(town: Town) -> Town:
    """The same with one seat and the wave open."""
    town.invite(1)
    campaigns.open_wave(town.wave_id, town.trainer.id)
    return town
