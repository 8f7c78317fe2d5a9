"""Forms of the workshop that another site sends: refused at every door, nothing is changed (security.md 2.4, row 18)."""

from __future__ import annotations

from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from diagnostics.audit.models import AuditRow
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import Draft, DraftRevision
from diagnostics.catalogue.models import Version, VersionKind
from diagnostics.database import session
from diagnostics.files.models import StoredFile
from diagnostics.people.models import OrgNode, Role
from tests.support import make

pytestmark = pytest.mark.parametrize(
    "base", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

PLAIN = {"what": "resolve", "door": "table", "item_code": "Q01", "kept": "1"}
KEPT = (AuditRow, Draft, DraftRevision, Version, StoredFile)


def counts() -> list[int | None]:
    session.rollback()
    return [session.scalar(sa.select(sa.func.count()).select_from(one)) for one in KEPT]


def posts(app: Flask, values: dict[str, str]) -> list[str]:
    adapter = app.url_map.bind("localhost")
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("authoring.") and "POST" in (rule.methods or ())
    ]
    given = [
        {name: values.get(name) or PLAIN.get(name, "0" * 14) for name in rule.arguments} for rule in rules
    ]
    return [adapter.build(rule.endpoint, own, method="POST") for rule, own in zip(rules, given, strict=True)]


def test_no_door_of_the_workshop_takes_a_form_of_another_site(
    app: Flask, region: OrgNode, methodologist: FlaskClient
) -> None:
    author = make.staff(Role.METHODOLOGIST, region)
    draft = actions.create_from_ready("test", node_id=region.id, actor_id=author.id)
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = True
    with app.test_request_context():
        foreign = str(generate_csrf())
    before = counts()
    addresses = posts(app, {"draft_id": draft.id, "version_id": version.id})
    assert len(addresses) > 25
    for address in addresses:
        for token in ({}, {"csrf_token": foreign}, {"csrf_token": "а\x00"}):
            answer = methodologist.post(address, data={"do": "add", "type": "single", "way": "test"} | token)
            assert answer.status_code == HTTPStatus.FORBIDDEN, (address, answer.status_code)
            assert "обновите её" in answer.text.lower() or "устарела" in answer.text.lower(), address
        machine = methodologist.post(address, data="{}", content_type="text/plain")
        assert machine.status_code == HTTPStatus.FORBIDDEN, address
    assert counts() == before
