"""Passwords: what is accepted and how it is kept (Argon2id, OWASP's 19 MiB, two passes, one lane).

Hashing takes tens of milliseconds: callers do it before their writing transaction begins.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from diagnostics.config import Limits
from diagnostics.errors import FieldRefused

FEWEST_DIFFERENT = 4
_DUMMY = "a password that nobody has"
SHIPPED = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class _Keeper:
    """The one hasher of the process; tests put a cheap one in its place."""

    hasher = SHIPPED


def use(hasher: PasswordHasher) -> None:
    _Keeper.hasher = hasher


def hashed(password: str, limits: Limits, *, login: str = "") -> str:
    """The hash of a new password.

    Raises
    ------
    FieldRefused
        `password_too_short`, `password_too_long`, `password_too_simple`, `bad_character`; nothing is hashed.
    """
    refuse_too_long(password, limits)
    normal = _normal(password)
    if len(normal) < limits.password_minimum:
        raise FieldRefused("password_too_short", field="password", minimum=limits.password_minimum)
    if len(set(normal)) < FEWEST_DIFFERENT or normal.casefold() == login.casefold():
        raise FieldRefused("password_too_simple", field="password")
    return _Keeper.hasher.hash(normal)


def refuse_too_long(password: str, limits: Limits) -> None:
    """Before any work: a million characters are not hashed."""
    if len(password) > limits.password_maximum:
        raise FieldRefused("password_too_long", field="password", maximum=limits.password_maximum)


def fits(password: str, stored: str | None, limits: Limits) -> bool:
    """Is it the password behind this hash? Without a hash as much time passes and the answer is no."""
    refuse_too_long(password, limits)
    try:
        _Keeper.hasher.verify(stored or _dummy(_Keeper.hasher), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def improved(password: str, stored: str) -> str | None:
    """A new hash when the stored one was made with other parameters; call only for a fitting password."""
    keeper = _Keeper.hasher
    return keeper.hash(_normal(password)) if keeper.check_needs_rehash(stored) else None


@lru_cache(maxsize=2)
def _dummy(hasher: PasswordHasher) -> str:
    return hasher.hash(_DUMMY)


def _normal(password: str) -> str:
    """One spelling of what two keyboards may send in two ways."""
    try:
        password.encode()
    except UnicodeEncodeError:
        raise FieldRefused("hidden_character", field="password") from None
    return unicodedata.normalize("NFKC", password)
