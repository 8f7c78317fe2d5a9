from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher

from diagnostics.config import Limits
from diagnostics.errors import FieldRefused
from diagnostics.people import passwords
from tests.support.passwords import CHEAP

LIMITS = Limits()
GOOD = "верная лошадь 7"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("девять 9!", "password_too_short"),
        ("я" * 1001, "password_too_long"),
        ("аааааааааааа", "password_too_simple"),
        ("anna@example.org", "password_too_simple"),
        ("хорошее начало\ud800", "hidden_character"),
    ],
)
def test_a_poor_password_is_refused(password: str, code: str) -> None:
    with pytest.raises(FieldRefused, match=code):
        passwords.hashed(password, LIMITS, login="anna@example.org")


@pytest.mark.parametrize("password", [GOOD, "x1y2z3w4" * 8, "abcd" * 250, " с пробелами по краям "])
def test_a_long_or_odd_password_is_kept_whole(password: str) -> None:
    stored = passwords.hashed(password, LIMITS)
    assert passwords.fits(password, stored, LIMITS)
    assert not passwords.fits(password[:-1], stored, LIMITS)


def test_a_million_characters_are_refused_at_once() -> None:
    began = time.perf_counter()
    with pytest.raises(FieldRefused, match="password_too_long"):
        passwords.fits("x" * 1_000_000, None, LIMITS)
    assert time.perf_counter() - began < 0.05


def test_two_spellings_of_one_letter_are_one_password() -> None:
    stored = passwords.hashed("сухой йогурт 12", LIMITS)
    assert passwords.fits("сухои\u0306 и\u0306огурт 12", stored, LIMITS)


@pytest.mark.parametrize("stored", [None, "not a hash"])
def test_without_a_good_hash_nothing_fits(stored: str | None) -> None:
    assert not passwords.fits(GOOD, stored, LIMITS)


def test_a_hash_of_other_parameters_is_made_anew() -> None:
    stored = passwords.hashed(GOOD, LIMITS)
    assert passwords.improved(GOOD, stored) is None
    passwords.use(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    try:
        better = passwords.improved(GOOD, stored)
    finally:
        passwords.use(CHEAP)
    assert better is not None
    assert "t=2" in better


def test_the_shipped_hasher_has_the_recommended_cost() -> None:
    shipped = passwords.SHIPPED
    assert (shipped.memory_cost, shipped.time_cost, shipped.parallelism) == (19 * 1024, 2, 1)


def test_a_wrong_login_takes_as_long_as_a_wrong_password() -> None:
    passwords.use(passwords.SHIPPED)
    try:
        stored = passwords.hashed(GOOD, LIMITS)
        passwords.fits(GOOD, None, LIMITS)  # the dummy hash is made once
        spent = {name: _median(hash_of) for name, hash_of in (("known", stored), ("unknown", None))}
    finally:
        passwords.use(CHEAP)
    assert abs(spent["known"] - spent["unknown"]) < 0.5 * spent["known"]


def _median(stored: str | None) -> float:
    times = []
    for _ in range(9):
        began = time.perf_counter()
        passwords.fits("не тот пароль 1", stored, LIMITS)
        times.append(time.perf_counter() - began)
    return sorted(times)[4]
