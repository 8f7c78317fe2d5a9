"""After an anonymous sending no table holds a person, an address, a device or a minute: every table is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock, tables
from diagnostics.campaigns.circle_models import OneTimeCode
from diagnostics.database import session, set_reading
from diagnostics.sittings.models import AnswerEvent, FreeText, SittingKey
from tests.support import jobs
from tests.support import school as support
from tests.support.school import NOW, School, begin, launched
from tests.support.sign_in import sign_in

ADDRESS, BROWSER = "203.0.113.77", "Looked-At-Browser/9.9"
WORDS = "Хочу больше опытов на физике"
#: The sign-in's own journal tells when somebody was here, not what was done; it names no seat.
OWN_JOURNAL = {"sign_in"}

Row = tuple[str, ...]


@pytest.fixture
def place(app: Flask) -> Iterator[School]:
    with clock.frozen(NOW):
        made = support.kept_school(app)
        with app.app_context():
            set_reading(False)
            yield made
            session.remove()


def everything() -> dict[str, set[Row]]:
    """Table → its rows, each cell as text, the moments to the microsecond."""
    session.rollback()
    return {
        table.name: {tuple(map(str, row)) for row in session.execute(sa.select(table))}
        for table in tables.metadata.sorted_tables
    }


def answered(client: FlaskClient, place: School, door: str) -> dict[str, set[Row]]:
    """Answer a questionnaire with free words and send it; the rows that are new or changed, after the scoring."""
    before = everything()
    client.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER}
    sitting = begin(client, door)
    client.post(f"{sitting}/q/1", data={"answer": "3", "go": "next"})
    events = {
        "seq": 1,
        "base": 1,
        "kind": "answer",
        "item": "OPEN",
        "value": WORDS,
        "client_at": NOW.isoformat(),
    }
    kept = client.post(f"{sitting}/events", json={"events": [events]})
    assert kept.status_code == 200, kept.get_data(as_text=True)
    assert client.post(f"{sitting}/submit", data={"without": "yes"}).status_code == 303
    jobs.run_due(place.app)
    after = everything()
    return {name: rows - before[name] for name, rows in after.items()}


def holding(found: dict[str, set[Row]], *secrets: str) -> list[str]:
    """«table: cell» of every cell that contains one of the texts."""
    return [
        f"{name}: {cell}"
        for name, rows in found.items()
        if name not in OWN_JOURNAL
        for row in rows
        for cell in row
        for secret in secrets
        if secret in cell
    ]


MINUTE = (NOW.strftime("%H:%M"), NOW.strftime(":%M:%S"), str(NOW.microsecond))


@pytest.mark.parametrize("group", ["pupil", "parent", "teacher"])
def test_no_table_holds_an_address_a_device_or_a_minute(
    client: FlaskClient, place: School, group: str
) -> None:
    campaign = launched(place.app.test_client(), place)
    circle = place.circle(campaign, group, "7А" if group == "pupil" else "")
    door = place.slip(circle) if group == "pupil" else place.link(circle)
    found = answered(client, place, door)
    assert found["sitting"]
    assert found["finding"]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (ADDRESS, BROWSER)]
    assert holding(found, ADDRESS, BROWSER, *digests, *MINUTE) == []


def test_no_table_holds_the_person_who_was_signed_in(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place)
    sign_in(client, place.member_id)
    found = answered(client, place, place.link(place.circle(campaign, "teacher")))
    assert holding(found, place.member_id, *MINUTE) == []


def test_a_code_and_its_answers_have_no_way_to_each_other(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place)
    found = answered(client, place, place.slip(place.circle(campaign, "pupil", "7А")))
    (spent,) = found["one_time_code"]
    seats = {row[0] for row in found["seat"]}
    assert seats
    assert not any(seat in spent for seat in seats)
    code_id = spent[0]
    assert holding({name: rows for name, rows in found.items() if name != "one_time_code"}, code_id) == []
    assert session.scalars(sa.select(SittingKey.token_id)).all() == [None]
    assert session.scalar(sa.select(sa.func.count()).where(OneTimeCode.seat_id.is_not(None))) == 0


def test_free_words_stand_apart_from_the_other_answers(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place)
    circle = place.circle(campaign, "pupil", "7А")
    found = answered(client, place, place.slip(circle))
    assert [cell.split(":")[0] for cell in holding(found, WORDS)] == ["free_text"]
    (text,) = session.scalars(sa.select(FreeText)).all()
    assert (text.circle_id, text.item, text.text) == (circle.id, "OPEN", WORDS)
    assert "OPEN" not in session.scalars(sa.select(AnswerEvent.item)).all()
    sitting_id = next(iter(found["sitting"]))[0]
    assert sitting_id not in " ".join(next(iter(found["free_text"])))


def test_free_words_that_come_late_are_let_go(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place)
    sitting = begin(client, place.slip(place.circle(campaign, "pupil", "7А")))
    assert client.post(f"{sitting}/submit", data={"without": "yes"}).status_code == 303
    event = {"seq": 1, "base": 0, "kind": "answer", "item": "OPEN", "value": WORDS}
    late = client.post(f"{sitting}/events", json={"events": [event]})
    assert (late.status_code, late.json["kept"]) == (409, False)
    assert holding(everything(), WORDS) == []


def test_the_audit_names_the_circle_and_the_hour(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place)
    circle = place.circle(campaign, "pupil", "7А")
    found = answered(client, place, place.slip(circle))
    rows = [row for row in found["audit_row"] if circle.id in row]
    assert {row[3] for row in rows} == {"circle.start", "circle.submit"}
    assert all("09:00:00" in row[1] for row in rows)
    assert holding({"audit_row": found["audit_row"]}, next(iter(found["sitting"]))[0]) == []


def test_no_job_about_the_answers_is_left(client: FlaskClient, place: School) -> None:
    campaign = launched(place.app.test_client(), place)
    found = answered(client, place, place.slip(place.circle(campaign, "pupil", "7А")))
    assert found["job"] == set()
