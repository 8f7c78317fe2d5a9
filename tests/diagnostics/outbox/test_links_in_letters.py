from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.database import session
from diagnostics.identifiers import new_id, new_secret
from diagnostics.outbox import actions, secrets
from diagnostics.outbox.models import Letter, LetterState

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "8trdbfp52wts5nzn7m7zy4wwnqw"  # fixed: workers must collect the same tests
LINK = f"https://o.example/invite/{SECRET}"


def _write(readable_until: datetime | None = None) -> str:
    return actions.write(
        to_address="anna@example.org",
        subject="Приглашение",
        text=f"Здравствуйте!\n{LINK}\nДо встречи",
        about="invitation",
        to_person_id=None,
        sender_id=None,
        readable_until=readable_until,
    ).id


def _letter(letter_id: str) -> Letter:
    session.flush()
    session.expire_all()
    return session.get_one(Letter, letter_id)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{LINK}.", "https://o.example/invite/●●●."),
        (f"<{LINK}>", "<https://o.example/invite/●●●>"),
        (f"{LINK}?lang=en", "https://o.example/invite/●●●?lang=en"),
        (f"a/{SECRET} b/{SECRET}", "a/●●● b/●●●"),
        (f"https://o.example/people/{'a' * 14}", f"https://o.example/people/{'a' * 14}"),
        ("Слово и/или слово", "Слово и/или слово"),
    ],
)
def test_only_the_secret_of_a_link_is_hidden(text: str, kept: str) -> None:
    assert secrets.hidden(text) == kept


def test_every_secret_that_is_made_would_be_hidden() -> None:
    assert {secrets.hidden(f"/{new_secret()}") for _ in range(200)} == {"/●●●"}
    assert secrets.hidden(f"/{new_id()}") != "/●●●"


def test_a_sent_letter_keeps_its_words_without_the_link(in_app: Flask) -> None:
    letter_id = _write()
    actions.mark(letter_id, LetterState.SENT)
    letter = _letter(letter_id)
    assert letter.text == "Здравствуйте!\nhttps://o.example/invite/●●●\nДо встречи"
    assert (letter.state, letter.attempts) == (LetterState.SENT, 1)


def test_a_letter_on_the_screen_can_be_read_until_its_link_is_over(in_app: Flask) -> None:
    with clock.frozen(NOW):
        letter_id = _write(NOW + timedelta(minutes=60))
        actions.mark(letter_id, LetterState.SHOWN)
    with clock.frozen(NOW + timedelta(minutes=59)):
        assert actions.blot_out() == 0
        assert SECRET in _letter(letter_id).text
    with clock.frozen(NOW + timedelta(minutes=60)):
        assert actions.blot_out() == 1
        assert actions.blot_out() == 0
    assert SECRET not in _letter(letter_id).text
    assert _letter(letter_id).state is LetterState.SHOWN


def test_what_still_waits_when_its_link_is_dead_is_not_sent(in_app: Flask) -> None:
    with clock.frozen(NOW):
        letter_id = _write()
    with clock.frozen(NOW + actions.READABLE):
        actions.blot_out()
    assert (_letter(letter_id).state, _letter(letter_id).error) == (LetterState.FAILED, "too_late")


def test_letters_from_before_the_rule_lose_their_links_too(in_app: Flask) -> None:
    with clock.frozen(NOW):
        sent, shown = _write(), _write()
        session.execute(sa.update(Letter).values(readable_until=None))
        session.execute(sa.update(Letter).where(Letter.id == sent).values(state=LetterState.SENT))
        session.execute(sa.update(Letter).where(Letter.id == shown).values(state=LetterState.SHOWN))
        assert actions.blot_out() == 1
    with clock.frozen(NOW + actions.READABLE):
        assert actions.blot_out() == 1
    assert session.scalars(sa.select(Letter).where(Letter.text.contains(SECRET))).all() == []


def test_a_letter_is_ended_once(in_app: Flask) -> None:
    letter_id = _write()
    actions.mark(letter_id, LetterState.SENT)
    actions.mark(letter_id, LetterState.FAILED, error="late")
    assert _letter(letter_id).state is LetterState.SENT
