"""Codes of an authenticator against the published vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from diagnostics.people import totp

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 22, 9, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("counter", "expected"),
    list(
        enumerate(
            [
                "755224",
                "287082",
                "359152",
                "969429",
                "338314",
                "254676",
                "287922",
                "162583",
                "399871",
                "520489",
            ]
        )
    ),
)
def test_codes_by_counter_are_those_of_rfc_4226(counter: int, expected: str) -> None:
    assert totp.code(SECRET, counter) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_by_time_are_those_of_rfc_6238(seconds: int, expected: str) -> None:
    counter = totp.counter_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code(SECRET, counter, digits=8) == expected


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-61, False), (-30, True), (0, True), (30, True), (61, False), (3600, False)]
)
def test_a_clock_may_be_half_a_minute_wrong(seconds: int, fits: bool) -> None:
    typed = totp.code(SECRET, totp.counter_at(NOW + timedelta(seconds=seconds)))
    assert (totp.matching(SECRET, typed, NOW) is not None) is fits


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "0x1234", "²23456"]
)
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert totp.matching(SECRET, typed, NOW) is None


def test_spaces_in_a_code_are_left_aside() -> None:
    code = totp.code(SECRET, totp.counter_at(NOW))
    assert totp.matching(SECRET, f" {code[:3]} {code[3:]} ", NOW) == totp.counter_at(NOW)


def test_a_secret_belongs_to_one_key_one_person_and_one_salt() -> None:
    secrets = {
        totp.derived(key, person, salt)
        for key in ("k1", "k2")
        for person in ("a", "b")
        for salt in ("s", "t")
    }
    assert len(secrets) == 8
    assert {len(one) for one in secrets} == {20}


def test_the_address_is_the_one_that_authenticators_read() -> None:
    found = totp.address(SECRET, login="anna@example.org", issuer="Orientir")
    assert found == (
        "otpauth://totp/Orientir:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Orientir&digits=6&period=30"
    )
    assert totp.spelled(SECRET).replace(" ", "") == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
