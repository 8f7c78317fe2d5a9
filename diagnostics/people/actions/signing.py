"""Signing in and out. A sign-in is a row: revoked, its cookie opens nothing from the next request on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.config import Limits
from diagnostics.database import db, is_reading, session, set_reading
from diagnostics.identifiers import digest, new_secret
from diagnostics.people import passwords
from diagnostics.people.actions import throttling
from diagnostics.people.models import Account, SignIn
from diagnostics.people.queries.accounts import Credentials

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """The secret is known only to the browser; the base keeps its hash."""

    person_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one password, found before the transaction: does it fit, and a better hash where one is due."""

    fits: bool
    new_hash: str | None = None


def judge(credentials: Credentials, password: str, limits: Limits) -> Verdict:
    """Slow by intention; as slow for an unknown login. Touches no database."""
    if not passwords.fits(password, credentials.password_hash, limits):
        return Verdict(fits=False)
    stored = credentials.password_hash or ""
    return Verdict(fits=True, new_hash=passwords.improved(password, stored))


def prove(credentials: Credentials, verdict: Verdict, limits: Limits) -> str | None:
    """Whose password it is, or None and one failure more: the caller commits either.

    Raises TooMany `too_many_attempts` when others used up the window meanwhile.
    """
    throttling.refuse_if_throttled(credentials.attempt_key, limits)
    if not verdict.fits or credentials.person_id is None:
        throttling.note_failure(credentials.attempt_key)
        return None
    throttling.forget(credentials.attempt_key)
    if verdict.new_hash:
        session.execute(
            sa.update(Account)
            .where(
                Account.person_id == credentials.person_id,
                Account.password_hash == credentials.password_hash,
            )
            .values(password_hash=verdict.new_hash)
        )
    return credentials.person_id


def begin(person_id: str, limits: Limits) -> Opened:
    """A new sign-in with a new secret; whatever cookie the browser had before stays worthless."""
    now, secret = clock.now(), new_secret()
    row = SignIn(
        secret_hash=digest(secret),
        person_id=person_id,
        created_at=now,
        seen_at=now,
        expires_at=_expiry(now, now, limits),
    )
    session.add(row)
    session.flush()
    audit.record("account.sign_in", actor_id=person_id, kind="person", object_id=person_id)
    return Opened(person_id, secret)


def sign_out(sign_in_id: str, *, actor_id: str | None) -> None:
    """Of one browser; done twice is done."""
    ended = _revoke(SignIn.id == sign_in_id)
    if ended and actor_id:
        audit.record("account.sign_out", actor_id=actor_id, kind="person", object_id=actor_id)


def sign_out_everywhere(person_id: str, *, but: str | None = None, actor_id: str | None) -> int:
    """All browsers of the person, perhaps but this sign-in; returns how many ended."""
    ended = _revoke(SignIn.person_id == person_id, SignIn.id != (but or ""))
    if ended:
        audit.record(
            "account.sign_out_everywhere", actor_id=actor_id, kind="person", object_id=person_id, after=ended
        )
    return ended


def touch(sign_in_id: str, seen_at: datetime, limits: Limits) -> bool:
    """Note that the browser is alive, at most once a minute, on a connection of its own.

    For reading requests too, so it must be called while the session holds no write lock.
    """
    now = clock.now()
    if now - seen_at < TOUCH_EVERY:
        return False
    before = is_reading()
    set_reading(False)
    try:
        with db.engine.begin() as connection:
            created_at = connection.scalar(sa.select(SignIn.created_at).where(SignIn.id == sign_in_id))
            if created_at is None:
                return False
            connection.execute(
                sa.update(SignIn)
                .where(SignIn.id == sign_in_id, SignIn.revoked_at.is_(None))
                .values(seen_at=now, expires_at=_expiry(created_at, now, limits))
            )
    finally:
        set_reading(before)
    return True


def _expiry(created_at: datetime, seen_at: datetime, limits: Limits) -> datetime:
    """Whatever comes first: half an hour of silence, or the end of the working day."""
    idle = timedelta(minutes=limits.session_idle_minutes)
    return min(seen_at + idle, created_at + timedelta(hours=limits.session_hours))


def _revoke(*conditions: sa.ColumnElement[bool]) -> int:
    ended = session.execute(
        sa.update(SignIn).where(SignIn.revoked_at.is_(None), *conditions).values(revoked_at=clock.now())
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML
