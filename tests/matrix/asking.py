"""One real request a cell: who asks, for what, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.matrix.world import World

#: Parameters whose value is not an id of the world.
PLAIN = {
    "paper": "instruction",
    "place": "1",
    "kind": "pdf",
    "filename": "css/orientir.css",
    "number": "1",
    "part": "scoring",
    "form_code": "A",
    "role": "teacher",
    "door": "table",
    "guide": "authoring",
    "export": "yaml",
    "item_code": "Q01",
    "kept": "1",
    "what": "resolve",
}
#: Rooms and doors whose parameters name a school's self-assessment, not the teacher's diagnosis.
OF_SCHOOL = ("improving.", "answering.sheet", "answering.circle")
#: Doors whose parameters name another object of the same kind.
OTHER_OBJECTS = {
    "authoring.framework_page": {"version_id": "framework_id"},
    "authoring.framework_file": {"version_id": "framework_id"},
    "authoring.framework_edit": {"draft_id": "framework_draft_id"},
    "authoring.framework_save": {"draft_id": "framework_draft_id"},
    "authoring.mending": {"draft_id": "mending_draft_id"},
    "authoring.mending_save": {"draft_id": "mending_draft_id"},
}
#: Doors that must be knocked at with a body, or they answer before they look who asks.
BODIES: dict[str, dict[str, Any]] = {
    "answering.events": {"json": {"events": []}},
    "authoring.mending_save": {"data": {"item": "M01", "key": "a"}},
    "reading.items_decide": {"data": {"item": "M01", "verdict": "keep", "reason": "x"}},
    "authoring.draft_arrange": {"data": {"do": "add", "type": "single"}},
}


@dataclass(frozen=True)
class Door:
    """One endpoint and method, with an address into the world."""

    endpoint: str
    method: str
    address: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.endpoint}"


def doors(app: Flask, world: World) -> Iterator[Door]:
    """Every door of the application, in the order of its name."""
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            door = Door(rule.endpoint, method, _address(app, rule, world))
            found.setdefault(door.name, door)
    yield from (found[name] for name in sorted(found))


def _address(app: Flask, rule: Rule, world: World) -> str:
    values = {}
    for name in rule.arguments:
        values[name] = world.objects.get(name) or PLAIN.get(name, "00000000000000")
    if rule.endpoint.startswith(OF_SCHOOL):
        own = {"campaign_id": "assessment_id", "secret": "circle_secret"}
        values |= {name: world.objects[key] for name, key in own.items() if name in rule.arguments}
    for start, own_objects in OTHER_OBJECTS.items():
        if rule.endpoint.startswith(start):
            values |= {name: world.objects[key] for name, key in own_objects.items()}
    if "target_id" in rule.arguments:
        values |= {"target_id": world.objects["campaign_id"], "kind": "diagnoses"}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, values)


def ask(client: FlaskClient, door: Door) -> str:
    """allow | deny | hide | sign_in | fault, by the status that a real request gets."""
    response = client.open(door.address, method=door.method, **BODIES.get(door.endpoint, {}))
    response.close()  # a file that is sent stays open until then
    return outcome(response)


def outcome(response: TestResponse) -> str:
    if response.status_code in {301, 302, 303} and response.location and "/login?next=" in response.location:
        return "sign_in"
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "fault"
    return {401: "sign_in", 403: "deny", 404: "hide"}.get(response.status_code, "allow")
