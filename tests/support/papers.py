"""A diagnosis with its people, results, consents and routes: what tests of papers begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, Seat, SeatState, Wave, WaveKind, WaveState
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.pathways.models import Route, RouteStep, StepKind, StepState
from diagnostics.people.actions import consents
from diagnostics.people.models import Consent, ConsentDocument, ConsentWay, OrgNode, Person, Role
from diagnostics.reporting.papers.facts import Facts, facts_of
from tests.support import make, results

REQUISITES = {
    "operator_name": "ГАУ ДПО «Заречный институт развития образования»",
    "operator_address": "000000, Заречная область, г. Зареченск, ул. Учебная, д. 1",
    "operator_inn": "0000000000",
    "operator_ogrn": "0000000000000",
    "operator_contact": "diagnostika@example.org",
    "director": "Н. С. Ларина",
}


@dataclass
class Scene:
    institute: OrgNode
    trainer: Person
    tutor: Person
    campaign: Campaign
    entry: str
    people: list[str]

    def facts(self) -> Facts:
        session.flush()
        session.expire_all()
        return facts_of(self.entry, address="orientir.example/code", language="ru")

    def close(self) -> None:
        wave = session.get_one(Wave, self.entry)
        wave.state, wave.closed_at = WaveState.CLOSED, clock.now()
        session.flush()


def scene(
    names: Sequence[str] = ("Соколова Анна Петровна", "Ким Виктория", "Воробей Галина Валентиновна"),
) -> Scene:
    """Everybody asked at one school, nobody answered; the operator asks for no consent yet."""
    region = make.region()
    institute = make.institute(region)
    institute.requisites = dict(REQUISITES)
    school = make.school(make.municipality(region))
    trainer = make.staff(Role.TRAINER, institute, "Белова Мария Игоревна")
    tutor = make.staff(Role.TUTOR, region, "Дёмина Ольга Сергеевна")
    campaign = results.diagnosis(trainer, institute, tutor=tutor)
    people = [make.person(name, at=school).id for name in names]
    entry = results.seat(campaign, WaveKind.ENTRY, people)
    session.get_one(Wave, entry).state = WaveState.OPEN
    session.flush()
    return Scene(institute, trainer, tutor, campaign, entry, people)


def answer(scene: Scene, people: Sequence[str] | None = None, *, ability: float = 0.4, seed: int = 3) -> None:
    """Simulated answers, scored; the seats are marked as sent."""
    chosen = list(scene.people if people is None else people)
    results.simulate(scene.entry, dict.fromkeys(chosen, ability), seed)
    answer_seats(scene, chosen)


def answer_seats(scene: Scene, people: Sequence[str]) -> None:
    """The seats of these people are marked as sent."""
    session.execute(
        sa.update(Seat)
        .where(Seat.wave_id == scene.entry, Seat.respondent_id.in_(people))
        .values(state=SeatState.SUBMITTED)
    )
    session.expire_all()


def publish_consent(scene: Scene) -> ConsentDocument:
    """From now on whoever agreed to nothing is named beside no result."""
    return consents.publish(scene.institute.id, actor_id=scene.trainer.id)


def agree(document: ConsentDocument, person_id: str, *, withdrawn: bool = False) -> None:
    session.add(
        Consent(
            person_id=person_id,
            document_id=document.id,
            way=ConsentWay.SCREEN,
            given_at=clock.now(),
            options={},
            withdrawn_at=clock.now() if withdrawn else None,
        )
    )
    session.flush()


def routes(scene: Scene, people: Sequence[str], *, hours: Sequence[float]) -> None:
    """A route each."""
    found = {view.person_id: view.id for view in findings.of_wave(scene.entry)}
    for person in people:
        _route(scene, person, found[person], hours)


def route(scene: Scene, person_id: str, *, hours: Sequence[float] = (6, 12.5)) -> None:
    """A route of as many steps, the first of them confirmed."""
    routes(scene, [person_id], hours=hours)


def _route(scene: Scene, person_id: str, finding_id: str, hours: Sequence[float]) -> None:
    made = Route(
        campaign_id=scene.campaign.id,
        person_id=person_id,
        finding_id=finding_id,
        tutor_id=scene.tutor.id,
        hours_budget=36,
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 4, 15),
        wishes={},
        proposal={},
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    for place, spent in enumerate(hours):
        state = StepState.NOT_STARTED if place else StepState.CONFIRMED
        session.add(
            RouteStep(
                route_id=made.id,
                order=place,
                kind=StepKind.OWN,
                title="Шаг",
                reason={},
                hours=spent,
                state=state,
            )
        )
    session.flush()
