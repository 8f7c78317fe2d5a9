"""Hostile forms at the doors of the workshop: refused in words, nothing stored that cannot be read again."""

from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import drafts
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Role
from tests.support import make

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

DEEP = "[" * 100_000


@pytest.fixture
def work(region: OrgNode, methodologist: FlaskClient) -> str:
    author = make.staff(Role.METHODOLOGIST, region)
    made = actions.create_from_ready("test", node_id=region.id, actor_id=author.id).id
    session.commit()
    return made


def made_from(region: OrgNode, kind: DraftKind) -> str:
    author = make.staff(Role.METHODOLOGIST, region)
    if kind is DraftKind.FRAMEWORK:
        made = actions.create_empty(title="Модель", node_id=region.id, actor_id=author.id, kind=kind)
    else:
        version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
        assert version is not None
        made = actions.create_from_version(version.id, node_id=region.id, actor_id=author.id, kind=kind)
    session.commit()
    return made.id


def body(draft_id: str) -> dict[str, object]:
    session.expire_all()
    return drafts.draft(draft_id).body


@pytest.mark.parametrize("code", ["9" * 5000, "<b>1", "{{7*7}}", "a" * 70_000, "gone"])
def test_a_question_is_added_at_the_end_where_its_neighbour_is_none(
    methodologist: FlaskClient, work: str, code: str
) -> None:
    data = {"do": "add", "type": "single", "item": code}
    answer = methodologist.post(f"/instruments/drafts/{work}/arrange", data=data)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    items = body(work)["instrument"]["items"]  # type: ignore[index]
    assert items[-1]["code"].startswith("Q")
    assert len(items[-1]["code"]) < 5


@pytest.mark.parametrize(
    "answers",
    [
        DEEP,
        '{"Q01": NaN}',
        '{"Q01": 1e999}',
        '{"Q01": %s}' % ("9" * 5000),
        "[]",
        '{"Q01": {"a": [[[]]]}}',
    ],
)
def test_answers_of_a_trial_that_no_page_sent_are_nothing(
    methodologist: FlaskClient, work: str, answers: str
) -> None:
    data = {"answers": answers, "form": "A", "place": "2", "go": "back", "shown": "1"}
    page = methodologist.post(f"/instruments/drafts/{work}/preview", data=data)
    assert page.status_code == HTTPStatus.OK


def test_a_fix_of_no_cell_is_no_fix(methodologist: FlaskClient) -> None:
    address = methodologist.post("/instruments/new/text", data={"text": "1. Что?\nА) Да\nБ) Нет"}).location
    for place in (DEEP, '["", 1, 99999999999]', '["", -1, 0]', "[1e999, 1, 1]", '["Вопросы", 1, true]'):
        answer = methodologist.post(f"{address}/read", data={f"fix:{place}": "x", "do": "again"})
        assert answer.status_code == HTTPStatus.OK


@pytest.mark.parametrize("value", ["1e309", "inf", "nan", "-inf", "NaN"])
def test_a_key_is_mended_into_a_number_only(methodologist: FlaskClient, region: OrgNode, value: str) -> None:
    mending = made_from(region, DraftKind.SCORING)
    before = body(mending)
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    numbers = [one.code for one in catalogue.instrument(version.id).items if one.type == "number"]
    assert numbers
    for data in ({"key": value, "tolerance": "0"}, {"key": "1", "tolerance": value}):
        answer = methodologist.post(
            f"/instruments/drafts/{mending}/mending", data={"item": numbers[0], "base": "1", **data}
        )
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert body(mending) == before


@pytest.mark.parametrize(
    "document",
    [
        "",
        "a: 1",
        "title: 5",
        "nodes: abc",
        "nodes: [1, {code: 1}]",
        'x: "\\ud800"',
        'x: "a\\0b"',
        '"a\\0b": 1',
        "scales: {a: 5}",
    ],
)
def test_a_model_that_is_none_stays_readable_everywhere(
    methodologist: FlaskClient, region: OrgNode, document: str
) -> None:
    model = made_from(region, DraftKind.FRAMEWORK)
    data = {"base": "1", "document": document}
    assert methodologist.post(f"/frameworks/drafts/{model}", data=data).status_code < 500
    for page in (
        f"/frameworks/drafts/{model}",
        *(f"/instruments/drafts/{model}/{one}" for one in ("review", "history")),
    ):
        assert methodologist.get(page).status_code == HTTPStatus.OK
    assert "\\u0000" not in json.dumps(body(model))
