from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.identifiers import new_secret
from diagnostics.outbox import actions as outbox
from diagnostics.outbox.models import LetterState
from diagnostics.people.models import Role
from tests.support import make
from tests.support.jobs import run_due
from tests.support.sign_in import sign_in


def someone(role: Role) -> str:
    person = make.staff(role, make.region())
    session.commit()
    return person.id


@pytest.mark.parametrize("address", ["/admin/health", "/admin/audit", "/outbox"])
def test_an_administrator_opens_every_upkeep_page(in_app: Flask, client: FlaskClient, address: str) -> None:
    sign_in(client, someone(Role.ADMINISTRATOR))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/admin/health", "/admin/audit", "/outbox"])
def test_a_teacher_is_told_that_the_page_is_for_others(
    in_app: Flask, client: FlaskClient, address: str
) -> None:
    sign_in(client, someone(Role.TEACHER))
    assert client.get(address).status_code == 403


def test_the_journal_is_filtered_by_the_id_of_an_object(in_app: Flask, client: FlaskClient) -> None:
    administrator = someone(Role.ADMINISTRATOR)
    audit.record("test.first", actor_id=None, kind="thing", object_id="one")
    audit.record("test.second", actor_id=None, kind="thing", object_id="two")
    session.commit()
    sign_in(client, administrator)
    page = client.get("/admin/audit?id=two").text
    assert "test.second" in page
    assert "test.first" not in page


def test_a_search_of_ten_thousand_letters_is_refused(in_app: Flask, client: FlaskClient) -> None:
    sign_in(client, someone(Role.ADMINISTRATOR))
    assert client.get("/admin/audit?id=" + "a" * 10_000).status_code == 422


def test_a_trainer_reads_only_own_letters(in_app: Flask, client: FlaskClient) -> None:
    trainer, other = someone(Role.TRAINER), someone(Role.TRAINER)
    for sender, subject in ((trainer, "Моё письмо"), (other, "Чужое письмо")):
        outbox.write(
            to_address="a@example.org",
            subject=subject,
            text="т",
            about="x",
            to_person_id=None,
            sender_id=sender,
        )
    session.commit()
    run_due(in_app)
    sign_in(client, trainer)
    page = client.get("/outbox").text
    assert "Моё письмо" in page
    assert "Чужое письмо" not in page


def test_a_template_in_a_letter_is_shown_as_typed(in_app: Flask, client: FlaskClient) -> None:
    administrator = someone(Role.ADMINISTRATOR)
    outbox.write(
        to_address="a@example.org",
        subject="${7*7} %s <b>x</b>",
        text="<script>alert(1)</script>",
        about="x",
        to_person_id=None,
        sender_id=None,
    )
    session.commit()
    sign_in(client, administrator)
    page = client.get("/outbox").text
    assert "${7*7} %s &lt;b&gt;x&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_the_journal_speaks_in_words_and_keeps_acts_that_have_none(
    in_app: Flask, client: FlaskClient
) -> None:
    administrator = someone(Role.ADMINISTRATOR)
    audit.record("person.erase", actor_id=None, kind="person", object_id="one", note="note")
    audit.record("brand.new", actor_id=None, kind="novelty", object_id="two")
    session.commit()
    sign_in(client, administrator)
    page = client.get("/admin/audit").text
    assert "данные человека удалены" in page
    assert "person.erase" not in page
    assert "brand.new" in page
    assert client.get("/admin/audit.xlsx?id=one").data.startswith(b"PK")


def test_a_letter_on_the_screen_shows_its_link_only_while_it_opens_something(
    in_app: Flask, client: FlaskClient
) -> None:
    administrator = someone(Role.ADMINISTRATOR)
    link = f"https://o.example/reset/{new_secret()}"
    letter = outbox.write(
        to_address="a@example.org",
        subject="Новый пароль",
        text=link,
        about="reset",
        to_person_id=None,
        sender_id=None,
        readable_until=clock.now() + timedelta(minutes=60),
    )
    outbox.mark(letter.id, LetterState.SHOWN)
    session.commit()
    sign_in(client, administrator)
    assert link in client.get("/outbox").text
    with clock.shifted(timedelta(minutes=61)):
        outbox.blot_out()
    session.commit()
    assert "https://o.example/reset/●●●" in client.get("/outbox").text
