"""A school that collects answers over HTTP: who is there, and the ways in as paper and chats give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns.circle_secrets import CircleKey, slip_link
from diagnostics.campaigns.queries.circles import CircleView
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessment
from diagnostics.catalogue import bundled
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from diagnostics.sittings.models import Sitting
from tests.support import make
from tests.support.kept import kept
from tests.support.sign_in import sign_in

NOW = datetime(2026, 11, 22, 9, 37, 41, 123456, tzinfo=UTC)


@dataclass
class School:
    """Ids and the key of the installation; the rows are committed."""

    app: Flask
    node: OrgNode
    code: str
    deputy_id: str
    member_id: str
    other_deputy_id: str
    municipal_id: str

    @property
    def secret(self) -> str:
        return str(self.app.extensions["orientir"].secret_key)

    def one(self, campaign_id: str) -> SelfAssessment:
        session.rollback()
        return self_assessment(campaign_id)

    def circle(self, campaign_id: str, group: str, label: str = "") -> CircleView:
        return next(
            one
            for one in self.one(campaign_id).circles
            if one.respondent_group == group and one.label == label
        )

    def code_of(self, circle: CircleView, number: int = 1) -> str:
        return CircleKey(self.secret, circle.id, circle.generation).code(number)

    def slip(self, circle: CircleView, number: int = 1) -> str:
        """The address in the QR of a slip."""
        return f"/r/{slip_link(self.secret, self.node.id, self.code_of(circle, number))}"

    def link(self, circle: CircleView) -> str:
        """The address that a chat got."""
        return f"/r/{CircleKey(self.secret, circle.id, circle.generation).link()}"


def school(app: Flask) -> School:
    """In the caller's context and clock; committed."""
    made = School(app, *_rows())
    session.commit()
    return made


def kept_school(app: Flask) -> School:
    """The same, in a base that no server has open."""
    return School(app, *kept(app, f"school {clock.now()}", _rows))


def _rows() -> tuple[OrgNode, str, str, str, str, str]:
    bundled.install()
    municipality = make.municipality(make.region())
    node = make.school(municipality, code="012")
    return (
        node,
        "012",
        make.staff(Role.SCHOOL_LEAD, node).id,
        make.staff(Role.SCHOOL_TEAM, node, "Крылова Ольга Ивановна").id,
        make.staff(Role.SCHOOL_LEAD, make.school(municipality, "Школа № 3", code="003")).id,
        make.staff(Role.MUNICIPAL_COORDINATOR, municipality).id,
    )


FORM = {
    "title": "Самооценка школы, 2026/2027",
    "first_day": "2026-11-20",
    "last_day": "2026-12-04",
    "sheet": "y",
    "teachers": "14",
    "teachers_way": "link",
    "classes": "7А 30\n8Б 30",
    "parents": "30",
}


def launched(client: FlaskClient, place: School, **changed: str) -> str:
    """Launch through the page as the deputy; the id of the self-assessment."""
    sign_in(client, place.deputy_id)
    page = client.get("/school/sa/new").get_data(as_text=True)
    work = page.split('name="work"')[1].split('value="')[1].split('"')[0]
    response = client.post("/school/sa/new", data={**FORM, "work": work, **changed})
    assert response.status_code == 302, response.get_data(as_text=True)
    return str(response.location).split("/school/sa/")[1].split("/")[0]


def begin(client: FlaskClient, door: str, go: str = "begin") -> str:
    """Press the door's button; the address of the sitting, «/t/<id>»."""
    response = client.post(door, data={"go": go})
    assert response.status_code == 302, response.get_data(as_text=True)
    return str(response.location).split("/q/")[0]


def send(client: FlaskClient, sitting: str) -> None:
    """Answer the first question and send without the rest."""
    client.post(f"{sitting}/q/1", data={"answer": "3", "go": "next"})
    response = client.post(f"{sitting}/submit", data={"without": "yes"})
    assert response.status_code == 303, response.get_data(as_text=True)


def sittings() -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(Sitting)) or 0
