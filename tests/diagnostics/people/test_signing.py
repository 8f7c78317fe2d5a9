from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import TooMany
from diagnostics.people.actions import accounts, signing
from diagnostics.people.actions.signing import Verdict
from diagnostics.people.models import SignIn
from diagnostics.people.queries import accounts as reads
from diagnostics.people.queries.actors import signed_in
from tests.support import make

LIMITS = Limits()
RIGHT, WRONG = Verdict(fits=True), Verdict(fits=False)


def _person() -> str:
    person = make.person()
    accounts.open_account(person_id=person.id, login="anna@example.org", actor_id=None)
    accounts.set_password(person.id, "hash", actor_id=None)
    return person.id


def _try(verdict: Verdict, network: str = "school") -> signing.Opened | None:
    person_id = signing.prove(reads.credentials("anna@example.org", network), verdict, LIMITS)
    return signing.begin(person_id, LIMITS) if person_id else None


def test_a_fitting_password_opens_a_new_sign_in_each_time(in_app: Flask) -> None:
    person_id = _person()
    first, second = _try(RIGHT), _try(RIGHT)
    assert first is not None
    assert second is not None
    assert first.secret != second.secret
    found = signed_in(first.secret)
    assert found is not None
    assert found.person_id == person_id


def test_the_sixth_try_waits_and_the_right_password_after_it_opens(in_app: Flask) -> None:
    _person()
    for _ in range(5):
        assert _try(WRONG) is None
    with pytest.raises(TooMany) as slowed:
        _try(RIGHT)
    assert slowed.value.parameters["minutes"] == 15
    with clock.shifted(timedelta(minutes=15, seconds=1)):
        assert _try(RIGHT) is not None


def test_strangers_elsewhere_lock_nobody_out(in_app: Flask) -> None:
    _person()
    for _ in range(5):
        _try(WRONG, network="far away")
    assert _try(RIGHT, network="school") is not None


def test_an_unknown_login_is_slowed_down_alike(in_app: Flask) -> None:
    for _ in range(5):
        assert signing.prove(reads.credentials("nobody@example.org", "net"), WRONG, LIMITS) is None
    with pytest.raises(TooMany):
        signing.prove(reads.credentials("nobody@example.org", "net"), WRONG, LIMITS)


def test_a_success_begins_the_count_anew(in_app: Flask) -> None:
    _person()
    for _ in range(4):
        _try(WRONG)
    assert _try(RIGHT) is not None
    for _ in range(4):
        assert _try(WRONG) is None
    assert _try(RIGHT) is not None


def test_a_better_hash_replaces_the_old_one(in_app: Flask) -> None:
    _person()
    _try(Verdict(fits=True, new_hash="better"))
    assert reads.credentials("anna@example.org", "net").password_hash == "better"


def test_signing_out_ends_one_browser_everywhere_ends_all(in_app: Flask) -> None:
    person_id = _person()
    one, two, three = (signing.begin(person_id, LIMITS) for _ in range(3))
    facts = signed_in(one.secret)
    assert facts is not None
    signing.sign_out(facts.sign_in_id, actor_id=person_id)
    assert signed_in(one.secret) is None
    assert signed_in(two.secret) is not None
    assert signing.sign_out_everywhere(person_id, actor_id=person_id) == 2
    assert signed_in(three.secret) is None


def _touched_after(secret: str, minutes: float) -> None:
    """The next request of a browser, so much later."""
    with clock.shifted(timedelta(minutes=minutes)):
        facts = signed_in(secret)
        assert facts is not None
        session.commit()
        signing.touch(facts.sign_in_id, facts.seen_at, LIMITS)


def test_silence_of_half_an_hour_ends_a_sign_in(in_app: Flask) -> None:
    opened = signing.begin(_person(), LIMITS)
    _touched_after(opened.secret, 29)
    with clock.shifted(timedelta(minutes=58)):
        assert signed_in(opened.secret) is not None
    with clock.shifted(timedelta(minutes=60)):
        assert signed_in(opened.secret) is None


def test_twelve_hours_are_the_end_however_busy(in_app: Flask) -> None:
    opened = signing.begin(_person(), LIMITS)
    for minutes in range(25, 12 * 60, 25):
        _touched_after(opened.secret, minutes)
    with clock.shifted(timedelta(hours=12, minutes=1)):
        assert signed_in(opened.secret) is None


def test_a_browser_is_noted_once_a_minute(in_app: Flask) -> None:
    opened = signing.begin(_person(), LIMITS)
    facts = signed_in(opened.secret)
    assert facts is not None
    session.commit()
    assert not signing.touch(facts.sign_in_id, facts.seen_at, LIMITS)
    with clock.shifted(timedelta(seconds=61)):
        assert signing.touch(facts.sign_in_id, facts.seen_at, LIMITS)
    row = session.get(SignIn, facts.sign_in_id, populate_existing=True)
    assert row is not None
    assert row.seen_at > facts.seen_at
