"""Differences of a draft and of versions as a methodologist reads them: words, classes, claims, people touched."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.models import Comparability, LifeState, VersionKind
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused
from diagnostics.people.models import OrgNode, Role
from diagnostics.web.authoring.life.compared import is_milder
from tests.support import make

pytestmark = [pytest.mark.parametrize("base", ["sqlite"], indirect=True), pytest.mark.usefixtures("base")]


@pytest.fixture
def author_id(region: OrgNode) -> str:
    return make.staff(Role.METHODOLOGIST, region).id


def draft_of(region: OrgNode, author_id: str, change: Callable[[Json], object]) -> str:
    """Draft of the next version of the shipped method test, changed."""
    version = catalogue.latest_published(VersionKind.INSTRUMENT, "test.method")
    assert version is not None
    draft = drafts.create_from_version(version.id, node_id=region.id, actor_id=author_id)
    body = deepcopy(draft.body)
    change(body)
    drafts.save(draft.id, base_revision=1, body=body, actor_id=author_id)
    session.commit()
    return draft.id


def other_words(body: Json) -> None:
    item = body["instrument"]["items"][0]
    item["text"]["ru"] = item["text"]["ru"].replace("учителю", "наставнику")


def other_key(body: Json) -> None:
    item = body["instrument"]["items"][0]
    entry = body["scoring"]["items"][item["code"]]
    entry["key"] = next(one["code"] for one in item["options"] if one["code"] != entry["key"])
    entry["mistakes"] = {}


def test_changed_words_are_marked_for_eyes_and_for_ears(
    region: OrgNode, author_id: str, methodologist: FlaskClient
) -> None:
    page = methodologist.get(f"/instruments/drafts/{draft_of(region, author_id, other_words)}/diff").text
    assert '<del><span class="visually-hidden">убрано: </span>учителю' in page
    assert '<ins><span class="visually-hidden">вставлено: </span>наставнику' in page
    assert "спрашивает ли оно о том же, решает человек" in page
    assert "Ни у кого балл не изменился бы" in page


def test_another_key_without_answers_touches_nobody(
    region: OrgNode, author_id: str, methodologist: FlaskClient
) -> None:
    page = methodologist.get(f"/instruments/drafts/{draft_of(region, author_id, other_key)}/diff").text
    assert "тот же ответ получит другой балл" in page
    assert "Сданных работ с этой версией нет" in page


def test_the_check_page_leads_to_the_differences(
    region: OrgNode, author_id: str, methodologist: FlaskClient
) -> None:
    draft_id = draft_of(region, author_id, other_words)
    page = methodologist.get(f"/instruments/drafts/{draft_id}/review").text
    assert f"/instruments/drafts/{draft_id}/diff" in page


def test_a_first_version_has_nothing_to_be_compared_with(
    region: OrgNode, author_id: str, methodologist: FlaskClient
) -> None:
    draft = drafts.create_from_ready("test", node_id=region.id, actor_id=author_id)
    session.commit()
    answer = methodologist.get(f"/instruments/drafts/{draft.id}/diff")
    assert answer.status_code == HTTPStatus.OK
    assert "Сравнивать не с чем" in answer.text


def test_a_draft_that_cannot_be_read_says_so(
    region: OrgNode, author_id: str, methodologist: FlaskClient
) -> None:
    draft_id = draft_of(region, author_id, lambda body: body["instrument"].update(minutes="много"))
    assert "Черновик пока не читается" in methodologist.get(f"/instruments/drafts/{draft_id}/diff").text


def submitted(draft_id: str, author_id: str, claim: Comparability, reason: str) -> None:
    drafts.submit(
        draft_id, revision=2, to=LifeState.PUBLISHED, claim=claim, reason=reason, actor_id=author_id
    )
    session.commit()


def test_a_milder_claim_needs_a_reason_and_the_page_shows_both(
    region: OrgNode, author_id: str, methodologist: FlaskClient
) -> None:
    draft_id = draft_of(region, author_id, other_words)
    with pytest.raises(FieldRefused, match="claim_reason_missing"):
        submitted(draft_id, author_id, Comparability.EQUIVALENT, " ")
    session.rollback()
    submitted(draft_id, author_id, Comparability.EQUIVALENT, "Слова те же по смыслу")
    page = methodologist.get(f"/instruments/drafts/{draft_id}/diff").text
    assert "мягче, чем нашла система" in page
    assert "Слова те же по смыслу" in page


@pytest.mark.parametrize(
    ("claim", "found", "milder"),
    [
        (Comparability.COSMETIC, Comparability.BREAKING, True),
        (Comparability.BREAKING, Comparability.BREAKING, False),
        (Comparability.BREAKING, Comparability.COSMETIC, False),
        (None, Comparability.BREAKING, False),
    ],
)
def test_only_less_than_what_was_found_is_milder(
    claim: Comparability | None, found: Comparability, milder: bool
) -> None:
    assert is_milder(claim, found) is milder
