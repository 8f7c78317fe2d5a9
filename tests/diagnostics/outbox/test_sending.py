"""Letters in a real conversation with a mail server: once each, whatever goes wrong, and told when not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.database import session
from diagnostics.jobs.models import Job, JobState
from diagnostics.outbox import actions
from diagnostics.outbox.models import Letter, LetterState
from diagnostics.upkeep import marks
from tests.support.jobs import run_due
from tests.support.smtp import MailServer, mail_server, self_signed


@pytest.fixture
def mail(in_app: Flask) -> Iterator[MailServer]:
    with mail_server() as server:
        config = in_app.extensions["orientir"]
        in_app.extensions["orientir"] = replace(config, mail_url=server.url)
        yield server
        in_app.extensions["orientir"] = config


def write(to: str = "anna@example.org") -> str:
    return actions.write(
        to_address=to,
        subject="Приглашение на диагностику",
        text="Здравствуйте, Анна Петровна.\n.\nНачать: https://o.example/i/8trdbfp52wts5nzn7m7zy4wwnqw\n",
        about="invitation",
        to_person_id=None,
        sender_id=None,
    ).id


def letter(letter_id: str) -> Letter:
    session.rollback()
    return session.get_one(Letter, letter_id, populate_existing=True)


def run_for(app: Flask, minutes: int) -> None:
    """The worker's tries within so many minutes."""
    start = clock.now()
    for minute in range(minutes + 1):
        with clock.frozen(start + timedelta(minutes=minute)):
            run_due(app)


def test_a_letter_arrives_whole_with_its_headers(in_app: Flask, mail: MailServer) -> None:
    letter_id = write()
    run_due(in_app)
    ((to, message),) = mail.letters
    assert to == "anna@example.org"
    assert message["Subject"] == "Приглашение на диагностику"
    assert message["From"] == "diagnostika@example.org"
    assert letter_id in message["Message-ID"]
    assert message.get_content().splitlines()[:2] == ["Здравствуйте, Анна Петровна.", "."]
    kept = letter(letter_id)
    assert (kept.state, kept.attempts) == (LetterState.SENT, 1)
    assert "8trdbfp52wts" not in kept.text
    assert mail.said == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]


def test_an_address_that_is_not_known_fails_at_once(in_app: Flask, mail: MailServer) -> None:
    mail.unknown.add("anna@example.org")
    wrong, right = write(), write("pyotr@example.org")
    run_for(in_app, 40)
    assert (letter(wrong).state, letter(wrong).error, letter(wrong).attempts) == (
        LetterState.FAILED,
        "mail_address",
        1,
    )
    assert letter(right).state is LetterState.SENT


@pytest.mark.parametrize("trouble", ["busy", "cut"])
def test_a_server_that_comes_back_gets_the_letter_once(in_app: Flask, mail: MailServer, trouble: str) -> None:
    mail.busy, mail.cut = trouble == "busy", "MAIL" if trouble == "cut" else ""
    letter_id = write()
    run_for(in_app, 3)
    assert letter(letter_id).state is LetterState.WAITING
    mail.busy, mail.cut = False, ""
    with clock.frozen(clock.now() + timedelta(minutes=30)):
        run_due(in_app)
        run_due(in_app)
    assert letter(letter_id).state is LetterState.SENT
    assert len(mail.letters) == 1


def test_a_server_that_stays_away_is_asked_five_times_with_growing_pauses(
    in_app: Flask, mail: MailServer
) -> None:
    mail.busy = True
    letter_id = write()
    run_for(in_app, 60)
    kept = letter(letter_id)
    assert (kept.state, kept.error, kept.attempts) == (LetterState.FAILED, "mail_away", 5)
    assert mail.said.count("MAIL") == 5
    assert session.scalars(sa.select(Job.state)).all() == [JobState.DONE]


def test_a_letter_whose_answer_never_came_is_not_sent_twice(in_app: Flask, mail: MailServer) -> None:
    mail.cut = "DATA"
    letter_id = write()
    run_for(in_app, 60)
    assert (letter(letter_id).state, letter(letter_id).error) == (LetterState.FAILED, "mail_unknown")
    assert len(mail.letters) == 1


def test_a_sender_that_was_stopped_in_the_middle_sends_nothing_again(in_app: Flask, mail: MailServer) -> None:
    letter_id = write()
    session.commit()
    assert actions.begin(letter_id)
    session.commit()
    run_for(in_app, 5)
    assert (letter(letter_id).state, letter(letter_id).error) == (LetterState.FAILED, "mail_unknown")
    assert mail.letters == []


def test_what_did_not_leave_goes_out_again_to_the_mended_address(in_app: Flask, mail: MailServer) -> None:
    mail.unknown.add("anna@example.org")
    letter_id = write()
    run_due(in_app)
    session.get_one(Letter, letter_id).to_person_id = "p" * 14
    assert actions.send_again([letter_id], {"p" * 14: "anna@school.example"}) == 1
    run_due(in_app)
    assert [to for to, _ in mail.letters] == ["anna@school.example"]
    assert actions.send_again([letter_id], {}) == 0


@pytest.mark.parametrize("is_vouched_for", [False, True])
def test_a_letter_goes_by_tls_only_to_a_server_that_proves_its_name(
    in_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_vouched_for: bool
) -> None:
    certificate = self_signed(tmp_path)
    if is_vouched_for:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(certificate=certificate) as server:
        config = in_app.extensions["orientir"]
        in_app.extensions["orientir"] = replace(config, mail_url=server.url)
        letter_id = write()
        run_for(in_app, 60)
        in_app.extensions["orientir"] = config
        kept = letter(letter_id)
    assert len(server.letters) == is_vouched_for
    assert (kept.state, kept.error) == (
        (LetterState.SENT, None) if is_vouched_for else (LetterState.FAILED, "mail_away")
    )


def test_letters_of_the_demo_stay_on_the_screen(in_app: Flask, mail: MailServer) -> None:
    marks.put("demo", "yes")
    letter_id = write()
    run_due(in_app)
    assert letter(letter_id).state is LetterState.SHOWN
    assert mail.said == []
