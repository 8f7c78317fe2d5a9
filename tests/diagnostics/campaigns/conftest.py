from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import queries
from diagnostics.campaigns.models import WaveKind
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ENTRY = (date(2026, 11, 20), date(2026, 11, 30))
EXIT = (date(2027, 2, 1), date(2027, 2, 10))


@dataclass
class Scene:
    """One region with a school and a draft diagnosis of two waves; today is 22 November 2026."""

    region: OrgNode
    municipality: OrgNode
    school: OrgNode
    trainer: Person
    campaign_id: str

    def wave(self, kind: WaveKind) -> str:
        found = queries.campaign(self.campaign_id).wave(kind)
        assert found is not None
        return found.id

    @property
    def entry(self) -> str:
        return self.wave(WaveKind.ENTRY)

    @property
    def exit(self) -> str:
        return self.wave(WaveKind.EXIT)


@pytest.fixture
def scene(in_app: Flask) -> Scene:
    with clock.frozen(TODAY):
        region = make.region()
        municipality = make.municipality(region)
        school = make.school(municipality, code="001012")
        trainer = make.staff(Role.TRAINER, make.institute(region))
        campaign = make.campaign(trainer, region, entry=ENTRY, exit_=EXIT)
    return Scene(region, municipality, school, trainer, campaign.id)


@pytest.fixture(autouse=True)
def today() -> object:
    with clock.frozen(TODAY):
        yield
