"""Invitations through a real mail server: who did not get one, and who cannot take part, is told to the organiser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.people.models import PersonalData
from tests.support import make
from tests.support.diagnosis import Scene
from tests.support.jobs import run_due
from tests.support.smtp import MailServer, mail_server

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def mail(app: Flask) -> Iterator[MailServer]:
    with mail_server() as server:
        app.extensions["orientir"] = replace(app.extensions["orientir"], mail_url=server.url)
        yield server


@pytest.fixture
def people(scene: Scene) -> list[str]:
    made = [
        make.person("Соколова Анна Петровна", at=scene.school, email="anna@example.org").id,
        make.person("Ёлкин Пётр", at=scene.school, email="pyotr@example.org").id,
    ]
    actions.seat_people(scene.entry, made, None)
    actions.open_wave(scene.entry, None)
    session.commit()
    return made


def test_invited_reminded_twice_and_never_more(
    app: Flask, trainer: FlaskClient, scene: Scene, people: list[str], mail: MailServer
) -> None:
    address = f"/waves/{scene.entry}"
    for _ in range(2):
        trainer.post(f"{address}/invite")
    for turn in (1, 1, 2, 2, 3):
        trainer.post(f"{address}/remind", data={"turn": turn})
    run_due(app)
    assert sorted(to for to, _ in mail.letters) == ["anna@example.org"] * 3 + ["pyotr@example.org"] * 3
    last = [message for to, message in mail.letters if to == "anna@example.org"][-1].get_content()
    assert "/decline" in last
    assert "Это последнее напоминание." in last


def test_the_link_of_the_last_letter_declines_by_post_with_a_reason(
    app: Flask, trainer: FlaskClient, scene: Scene, people: list[str], mail: MailServer
) -> None:
    trainer.post(f"/waves/{scene.entry}/invite")
    for turn in (1, 2):
        trainer.post(f"/waves/{scene.entry}/remind", data={"turn": turn})
    run_due(app)
    content = [message for to, message in mail.letters if to == "anna@example.org"][-1].get_content()
    found = re.search(r"(/i/\w+/decline)", content)
    assert found
    guest = app.test_client()
    assert "необязательно" in guest.get(found[1]).text
    session.rollback()
    assert session.query(Seat).filter(Seat.declined_at.is_not(None)).count() == 0
    guest.post(found[1], data={"reason": "no_time"})
    assert "не успеваю в эти сроки" in trainer.get(f"/waves/{scene.entry}/letters").text


def test_who_got_no_letter_is_listed_and_gets_it_at_the_mended_address(
    app: Flask, trainer: FlaskClient, scene: Scene, people: list[str], mail: MailServer
) -> None:
    mail.unknown.add("anna@example.org")
    trainer.post(f"/waves/{scene.entry}/invite")
    run_due(app)
    page = trainer.get(f"/waves/{scene.entry}/letters").text
    assert "почтовый сервер не знает такого адреса" in page
    assert "Соколова Анна Петровна" in page
    session.rollback()
    session.get_one(PersonalData, people[0]).email = "anna@school.example"
    session.commit()
    trainer.post(f"/waves/{scene.entry}/letters/again")
    run_due(app)
    assert [to for to, _ in mail.letters] == ["pyotr@example.org", "anna@school.example"]
    assert "почтовый сервер не знает" not in trainer.get(f"/waves/{scene.entry}/letters").text
