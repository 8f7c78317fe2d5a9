from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import Conflict, FieldRefused, Gone, Missing
from diagnostics.people import passwords
from diagnostics.people.actions import accounts, signing, tokens
from diagnostics.people.models import Account, TokenKind
from diagnostics.people.queries import accounts as reads
from diagnostics.people.queries.actors import signed_in
from tests.support import make

LIMITS = Limits()
GOOD = "верная лошадь 7"


def _opened(login: str = "Anna@Example.org ") -> str:
    person = make.person()
    accounts.open_account(person_id=person.id, login=login, actor_id=None)
    return person.id


def test_a_login_has_one_spelling(in_app: Flask) -> None:
    person_id = _opened()
    assert reads.person_of_login(" ANNA@example.ORG") == person_id


def test_two_people_cannot_share_a_login(in_app: Flask) -> None:
    _opened()
    with pytest.raises(Conflict, match="login_taken"):
        _opened("anna@EXAMPLE.org")


def test_a_login_must_be_an_address(in_app: Flask) -> None:
    with pytest.raises(FieldRefused, match="email_wrong"):
        _opened("анна")


def test_an_invitation_sets_the_password_once(in_app: Flask) -> None:
    person_id = _opened()
    secret = tokens.invite(person_id=person_id, limits=LIMITS, actor_id=None)
    assert tokens.use(secret, TokenKind.INVITATION, password_hash="hash").person_id == person_id
    with pytest.raises(Gone, match="link_used_or_expired"):
        tokens.use(secret, TokenKind.INVITATION, password_hash="hash")


def test_a_link_with_one_wrong_character_is_unknown(in_app: Flask) -> None:
    secret = tokens.invite(person_id=_opened(), limits=LIMITS, actor_id=None)
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    with pytest.raises(Missing):
        reads.one_time_link(wrong, TokenKind.INVITATION)


def test_an_invitation_lives_fourteen_days(in_app: Flask) -> None:
    secret = tokens.invite(person_id=_opened(), limits=LIMITS, actor_id=None)
    for days, holds in ((13.9, True), (14.1, False)):
        with clock.shifted(timedelta(days=days)):
            if holds:
                assert reads.one_time_link(secret, TokenKind.INVITATION).login == "anna@example.org"
            else:
                with pytest.raises(Gone):
                    reads.one_time_link(secret, TokenKind.INVITATION)


def test_a_new_invitation_ends_the_earlier_one(in_app: Flask) -> None:
    person_id = _opened()
    first = tokens.invite(person_id=person_id, limits=LIMITS, actor_id=None)
    second = tokens.invite(person_id=person_id, limits=LIMITS, actor_id=None)
    with pytest.raises(Gone):
        reads.one_time_link(first, TokenKind.INVITATION)
    assert reads.one_time_link(second, TokenKind.INVITATION).person_id == person_id


def test_a_link_of_one_kind_does_not_open_the_other(in_app: Flask) -> None:
    secret = tokens.start_reset(person_id=_opened(), limits=LIMITS, actor_id=None)
    with pytest.raises(Missing):
        reads.one_time_link(secret, TokenKind.INVITATION)


def test_a_new_password_ends_every_other_sign_in(in_app: Flask) -> None:
    person_id = _opened()
    here, there = signing.begin(person_id, LIMITS), signing.begin(person_id, LIMITS)
    mine = signed_in(here.secret)
    assert mine is not None
    accounts.set_password(person_id, "hash", keep_sign_in=mine.sign_in_id, actor_id=person_id)
    assert signed_in(here.secret) is not None
    assert signed_in(there.secret) is None


def test_a_closed_account_opens_nothing(in_app: Flask) -> None:
    person_id = _opened()
    opened = signing.begin(person_id, LIMITS)
    secret = tokens.invite(person_id=person_id, limits=LIMITS, actor_id=None)
    accounts.close_account(person_id, actor_id=None)
    assert signed_in(opened.secret) is None
    assert reads.person_of_login("anna@example.org") is None
    with pytest.raises(Gone):
        reads.one_time_link(secret, TokenKind.INVITATION)


def test_reading_settings_are_checked_and_kept(in_app: Flask) -> None:
    person_id = _opened()
    accounts.set_reading(person_id, {"size": "large"})
    found = session.get(Account, person_id)
    assert found is not None
    assert found.reading == {"size": "large", "spacing": "normal", "contrast": "normal"}
    with pytest.raises(FieldRefused, match="choice_unknown"):
        accounts.set_reading(person_id, {"contrast": "neon"})


def test_a_language_that_we_do_not_speak_is_refused(in_app: Flask) -> None:
    with pytest.raises(FieldRefused, match="choice_unknown"):
        accounts.set_language(_opened(), "tlh")


def test_a_password_is_checked_against_its_account_only(in_app: Flask) -> None:
    person_id = _opened()
    accounts.set_password(person_id, passwords.hashed(GOOD, LIMITS), actor_id=None)
    known, unknown = reads.credentials("anna@example.org", "net"), reads.credentials("b@example.org", "net")
    assert signing.judge(known, GOOD, LIMITS).fits
    assert not signing.judge(unknown, GOOD, LIMITS).fits
