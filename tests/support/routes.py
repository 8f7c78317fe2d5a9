"""A teacher with a finding, a tutor and the shipped catalogue: what tests of routes begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns import queries as campaign_queries
from diagnostics.campaigns.models import Campaign, Seat, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.people.models import OrgNode, Person, Role
from diagnostics.resources import bundled
from tests.support import make

ENTRY = (date(2026, 11, 20), date(2026, 11, 30))
EXIT = (date(2027, 4, 20), date(2027, 4, 30))
TITLES = ("METH", "EVAL", "PSYP")


@dataclass(frozen=True)
class Block:
    """What a finding says of one block; the official level follows from the per cent (80/60)."""

    percent: float
    conclusion: str
    probability: float | None

    @property
    def level(self) -> str | None:
        if self.conclusion == "no_conclusion":
            return None
        return "high" if self.percent < 60 else "medium" if self.percent < 80 else "minimal"


SURE = Block(37.5, "confirmed", 0.93)
LIKELY = Block(50.0, "probable", 0.71)
FINE = Block(87.5, "surely_none", 0.04)
UNSEEN = Block(75.0, "not_shown", 0.31)
FEW = Block(50.0, "no_conclusion", None)


@dataclass
class Scene:
    region: OrgNode
    school: OrgNode
    trainer: Person
    tutor: Person
    teacher: Person
    campaign: Campaign
    seat: Seat

    def finding(self, **blocks: Block) -> Finding:
        return add_finding(self.seat, self.campaign, blocks)


def make_scene(*, route_levels: tuple[str, ...] = ("high",)) -> Scene:
    """One school of one region; entry until 30 November 2026, exit from 20 April 2027."""
    region = make.region()
    school = make.school(make.municipality(region))
    trainer = make.staff(Role.TRAINER, make.institute(region), "Ларина Нина Сергеевна")
    tutor = make.staff(Role.TUTOR, region, "Белова Мария Игоревна")
    teacher = make.person(at=school)
    make.account(teacher)
    campaign = make.campaign(trainer, region, entry=ENTRY, exit_=EXIT, tutor=tutor)
    campaign.route_levels = {"levels": list(route_levels)}
    wave = campaign_queries.campaign(campaign.id).wave(WaveKind.ENTRY)
    assert wave is not None
    campaigns.seat_people(wave.id, [teacher.id], trainer.id)
    seat = session.query(Seat).filter_by(respondent_id=teacher.id, wave_id=wave.id).one()
    bundled.install(clock.now().date())
    return Scene(region, school, trainer, tutor, teacher, campaign, seat)


def add_finding(seat: Seat, campaign: Campaign, blocks: Mapping[str, Block]) -> Finding:
    """A finding with these blocks; the others are supports. Tasks are lost from the first of each block on."""
    said = {code: blocks.get(code, FINE) for code in TITLES}
    wave = campaign_queries.campaign(campaign.id).wave(WaveKind.ENTRY)
    assert wave is not None
    assigned = wave.assignments[0]
    assert assigned.scoring_id
    items = _items(assigned.scoring_id, assigned.instrument_id or "", assigned.form, said)
    finding = Finding(
        seat_id=seat.id,
        wave_id=seat.wave_id,
        person_id=seat.respondent_id,
        scoring_id=assigned.scoring_id,
        framework_id=campaign.framework_id,
        method_id=campaign.method_id,
        preset=campaign.preset,
        items=items,
        points=sum(points for points, _, _ in items.values()),
        maximum=float(len(items)),
        made_at=clock.now(),
    )
    session.add(finding)
    session.flush()
    session.add_all(_scale(finding.id, code, block) for code, block in said.items())
    session.flush()
    return finding


def _items(
    scoring_id: str, instrument_id: str, form: str, said: Mapping[str, Block]
) -> dict[str, tuple[float, float, str]]:
    scoring = catalogue.scoring(scoring_id)
    asked = [item.code for item in catalogue.instrument(instrument_id).form_items(form)]
    found: dict[str, tuple[float, float, str]] = {}
    for block, facts in said.items():
        inside = [
            code
            for code in asked
            if code in scoring.items and any(one.startswith(block) for one in scoring.items[code].competences)
        ]
        wrong = round(len(inside) * (1 - facts.percent / 100))
        for number, code in enumerate(inside):
            found[code] = (0.0, 1.0, "wrong") if number < wrong else (1.0, 1.0, "right")
    return found


def _scale(finding_id: str, code: str, block: Block) -> FindingScale:
    return FindingScale(
        finding_id=finding_id,
        competence=code,
        is_block=True,
        n_items=2 if block.conclusion == "no_conclusion" else 8,
        omitted=0,
        unreached=0,
        points=block.percent * 8 / 100,
        maximum=8.0,
        percent=block.percent,
        level=block.level,
        low80=max(block.percent - 15, 0),
        high80=min(block.percent + 15, 100),
        p_deficit=block.probability,
        conclusion=block.conclusion,
        provisional=True,
    )
