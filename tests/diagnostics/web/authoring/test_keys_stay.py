"""Keys, reasons and named mistakes of every item type stay with who may read keys (security.md 2.7, T1)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session, set_reading
from diagnostics.people.models import OrgNode, Role
from diagnostics.sittings.models import Sitting
from instruments.scoring import Scoring
from tests.diagnostics.web.authoring.conftest import client_of
from tests.support import answering, make
from tests.support.anew import AnewClient
from tests.support.posting import posted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

CANARY = "ЪЫКАНАРЕЙКА"
NUMBER = 12.34  # of the key of a number: stands nowhere else
SIGNS = re.compile(f"{CANARY}|12[.,]34")
PLAIN = {"form_code": "A", "place": "1", "export": "yaml", "part": "scoring"}


def marked(keyed: Scoring) -> Scoring:
    """The same scoring with the canary in every word that a respondent must not meet."""
    plain: dict[str, Any] = keyed.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    for entry in plain["items"].values():
        entry["rationale"] = {"ru": f"{CANARY} потому что"}
        entry["mistakes"] = {code: {"ru": f"{CANARY} путает"} for code in entry.get("mistakes", {})}
        entry["key"] = _key(entry.get("key"))
    plain["items"] = {
        code: {name: value for name, value in entry.items() if value is not None}
        for code, entry in plain["items"].items()
    }
    return Scoring.model_validate(plain)


def _key(key: Any) -> Any:
    if isinstance(key, dict) and "value" in key:
        return {"value": NUMBER, "tolerance": 0.001}
    if isinstance(key, dict) and "criteria" in key:
        return {"criteria": [_criterion(one) for one in key["criteria"]]}
    if isinstance(key, list) and any(" " in one or len(one) > 3 for one in key):
        return [CANARY]  # variants of a short text
    return key


def _criterion(one: dict[str, Any]) -> dict[str, Any]:
    levels = [level | {"text": {"ru": f"{CANARY} {place}"}} for place, level in enumerate(one["levels"])]
    return one | {"title": {"ru": CANARY}, "levels": levels}


@pytest.fixture
def place(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[answering.World]:
    read = answering._read

    def reading(name: str, kind: type[Any]) -> Any:
        found = read(name, kind)
        return marked(found) if isinstance(found, Scoring) else found

    monkeypatch.setattr(answering, "_read", reading)
    monkeypatch.setattr(answering, "publish_every_type", lambda: answering._publish("every-type"))
    app.test_client_class = AnewClient
    with app.app_context():
        set_reading(False)
        made = answering.world(every_type=True)
        session.commit()
        yield made
        session.rollback()


@pytest.fixture
def version(place: answering.World) -> str:
    found = catalogue.latest_published(VersionKind.INSTRUMENT, "every.type")
    assert found is not None
    return found.id


def given_away(answer: TestResponse) -> list[str]:
    """What of the keys stands in an answer: in its headers, its text, inside a workbook."""
    raw = answer.get_data()
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            raw = b"".join(book.read(name) for name in book.namelist())
    return SIGNS.findall(f"{answer.headers}{raw.decode('utf-8', 'replace')}")


def addresses(app: Flask, start: str, values: dict[str, str]) -> list[str]:
    """Every door to read that these ids open."""
    adapter = app.url_map.bind("localhost")
    known = values | PLAIN
    return [
        adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}, method="GET")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(start)
        and "GET" in (rule.methods or ())
        and rule.arguments <= set(known)
        and rule.arguments & set(values)
    ]


def test_the_keys_of_the_sample_do_carry_the_canary(app: Flask, place: answering.World, version: str) -> None:
    author = client_of(app, Role.METHODOLOGIST, session.get_one(OrgNode, place.region_id))
    page = author.get(f"/instruments/{version}/keys")
    assert len(given_away(page)) > 20
    assert len(given_away(author.get(f"/instruments/{version}/scoring.yaml"))) > 20


def test_a_respondent_meets_no_key_at_any_door(app: Flask, place: answering.World) -> None:
    client = app.test_client()
    sitting = answering.open_player(client, place)
    codes = catalogue.instrument(session.get_one(Sitting, sitting.removeprefix("/t/")).instrument_id)
    places = len(codes.form("A").item_codes)
    session.rollback()
    asked = addresses(
        app, "answering.", {"sitting_id": sitting.removeprefix("/t/"), "place_id": place.seats[0]}
    )
    assert len(asked) > 5
    for address in (*asked, *(f"{sitting}/q/{number}" for number in range(1, places + 1))):
        answer = client.get(address)
        assert given_away(answer) == [], address
    saved = client.post(f"{sitting}/events", json={"events": [answering.event(1, "S1", "a")]})
    assert saved.status_code == HTTPStatus.OK
    assert given_away(saved) == []
    for number in range(1, places + 1):
        page = client.post(f"{sitting}/q/{number}", data={"go": "next"})
        assert given_away(page) == [], number


@pytest.mark.parametrize("role", [Role.TRAINER, Role.EXPERT, Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR])
def test_who_runs_a_diagnosis_reads_the_questions_without_their_keys(
    app: Flask, place: answering.World, version: str, role: Role
) -> None:
    client = client_of(app, role, session.get_one(OrgNode, place.region_id))
    statuses = []
    for address in addresses(app, "authoring.", {"version_id": version}):
        answer = client.get(address)
        statuses.append(answer.status_code)
        assert given_away(answer) == [], address
    assert HTTPStatus.OK in statuses
    assert set(statuses) <= {HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}


def test_a_draft_gone_through_as_a_respondent_shows_no_key_to_its_author_either(
    app: Flask, place: answering.World, version: str
) -> None:
    region = session.get_one(OrgNode, place.region_id)
    app.test_client_class = FlaskClient  # a table to fill in stands on the page, one of data without a file
    author = client_of(app, Role.METHODOLOGIST, region)
    person = make.staff(Role.METHODOLOGIST, region)
    draft = actions.create_from_version(version, node_id=region.id, actor_id=person.id)
    codes = [item["code"] for item in draft.body["instrument"]["items"]]
    session.commit()
    address = f"/instruments/drafts/{draft.id}/preview"
    for code in codes:
        for view in ("phone", "computer", "print"):
            page = author.get(f"{address}?view={view}&item={code}")
            assert page.status_code == HTTPStatus.OK
            assert given_away(page) == [], (code, view)
    page = author.get(address)
    for _ in codes:
        page = author.post(
            address, data={**posted(page.text).to_dict(flat=False), "go": "next", "shown": "1"}
        )
        if CANARY in page.text:
            break  # the end: points with their reasons, for the author
        assert given_away(page) == []
    assert "Всего: " in page.text
    assert CANARY in page.text
