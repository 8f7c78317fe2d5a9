"""One-time links: an invitation makes an account usable, a reset mends it. Shown by GET, used by POST."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.config import Limits
from diagnostics.database import moved, session
from diagnostics.errors import Gone
from diagnostics.identifiers import digest, new_secret
from diagnostics.people.actions import accounts
from diagnostics.people.models import AccountToken, TokenKind
from diagnostics.people.queries.accounts import OneTimeLink, one_time_link


def invite(*, person_id: str, limits: Limits, actor_id: str | None) -> str:
    """The secret of a new invitation, valid 14 days; earlier unused ones of the person end."""
    accounts.opened(person_id)
    return _mint(TokenKind.INVITATION, person_id, timedelta(days=limits.invitation_days), actor_id)


def start_reset(*, person_id: str, limits: Limits, actor_id: str | None) -> str:
    """The secret of a link to a new password; earlier unused ones end."""
    accounts.opened(person_id)
    return _mint(TokenKind.RESET, person_id, timedelta(minutes=limits.reset_minutes), actor_id)


def revoke(person_id: str, kind: TokenKind, *, actor_id: str | None) -> int:
    """End the person's unused links of a kind; returns how many."""
    ended = session.execute(
        sa.update(AccountToken)
        .where(
            AccountToken.person_id == person_id,
            AccountToken.kind == kind,
            AccountToken.used_at.is_(None),
            AccountToken.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )
    number = int(ended.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML
    if number:
        audit.record(f"{kind.value}.revoke", actor_id=actor_id, kind="person", object_id=person_id)
    return number


def use(secret: str, kind: TokenKind, *, password_hash: str) -> OneTimeLink:
    """Use the link up and set the password: of two at once one succeeds.

    Raises
    ------
    Missing, Gone
        As `one_time_link`.
    """
    found = one_time_link(secret, kind)
    used = moved(
        sa.update(AccountToken)
        .where(
            AccountToken.id == found.token_id,
            AccountToken.used_at.is_(None),
            AccountToken.revoked_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    if not used:
        raise Gone("link_used_or_expired")
    audit.record(f"{kind.value}.use", actor_id=found.person_id, kind="person", object_id=found.person_id)
    accounts.set_password(found.person_id, password_hash, actor_id=found.person_id)
    return found


def _mint(kind: TokenKind, person_id: str, valid: timedelta, actor_id: str | None) -> str:
    revoke(person_id, kind, actor_id=actor_id)
    secret, now = new_secret(), clock.now()
    session.add(
        AccountToken(
            kind=kind,
            secret_hash=digest(secret),
            person_id=person_id,
            created_at=now,
            expires_at=now + valid,
        )
    )
    session.flush()
    audit.record(f"{kind.value}.mint", actor_id=actor_id, kind="person", object_id=person_id)
    return secret
