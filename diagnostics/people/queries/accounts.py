"""Accounts as the edge needs them: what a password is checked against, one-time links, one's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import Gone, Missing
from diagnostics.identifiers import digest
from diagnostics.people.actions.throttling import attempt_key
from diagnostics.people.models import Account, AccountToken, PersonalData, SignIn, TokenKind


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is checked against; the same shape for a login that nobody has."""

    person_id: str | None
    password_hash: str | None
    attempt_key: str


@dataclass(frozen=True, slots=True)
class AccountView:
    person_id: str
    login: str
    language: str
    reading: dict[str, str]
    has_password: bool
    password_changed_at: datetime | None
    created_at: datetime
    sign_ins: int  # living now


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    token_id: str
    kind: TokenKind
    person_id: str
    login: str
    name: str
    expires_at: datetime


def credentials(login: str, network: str) -> Credentials:
    """Of an open account with a password; otherwise of nobody."""
    name = _loose_login(login)
    row = session.execute(
        sa.select(Account.person_id, Account.password_hash).where(
            Account.login == name, Account.closed_at.is_(None), Account.password_hash.is_not(None)
        )
    ).first()
    person_id, stored = row or (None, None)
    return Credentials(person_id, stored, attempt_key("sign_in", name, network))


def account(person_id: str) -> AccountView | None:
    """The open account of a person."""
    row = session.get(Account, person_id)
    if row is None or row.closed_at is not None:
        return None
    living = sa.select(sa.func.count()).where(
        SignIn.person_id == person_id, SignIn.revoked_at.is_(None), SignIn.expires_at > clock.now()
    )
    return AccountView(
        person_id,
        row.login,
        row.language,
        row.reading or {},
        row.password_hash is not None,
        row.password_changed_at,
        row.created_at,
        session.scalar(living) or 0,
    )


def person_of_login(login: str) -> str | None:
    """Whose open account it is."""
    query = sa.select(Account.person_id).where(
        Account.login == _loose_login(login), Account.closed_at.is_(None)
    )
    return session.scalar(query)


def one_time_link(secret: str, kind: TokenKind) -> OneTimeLink:
    """The link behind a secret; reading it uses nothing up (mail scanners open links).

    Raises
    ------
    Missing
        No such invitation.
    Gone
        `link_used_or_expired`: used, revoked or out of date; a reset that is unknown answers alike.
    """
    row = session.execute(
        sa.select(AccountToken, Account.login, PersonalData)
        .join(Account, Account.person_id == AccountToken.person_id)
        .join(PersonalData, PersonalData.person_id == AccountToken.person_id)
        .where(AccountToken.secret_hash == digest(secret), AccountToken.kind == kind)
    ).first()
    if row is None:
        raise Gone("link_used_or_expired") if kind is TokenKind.RESET else Missing
    token, login, data = row
    if token.used_at or token.revoked_at or token.expires_at <= clock.now():
        raise Gone("link_used_or_expired")
    name = " ".join(part for part in (data.given_name, data.patronymic) if part)
    return OneTimeLink(token.id, token.kind, token.person_id, login, name, token.expires_at)


def _loose_login(text: str) -> str:
    """As `accounts.normal_login`, but what is no address at all is kept: it is nobody's login."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        return text.strip().casefold()
