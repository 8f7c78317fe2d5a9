"""Doors of drafts and a methodologist of another region: nothing is there, whatever is sent and whatever id is tried."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diagnostics.audit.models import AuditRow
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import Draft, DraftKind
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.files.models import StoredFile
from diagnostics.people.models import OrgNode, Role
from tests.diagnostics.web.authoring.conftest import client_of
from tests.support import make

CANARY = "КАНАРЕЙКАЗАРЕЧЬЯ"
NOBODYS = "0" * 14
#: Parameters whose value is no id.
PLAIN = {"what": "resolve", "door": "table", "export": "yaml", "item_code": "Q01", "kept": "1"}
#: What a form of each door could carry, in one heap: a door reads its own.
HEAP = {
    "do": "add", "type": "single", "item": "Q01", "base": "1", "revision": "1", "to": "pilot", "body": "Слова", "note": "Слова",
    "checklist": ["content", "fairness", "language", "access"], "document": "code: x", "key": "a", "text": "1. Что?",
}  # fmt: skip


@pytest.fixture
def stranger(region: OrgNode, app: Flask) -> FlaskClient:
    other = make.region("Соседняя область")
    return client_of(app, Role.METHODOLOGIST, other)


@pytest.fixture
def drafts(region: OrgNode) -> dict[DraftKind, str]:
    """One of each kind, of the first region, each telling the canary wherever it has words."""
    author = make.staff(Role.METHODOLOGIST, region)
    owner = {"node_id": region.id, "actor_id": author.id}
    work = actions.create_from_ready("test", title=CANARY, **owner)
    model = actions.create_empty(title=CANARY, kind=DraftKind.FRAMEWORK, **owner)
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    key = actions.create_from_version(version.id, kind=DraftKind.SCORING, **owner)
    for one in (work, model, key):
        actions.comment(one.id, place="", body=CANARY, actor_id=author.id)
    session.commit()
    return {DraftKind.INSTRUMENT: work.id, DraftKind.FRAMEWORK: model.id, DraftKind.SCORING: key.id}


def doors(app: Flask, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(method, address) of every door of the workshop that names a draft."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("authoring.") or "draft_id" not in rule.arguments:
            continue
        given = {name: values.get(name) or PLAIN.get(name) or NOBODYS for name in rule.arguments}
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, adapter.build(rule.endpoint, given)


def knocked(client: FlaskClient, method: str, address: str) -> TestResponse:
    return client.get(address) if method == "GET" else client.post(address, data=HEAP)


def told(response: TestResponse, *own: str) -> str:
    """The page without the number of the request and the ids that were asked for."""
    text = response.text
    for one in own:
        text = text.replace(one, NOBODYS)
    return re.sub(r'nonce="[^"]*"|value="[^"]*"|<code>[^<]*</code>|"request":"[^"]*"', "", text)


@pytest.mark.parametrize("kind", list(DraftKind))
@pytest.mark.parametrize(
    "base", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_every_door_of_a_draft_is_no_door_for_another_region(
    app: Flask, stranger: FlaskClient, drafts: dict[DraftKind, str], kind: DraftKind
) -> None:
    draft_id = drafts[kind]
    session.rollback()
    before = {one: session.get_one(Draft, one).updated_at for one in drafts.values()}
    audited = session.query(AuditRow).count()
    session.rollback()
    asked = 0
    for method, address in doors(app, {"draft_id": draft_id}):
        answer = knocked(stranger, method, address)
        assert answer.status_code == HTTPStatus.NOT_FOUND, (method, address, answer.status_code)
        assert CANARY not in answer.text
        missing = knocked(stranger, method, address.replace(draft_id, NOBODYS))
        assert told(answer, draft_id) == told(missing), address
        asked += 1
    assert asked > 25
    session.rollback()
    assert before == {one: session.get_one(Draft, one).updated_at for one in drafts.values()}
    assert session.query(AuditRow).count() == audited


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_no_list_of_the_workshop_tells_of_a_draft_of_another_region(
    app: Flask, stranger: FlaskClient, drafts: dict[DraftKind, str]
) -> None:
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    model = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
    assert version is not None
    assert model is not None
    session.rollback()
    pages = (
        "/", "/instruments", "/frameworks", "/instruments/new", "/instruments/publish", "/jobs", "/outbox",
        *(f"/instruments/{version.id}{end}" for end in ("", "/versions", "/keys", "/pilot", "/calibrations")),
        f"/frameworks/{model.id}",
    )  # fmt: skip
    for page in pages:
        answer = stranger.get(page)
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND), page
        assert CANARY not in answer.text, page
        assert not [one for one in drafts.values() if one in answer.text], page


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_a_comment_and_a_kept_save_belong_to_their_own_draft(
    region: OrgNode, methodologist: FlaskClient, drafts: dict[DraftKind, str]
) -> None:
    author = make.staff(Role.METHODOLOGIST, region)
    other = actions.create_from_ready("survey", node_id=region.id, actor_id=author.id).id
    said = actions.comment(drafts[DraftKind.INSTRUMENT], place="", body="Слова", actor_id=author.id).id
    session.commit()
    for what in ("resolve", "reopen"):
        address = f"/instruments/drafts/{other}/comments/{said}/{what}"
        assert methodologist.post(address).status_code == HTTPStatus.NOT_FOUND
    answer = methodologist.post(
        f"/instruments/drafts/{other}/comments", data={"body": "Ответ", "answers": said}
    )
    assert answer.status_code == HTTPStatus.NOT_FOUND
    for kept in (0, 1, 10**15, 10**30):  # the first step of a draft is no refused save either
        address = f"/instruments/drafts/{other}/clash/{kept}"
        for answer in (methodologist.get(address), methodologist.post(address, data={"side.items": "mine"})):
            assert answer.location == f"/instruments/drafts/{other}/edit"


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_a_file_is_read_by_who_brought_it_and_only_as_what_it_was_brought_for(
    app: Flask, region: OrgNode, methodologist: FlaskClient, drafts: dict[DraftKind, str]
) -> None:
    colleague = client_of(app, Role.METHODOLOGIST, region)
    draft_id = drafts[DraftKind.INSTRUMENT]
    sent = {"file": (io.BytesIO("1. Что?\nА) Да\nБ) Нет".encode()), "work.txt")}
    address = methodologist.post("/instruments/new/text", data=sent).location
    file_id = address.rsplit("/", 1)[1]
    for client, given in ((colleague, file_id), (methodologist, NOBODYS), (methodologist, draft_id)):
        for page in (f"/instruments/new/{given}", f"/instruments/drafts/{draft_id}/import/{given}"):
            assert client.get(page).status_code == HTTPStatus.NOT_FOUND
            for do in ("again", "marked", "create", "take"):
                assert client.post(f"{page}/read", data={"do": do}).status_code == HTTPStatus.NOT_FOUND
    assert methodologist.get(address).status_code == HTTPStatus.OK
    session.rollback()
    session.get_one(StoredFile, file_id).purpose = "answer"  # a picture of a teacher's answer is no workbook
    session.commit()
    for page in (address, f"/instruments/drafts/{draft_id}/import/{file_id}"):
        assert methodologist.get(page).status_code == HTTPStatus.NOT_FOUND
