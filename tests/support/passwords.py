"""Argon2 at its cheapest: tests check rules, not the cost of hashing."""

from __future__ import annotations

from argon2 import PasswordHasher, profiles

from diagnostics.people import passwords

CHEAP = PasswordHasher.from_parameters(profiles.CHEAPEST)


def use_cheap() -> None:
    passwords.use(CHEAP)
