"""Guessing is slowed down per (what is tried, network); nobody is ever locked out by a stranger."""

from __future__ import annotations

import math
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import TooMany
from diagnostics.identifiers import digest
from diagnostics.people.models import SignInFailure

KEPT = timedelta(days=1)

_EARLIEST = Prepared(
    sa.select(SignInFailure.at)
    .where(SignInFailure.key == sa.bindparam("asked"), SignInFailure.at > sa.bindparam("since"))
    .order_by(SignInFailure.at.desc())
    .offset(sa.bindparam("skipped", type_=sa.Integer))
    .limit(1)
)


def attempt_key(kind: str, what: str, network: str) -> str:
    """What is counted; only its digest is stored."""
    return digest(f"{kind}:{what}:{network}")


def refuse_if_throttled(key: str, limits: Limits, *, most: int | None = None) -> None:
    """TooMany `too_many_attempts` with the minutes to wait, while the failures of the window are used up.

    `most`: how many failures of this key are allowed, where it is not the number for signing in.
    """
    window = timedelta(minutes=limits.sign_in_window_minutes)
    allowed = limits.sign_in_failures if most is None else most
    known = {"asked": key, "since": clock.now() - window, "skipped": allowed - 1}
    earliest_that_counts = _EARLIEST.first(database.written(), known)
    if earliest_that_counts is not None:
        left = (earliest_that_counts[0] + window - clock.now()).total_seconds() / 60
        raise TooMany("too_many_attempts", minutes=max(1, math.ceil(left)))


def note_failure(*keys: str) -> None:
    """Count one under each key; what is older than a day is forgotten on the way."""
    now = clock.now()
    session.execute(sa.delete(SignInFailure).where(SignInFailure.at < now - KEPT))
    session.add_all(SignInFailure(key=key, at=now) for key in keys)
    session.flush()


def forget(key: str) -> None:
    """A success begins the count anew."""
    session.execute(sa.delete(SignInFailure).where(SignInFailure.key == key))
