"""«Проверьте ответы перед показом»: the deputy reads first, the team reads the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.people.models import Role
from tests.diagnostics.web.improving.test_zones_pages import (
    document,
    inside,
    run_jobs,
    sign_in,
    staff,
    texts_of,
    zones,
)
from tests.support import assessment
from tests.support.assessment import PARENT, PUPIL, Scene, spread
from tests.support.kept import kept

TEXTS = ["больше экскурсий", "наш физрук кричит", "мама из 7А с двойней права"]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(assessment.TODAY):
        yield


@pytest.fixture
def autumn(app: Flask) -> Scene:
    """Closed and counted: twenty pupils, three of whom wrote; four parents who are hidden."""
    found = kept(app, "words", make_autumn)
    run_jobs(app)
    return found


def make_autumn() -> Scene:
    found = assessment.scene()
    assessment.answer(found, PUPIL, 20, spread(2.1), texts=TEXTS)
    assessment.answer(found, PARENT, 4, spread(2.1), texts=["родительское слово"])
    assessment.close(found)
    return found


def address(at: Scene) -> str:
    return f"/school/sa/{at.campaign_id}/words"


def form_of(page: str) -> dict[str, str]:
    """Text → its value in the form, and `mark`."""
    found = {
        text: value
        for value, text in re.findall(r'name="strike" value="([^"]+)"[^>]*><label[^>]*>([^<]+)<', page)
    }
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    return found | {"mark": mark[1] if mark else ""}


def test_the_deputy_strikes_and_the_team_sees_the_rest_in_page_and_file(
    app: Flask, client: FlaskClient, autumn: Scene
) -> None:
    member = app.test_client()
    sign_in(app, member, staff(app, Role.SCHOOL_TEAM, autumn.school))
    sign_in(app, client, autumn.lead.id)
    assert "Проверьте ответы перед показом" in client.get(zones(autumn)).text
    before = member.get(zones(autumn)).text
    assert "Проверяет директор или заместитель" in before
    assert not any(text in before for text in TEXTS)

    page = client.get(address(autumn)).text
    assert "родительское слово" not in page
    form = form_of(page)
    assert set(form) == {*TEXTS, "mark"}
    done = client.post(
        address(autumn), data={"mark": form["mark"], "strike": [form[TEXTS[1]], form[TEXTS[2]]]}
    )
    assert done.status_code == 302

    shown = member.get(zones(autumn)).text
    book = texts_of(document(app, member, autumn, "xlsx"), "xlsx")
    for place in (shown, book):
        assert TEXTS[0] in place
        assert TEXTS[1] not in place
        assert TEXTS[2] not in place
    again = client.get(address(autumn)).text
    assert set(form_of(again)) == {TEXTS[0], "mark"}
    assert re.search(r"Убран\w 2\sответ", again)


def test_a_list_that_changed_meanwhile_is_shown_again_with_the_ticks(
    app: Flask, client: FlaskClient, autumn: Scene
) -> None:
    sign_in(app, client, autumn.lead.id)
    form = form_of(client.get(address(autumn)).text)
    refused = client.post(address(autumn), data={"mark": "another list", "strike": form[TEXTS[1]]})
    assert refused.status_code == 409
    assert "Пока вы читали, ответы изменились" in refused.text
    assert re.search(rf'value="{form[TEXTS[1]]}" checked', refused.text)
    assert not any(text in client.get(zones(autumn)).text for text in TEXTS)


def test_an_unknown_answer_to_strike_is_refused(app: Flask, client: FlaskClient, autumn: Scene) -> None:
    sign_in(app, client, autumn.lead.id)
    form = form_of(client.get(address(autumn)).text)
    bad = client.post(address(autumn), data={"mark": form["mark"], "strike": "00000000000000"})
    assert bad.status_code == 404


@pytest.mark.parametrize("role", [Role.SCHOOL_TEAM, Role.MUNICIPAL_COORDINATOR])
def test_nobody_but_the_schools_lead_reads_them_first(
    app: Flask, client: FlaskClient, autumn: Scene, role: Role
) -> None:
    place = autumn.municipality if role is Role.MUNICIPAL_COORDINATOR else autumn.school
    sign_in(app, client, staff(app, role, place))
    assert client.get(address(autumn)).status_code == 404
    assert client.post(address(autumn), data={"mark": ""}).status_code == 404


def test_those_above_never_get_the_words(app: Flask, client: FlaskClient, autumn: Scene) -> None:
    sign_in(app, client, autumn.lead.id)
    client.post(address(autumn), data={"mark": form_of(client.get(address(autumn)).text)["mark"]})
    client.post(zones(autumn, "/open"))
    district = app.test_client()
    sign_in(app, district, staff(app, Role.MUNICIPAL_COORDINATOR, autumn.municipality))
    shown = (
        district.get(zones(autumn)).text,
        texts_of(document(app, district, autumn, "xlsx"), "xlsx"),
        texts_of(document(app, district, autumn, "docx"), "docx"),
    )
    assert not any(text in place for place in shown for text in TEXTS)


def test_before_the_end_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    with inside(app):
        found = assessment.scene()
        lead = found.lead.id
    sign_in(app, client, lead)
    refused = client.get(address(found))
    assert refused.status_code == 409
    assert "Сбор ответов ещё идёт" in refused.text
