from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Campaign, Seat
from diagnostics.database import session, set_reading
from diagnostics.pathways.models import Route, RouteState, RouteStep, StepKind, StepState
from diagnostics.people.actions import consents
from diagnostics.people.actions.places import REQUISITES
from diagnostics.people.models import OrgNode, Person, Role, RoleGrant
from tests.support import diagnosis, make
from tests.support.anew import AnewClient
from tests.support.diagnosis import Scene
from tests.support.routes import SURE, add_finding
from tests.support.sign_in import sign_in

NAMES = ("Абрамова Анна Петровна", "Белов Борис Ильич", "Серёгина Вера Львовна", "Дорохов Глеб Олегович")


@dataclass
class Place:
    """A school of four teachers in an open entry diagnosis; the first has sent, the second has begun."""

    scene: Scene
    seats: dict[str, str]  # surname → seat
    people: dict[str, str]  # surname → person
    deputy: Person
    client: FlaskClient

    @property
    def school(self) -> OrgNode:
        return self.scene.school

    @property
    def home(self) -> str:
        return f"/schools/{self.school.id}"

    @property
    def turnout(self) -> str:
        return f"{self.home}/turnout/{self.scene.entry}"

    def enter(self, role: Role, at: OrgNode, name: str = "Громова Лидия Сергеевна") -> FlaskClient:
        person = make.staff(role, at, name)
        sign_in(self.client, person.id)
        return self.client

    def grant(self, role: Role, at: OrgNode, until: date | None = None) -> RoleGrant:
        """One more role of the deputy's."""
        made = RoleGrant(person_id=self.deputy.id, role=role, node_id=at.id, since=make.LONG_AGO, until=until)
        session.add(made)
        session.commit()
        return made

    def campaign(self) -> Campaign:
        return session.get_one(Campaign, self.scene.campaign_id)

    def route(self, surname: str, state: RouteState, confirmed: int = 0, steps: int = 5) -> Route:
        """A route with steps of four hours each, made straight in the tables."""
        person_id, today = self.people[surname], clock.now().date()
        finding = add_finding(session.get_one(Seat, self.seats[surname]), self.campaign(), {"METH": SURE})
        made = Route(
            campaign_id=self.scene.campaign_id,
            person_id=person_id,
            finding_id=finding.id,
            tutor_id=self.scene.trainer.id,
            state=state,
            hours_budget=20,
            starts_on=today,
            ends_on=today + timedelta(days=90),
            wishes={},
            proposal={},
            created_at=clock.now(),
        )
        session.add(made)
        session.flush()
        for order in range(steps):
            step = RouteStep(
                route_id=made.id, order=order, kind=StepKind.OWN, title="Шаг", reason={}, hours=4
            )
            step.state = StepState.CONFIRMED if order < confirmed else StepState.IN_WORK
            session.add(step)
        session.commit()
        return made

    def consent(self, surname: str, *, levels: bool) -> None:
        """The person agreed, and ticked (or not) the box that shows levels to the school."""
        region = session.get_one(OrgNode, self.scene.region.id)
        region.requisites = dict.fromkeys(REQUISITES, "0")
        document = consents.publish(region.id, actor_id=None)
        consents.give(
            person_id=self.people[surname],
            document_id=document.id,
            options={"levels_to_school": levels},
            actor_id=None,
        )
        session.commit()

    def withdraw(self, surname: str) -> None:
        consents.withdraw(self.people[surname], self.scene.region.id, actor_id=None)
        session.commit()


@pytest.fixture
def place(app: Flask) -> Iterator[Place]:
    app.test_client_class = AnewClient
    with clock.frozen(diagnosis.TODAY), app.app_context():
        set_reading(False)
        client = app.test_client()
        scene = diagnosis.scene()
        people = {name.split()[0]: make.person(name, at=scene.school).id for name in NAMES}
        seats = actions.seat_people(scene.entry, list(people.values()), None).seats
        actions.open_wave(scene.entry, None)
        of = {surname: seats[person] for surname, person in people.items()}
        actions.mark_submitted(of["Абрамова"])
        actions.mark_started(of["Белов"])
        deputy = make.staff(Role.SCHOOL_LEAD, scene.school, "Громова Лидия Сергеевна")
        sign_in(client, deputy.id)
        yield Place(scene, of, people, deputy, client)
        session.remove()
