"""Guessing at codes and names is slowed down; nobody is ever locked out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import TooMany
from diagnostics.identifiers import digest
from diagnostics.people.models import SignInFailure

# A whole school sits behind one address, so the place alone may fail more often than one card.
PLACE_FACTOR = 10


def attempt_keys(place: str, what: str, network: str) -> tuple[str, str]:
    """What is counted: this card from this network, and this place from this network. Digests only."""
    return digest(f"card:{place}:{what}:{network}"), digest(f"place:{place}:{network}")


def refuse_if_throttled(keys: tuple[str, str], limits: Limits) -> None:
    """TooMany `too_many_attempts` with the minutes to wait, as long as the newest failures fill the window."""
    allowed = (limits.paper_code_failures, limits.paper_code_failures * PLACE_FACTOR)
    window = timedelta(minutes=limits.sign_in_window_minutes)
    for key, most in zip(keys, allowed, strict=True):
        oldest = session.scalars(
            sa.select(SignInFailure.at)
            .where(SignInFailure.key == key, SignInFailure.at > clock.now() - window)
            .order_by(SignInFailure.at.desc())
            .offset(most - 1)
            .limit(1)
        ).first()
        if oldest is not None:
            left = (oldest + window - clock.now()).total_seconds() / 60
            raise TooMany("too_many_attempts", minutes=max(1, math.ceil(left)))


def note_failure(keys: Iterable[str]) -> None:
    session.add_all(SignInFailure(key=key, at=clock.now()) for key in keys)
    session.flush()
