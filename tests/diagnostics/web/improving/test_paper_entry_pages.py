"""Nameless sheets typed from paper: one sheet, one code; who typed it is not kept beside the answers."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics.campaigns.circle_models import CodeState, OneTimeCode
from diagnostics.campaigns.queries.circles import CircleView, door_of_circle
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.sittings.entry_models import PaperEntry
from diagnostics.sittings.models import AnswerEvent, Sitting, SittingKey, SittingState
from diagnostics.sittings.typed import enterable, tokens
from tests.support.school import School, begin

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def fields(circle: CircleView, **more: str) -> dict[str, str]:
    """Every question that has rows answered by its first."""
    door = door_of_circle(circle.id)
    items = enterable(catalogue.instrument(door.instrument_id), door.form)
    session.rollback()
    return {f"a.{item.code}": tokens(item)[0].typed for item in items if tokens(item)} | more


def address(campaign: str, circle: CircleView) -> str:
    return f"/school/sa/{campaign}/circles/{circle.id}/paper"


def count(table: type[Any]) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def pupils(place: School, campaign: str) -> CircleView:
    found = next(one for one in place.one(campaign).circles if one.respondent_group == "pupil")
    session.rollback()
    return found


def test_a_sheet_is_typed_compared_and_forgotten_by_its_code(
    client: FlaskClient, place: School, campaign: str
) -> None:
    circle = pupils(place, campaign)
    assert address(campaign, circle) in client.get(f"/school/sa/{campaign}/collect").text
    code = place.code_of(circle, 1)
    check = client.post(address(campaign, circle), data=fields(circle, code=code))
    assert check.status_code == 302
    assert count(Sitting) == 0
    done = client.post(f"{check.location}/confirm", data={"compared": "yes"})
    assert done.location == address(campaign, circle)
    session.rollback()
    sent = session.scalars(sa.select(Sitting)).one()
    assert sent.state is SittingState.SUBMITTED
    assert count(AnswerEvent) > 0
    assert count(PaperEntry) == 0
    session.rollback()
    assert session.scalars(sa.select(SittingKey.person_id)).one() is None
    states = set(session.scalars(sa.select(OneTimeCode.state).where(OneTimeCode.circle_id == circle.id)))
    assert CodeState.SPENT in states
    again = client.post(address(campaign, circle), data=fields(circle, code=code))
    assert (again.status_code, "Этим кодом уже ответили" in again.text) == (422, True)


@pytest.mark.parametrize("code", ["", "ZZZZ999", "К2"])
def test_a_code_of_no_sheet_of_this_class_is_refused(
    client: FlaskClient, place: School, campaign: str, code: str
) -> None:
    circle = pupils(place, campaign)
    page = client.post(address(campaign, circle), data=fields(circle, code=code))
    assert (page.status_code, "Такого кода среди листов" in page.text) == (422, True)
    assert count(PaperEntry) == 0


def test_a_code_somebody_answers_with_is_left_to_them(
    client: FlaskClient, place: School, campaign: str
) -> None:
    circle = pupils(place, campaign)
    begin(client, place.slip(circle, 2))
    page = client.post(address(campaign, circle), data=fields(circle, code=place.code_of(circle, 2)))
    assert (page.status_code, "отвечает сам" in page.text) == (422, True)


def test_an_entry_is_mended_and_dropped_without_a_trace(
    client: FlaskClient, place: School, campaign: str
) -> None:
    circle = pupils(place, campaign)
    check = client.post(address(campaign, circle), data=fields(circle, code=place.code_of(circle, 3)))
    entry_id = check.location.rsplit("/", 1)[1]
    assert check.location in client.get(address(campaign, circle)).text
    form = client.get(f"{address(campaign, circle)}?entry={entry_id}").text
    assert 'name="entry"' in form
    assert 'name="code"' not in form
    mended = client.post(address(campaign, circle), data=fields(circle, entry=entry_id))
    assert mended.location == check.location
    client.post(f"{check.location}/drop")
    assert (count(PaperEntry), count(Sitting)) == (0, 0)


def test_another_schools_entry_is_not_there(client: FlaskClient, place: School, campaign: str) -> None:
    assert client.get(f"/school/sa/{campaign}/paper/00000000000000").status_code == 404
