"""Hints stand under the mistakes of a draft, each with the way to its question, and stop nobody."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.database import Json, session
from diagnostics.people.models import OrgNode, Role
from instruments.document import Instrument
from instruments.versions import canonical_json
from tests.support import make
from tests.support.works import single, work

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def draft_id(region: OrgNode, methodologist: FlaskClient) -> str:
    del methodologist
    asked = work(single("С чего начать?", "Опрос", "Тест", "Все перечисленное", code="Q.1"))
    return drafted({"instrument": plain(asked), "scoring": {}}, region)


def plain(document: Instrument) -> Json:
    found: Json = json.loads(canonical_json(document))
    return found


def drafted(body: Json, at: OrgNode) -> str:
    author = make.staff(Role.METHODOLOGIST, at)
    draft, _cleaned = drafts.create(DraftKind.INSTRUMENT, body, node_id=at.id, actor_id=author.id)
    session.commit()
    return draft.id


def test_the_editor_lists_hints_with_a_link_to_their_question(
    draft_id: str, methodologist: FlaskClient
) -> None:
    page = methodologist.get(f"/instruments/drafts/{draft_id}/edit").text
    assert "Советы редактора" in page
    assert "Вариант «Все перечисленное» угадывают" in page
    assert f"/instruments/drafts/{draft_id}/edit?item=Q.1" in page


def test_the_check_page_lists_hints_with_a_link_to_their_question(
    draft_id: str, methodologist: FlaskClient
) -> None:
    page = methodologist.get(f"/instruments/drafts/{draft_id}/review").text
    assert '<a href="#item-Q.1">' in page
    assert 'id="item-Q.1"' in page
    assert "Вариант «Все перечисленное» угадывают" in page
