"""One region with a school and a draft diagnosis of two waves; "today" is 22 November 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from diagnostics.campaigns import queries
from diagnostics.campaigns.models import WaveKind
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ENTRY = (date(2026, 11, 20), date(2026, 11, 30))
EXIT = (date(2027, 2, 1), date(2027, 2, 10))


@dataclass
class Scene:
    region: OrgNode
    municipality: OrgNode
    school: OrgNode
    institute: OrgNode
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


def scene() -> Scene:
    """Made in the caller's context and clock; nothing is committed."""
    region = make.region()
    municipality = make.municipality(region)
    school = make.school(municipality, code="001012")
    institute = make.institute(region)
    trainer = make.staff(Role.TRAINER, institute)
    campaign = make.campaign(trainer, institute, entry=ENTRY, exit_=EXIT)
    return Scene(region, municipality, school, institute, trainer, campaign.id)
