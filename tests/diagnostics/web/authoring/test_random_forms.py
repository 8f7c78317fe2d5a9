"""Forms of the editor filled at random: saved, or refused in Russian words at their fields; the pages stay readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.database import session, set_reading
from diagnostics.people.models import Role
from tests.diagnostics.web.authoring.conftest import client_of
from tests.support import answering, make
from tests.support.posting import posted

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

STRANGE = (
    "", " ", "0", "-1", "1e309", "NaN", "9" * 4000, "1,5", "١٢", "а\x00б", "\ud800", "\u202eбa", "{{7*7}}", "%s%n", "${7*7}",
    "<script>x</script>", "<img src=x onerror=y>", "../../etc", "a" * 70_000, "[" * 3000, "{}", "null", "on", "a.b", "Q01", "ru",
    "(a+)+$", "9**9**9", "не " * 500, "Q01 = ", "(" * 10_000, "Q01 = b и (Q01 = b", "1\n2\n3\n4", "А" * 65,
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(STRANGE), st.text(max_size=40), st.integers(-(10**20), 10**20).map(str))
RUSSIAN = re.compile("[А-Яа-яё]{3}")
FEW = settings(max_examples=12, suppress_health_check=list(HealthCheck), print_blob=True)


@dataclass
class Desk:
    client: FlaskClient
    draft_id: str
    codes: list[str]

    @property
    def address(self) -> str:
        return f"/instruments/drafts/{self.draft_id}"

    def page(self, end: str) -> str:
        answer = self.client.get(f"{self.address}/{end}")
        assert answer.status_code == HTTPStatus.OK, end
        return answer.text


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    app.test_client_class = FlaskClient  # a table to fill in stands on the pages, one of data without a file
    with app.app_context():
        set_reading(False)
        region = make.region()
        version, _scoring, _framework = answering.publish_every_type()
        author = make.staff(Role.METHODOLOGIST, region)
        draft = actions.create_from_version(version, node_id=region.id, actor_id=author.id)
        codes = [item["code"] for item in draft.body["instrument"]["items"]]
        session.commit()
        yield Desk(client_of(app, Role.METHODOLOGIST, region), draft.id, codes)
        session.rollback()


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    """(what to do, at which field, with which value), to be laid over a real form."""
    deeds = st.sampled_from(["set", "set", "set", "add", "drop", "invent", "base"])
    return draw(st.lists(st.tuples(deeds, st.integers(0, 400), VALUES), min_size=1, max_size=8))


def laid(form: MultiDict[str, str], made: list[tuple[str, int, str]]) -> MultiDict[str, str]:
    for deed, place, value in made:
        names = [one for one in form if one != "csrf_token"]
        name = names[place % len(names)] if names else "x"
        if deed == "set":
            form.setlist(name, [value])
        elif deed == "add":
            form.add(name, value)
        elif deed == "drop":
            form.poplist(name)
        elif deed == "base":
            form["base"] = value
        else:
            form[f"{name}.{value[:20]}"] = value
    return form


def encoded(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What a browser can send: a lone surrogate travels as a question mark."""
    clean = {name: [one.encode("utf-8", "replace").decode() for one in form.getlist(name)] for name in form}
    return {name.encode("utf-8", "replace").decode(): values for name, values in clean.items()}


def stays_readable(desk: Desk, *pages: str) -> None:
    for page in pages:
        desk.page(page)


@FEW
@given(number=st.integers(0, 100), made=changes(), machine=st.booleans())
def test_the_form_of_an_item_is_saved_or_told_what_is_wrong(
    desk: Desk, number: int, made: list[tuple[str, int, str]], machine: bool
) -> None:
    code = desk.codes[number % len(desk.codes)]
    form = laid(posted(desk.page(f"edit?item={code}"), "item"), made)
    headers = {"Accept": "application/json"} if machine else {}
    answer = desk.client.post(f"{desk.address}/items/{code}", data=encoded(form), headers=headers)
    set_reading(False)
    session.rollback()
    assert answer.status_code in {200, 303, 409, 413, 422}, answer.status_code
    if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
        body: dict[str, Any] = answer.get_json() if machine else {"title": answer.text}
        told = list(dict(body.get("wrong") or {"": body["title"]}).values())
        assert told
        assert all(RUSSIAN.search(one) for one in told)
    stays_readable(desk, f"edit?item={code}", "review", "state.json")


@FEW
@given(made=changes())
def test_the_settings_are_saved_or_told_what_is_wrong(desk: Desk, made: list[tuple[str, int, str]]) -> None:
    page = desk.page("settings")
    form = laid(posted(page[page.index('<form method="post" class="section editor-form"') :]), made)
    before = reading.draft(desk.draft_id).line.revision
    answer = desk.client.post(f"{desk.address}/settings", data=encoded(form))
    set_reading(False)
    session.rollback()
    assert answer.status_code in {303, 409, 413, 422}, answer.status_code
    if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
        # A character that no text holds is refused at the door.
        assert "Исправьте" in answer.text or "невидимые знаки" in answer.text
        assert reading.draft(desk.draft_id).line.revision == before
    stays_readable(desk, "settings", "edit", "review", "preview")


@FEW
@given(
    doings=st.lists(
        st.tuples(st.sampled_from(["add", "duplicate", "up", "down", "remove", "x"]), VALUES, VALUES, VALUES),
        max_size=4,
    ),
    number=st.integers(0, 50),
)
def test_arranging_at_random_keeps_a_draft_that_can_be_read(
    desk: Desk, doings: list[tuple[str, str, str, str]], number: int
) -> None:
    for do, item, form, kind in doings:
        code = desk.codes[number % len(desk.codes)] if number % 2 else item
        data = {
            "do": do,
            "item": code,
            "form": form if number % 3 else "A",
            "type": kind if number % 5 else "single",
        }
        answer = desk.client.post(f"{desk.address}/arrange", data=encoded(MultiDict(data)))
        set_reading(False)
        session.rollback()
        assert answer.status_code in {303, 404, 413, 422}, answer.status_code
    stays_readable(desk, "edit", "settings", "review")


@FEW
@given(
    words=st.dictionaries(
        st.sampled_from(
            [
                "revision",
                "to",
                "claim",
                "anchors",
                "reason",
                "checklist",
                "note",
                "body",
                "place",
                "answers",
                "next",
            ]
        ),
        VALUES,
    )
)
def test_the_forms_of_the_check_are_taken_or_told_what_is_wrong(desk: Desk, words: dict[str, str]) -> None:
    for act in ("submit", "approve", "return", "comments", "take-back"):
        answer = desk.client.post(f"{desk.address}/{act}", data=encoded(MultiDict(words)))
        set_reading(False)
        session.rollback()
        assert answer.status_code in {302, 404, 409, 413, 422}, (act, answer.status_code)
        if answer.status_code in {409, 422}:
            assert RUSSIAN.search(answer.text)
        if answer.status_code == HTTPStatus.FOUND:
            assert answer.location.startswith("/instruments/drafts/")
    stays_readable(desk, "review", "history")
