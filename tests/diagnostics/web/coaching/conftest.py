from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session, writing
from diagnostics.pathways import actions
from diagnostics.pathways.queries import views
from diagnostics.pathways.queries.views import RouteView, StepView
from diagnostics.people.models import OrgNode, Role
from tests.support import make
from tests.support.kept import kept
from tests.support.routes import LIKELY, SURE, Block, Scene, make_scene
from tests.support.sign_in import sign_in

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """A committed scene without a held context: each request asks who it is anew."""

    app: Flask
    scene: Scene

    def finding(self, **blocks: Block) -> str:
        with self.app.app_context(), writing():
            made = self.scene.finding(**blocks).id
            session.commit()
            return made

    def propose(self, finding_id: str) -> str:
        with self.app.app_context(), writing():
            made = actions.propose(finding_id, actor_id=self.scene.teacher.id).id
            session.commit()
            return made

    def route(self, route_id: str) -> RouteView:
        with self.app.app_context():
            return views.route(route_id)

    def resource_steps(self, route_id: str) -> list[StepView]:
        return [step for step in self.route(route_id).steps if step.resource_id]

    def staff(self, role: Role, at: OrgNode, name: str) -> FlaskClient:
        with self.app.app_context(), writing():
            person = make.staff(role, at, name).id
            session.commit()
        return self.client(person)

    def other_school(self) -> OrgNode:
        with self.app.app_context(), writing():
            made = make.school(make.municipality(self.scene.region, "Озёрный район"), "Школа № 4")
            session.commit()
            session.refresh(made)
            session.expunge(made)
            return made

    def client(self, person_id: str) -> FlaskClient:
        made = self.app.test_client()
        with self.app.app_context(), writing():
            sign_in(made, person_id)
        return made


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def world(app: Flask) -> World:
    return World(app, kept(app, f"coaching {clock.now()}", make_scene))


@pytest.fixture
def finding(world: World) -> str:
    return world.finding(METH=SURE, EVAL=LIKELY)


@pytest.fixture
def route_id(world: World, finding: str) -> str:
    return world.propose(finding)


@pytest.fixture
def teacher(world: World) -> FlaskClient:
    return world.client(world.scene.teacher.id)


@pytest.fixture
def tutor(world: World) -> FlaskClient:
    return world.client(world.scene.tutor.id)
