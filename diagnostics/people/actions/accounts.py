"""Accounts: opened for a known person, given a password through a one-time link, closed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.errors import Conflict, FieldRefused, Missing
from diagnostics.people import checks
from diagnostics.people.actions import signing
from diagnostics.people.actions.roles import refuse_last_administrator
from diagnostics.people.models import Account, AccountToken, PersonalData

LANGUAGES = ("ru", "en")
READING = {
    "size": ("normal", "large", "largest"),
    "spacing": ("normal", "wide"),
    "contrast": ("normal", "high"),
}


def normal_login(text: str) -> str:
    """E-mail as a login: one spelling for «Anna@Example.org » and «anna@example.org»."""
    return checks.email(text.strip(), field="login").casefold()


def open_account(*, person_id: str, login: str, actor_id: str | None) -> Account:
    """A way to sign in, still without a password; an open account of the person only gets its login.

    Raises
    ------
    FieldRefused
        `email_wrong`.
    Conflict
        `login_taken`.
    """
    checks.living(person_id)
    name = normal_login(login)
    other = session.scalar(sa.select(Account.person_id).where(Account.login == name))
    if other is not None and other != person_id:
        raise Conflict("login_taken", field="login")
    account = session.get(Account, person_id)
    if account is None:
        account = Account(person_id=person_id, login=name, created_at=clock.now())
        session.add(account)
    account.login, account.closed_at = name, None
    data = session.get(PersonalData, person_id)
    if data is not None and not data.email:
        data.email = name
    session.flush()
    audit.record("account.open", actor_id=actor_id, kind="person", object_id=person_id)
    return account


def close_account(person_id: str, *, actor_id: str | None) -> None:
    """No way in any more: sign-ins and one-time links end; LastAdministrator if nobody else could administer."""
    account = opened(person_id)
    refuse_last_administrator(person_id)
    account.closed_at = clock.now()
    session.execute(
        sa.update(AccountToken)
        .where(AccountToken.person_id == person_id, AccountToken.used_at.is_(None))
        .values(revoked_at=account.closed_at)
    )
    signing.sign_out_everywhere(person_id, actor_id=actor_id)
    audit.record("account.close", actor_id=actor_id, kind="person", object_id=person_id)


def set_password(
    person_id: str, password_hash: str, *, keep_sign_in: str | None = None, actor_id: str | None
) -> None:
    """Put the hash of a new password in place; every other sign-in of the person ends."""
    account = opened(person_id)
    account.password_hash = password_hash
    account.password_changed_at = clock.now()
    session.flush()
    audit.record("account.password", actor_id=actor_id, kind="person", object_id=person_id)
    signing.sign_out_everywhere(person_id, but=keep_sign_in, actor_id=actor_id)


def set_language(person_id: str, language: str) -> None:
    if language not in LANGUAGES:
        raise FieldRefused("choice_unknown", field="language")
    opened(person_id).language = language
    session.flush()


def set_reading(person_id: str, reading: dict[str, str]) -> None:
    """How pages look for this person: size, spacing, contrast."""
    opened(person_id).reading = checked_reading(reading)
    session.flush()


def checked_reading(given: dict[str, Any]) -> dict[str, str]:
    """All three settings, the usual one where none is given; FieldRefused `choice_unknown`."""
    found = {name: str(given.get(name) or values[0]) for name, values in READING.items()}
    for name, value in found.items():
        if value not in READING[name]:
            raise FieldRefused("choice_unknown", field=name)
    return found


def opened(person_id: str) -> Account:
    """The open account of a person, or Missing."""
    account = session.get(Account, person_id)
    if account is None or account.closed_at is not None:
        raise Missing
    return account
