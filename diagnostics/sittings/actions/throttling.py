"""Guessing at codes and names is slowed down; nobody is ever locked out."""

from __future__ import annotations

import math
from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import TooMany
from diagnostics.identifiers import digest
from diagnostics.people.actions import throttling
from diagnostics.people.models import SignInFailure

# A whole school sits behind one address, so the place alone may fail more often than one card.
PLACE_FACTOR = 10


def attempt_keys(place: str, what: str, network: str) -> tuple[str, str]:
    """What is counted: this card from this network, and this place from this network. Digests only."""
    return throttling.attempt_key("card", f"{place}:{what}", network), throttling.attempt_key(
        "place", place, network
    )


def refuse_if_throttled(keys: tuple[str, str], limits: Limits) -> None:
    """TooMany `too_many_attempts` for this card, or for the place where too many cards were tried."""
    card, place = keys
    throttling.refuse_if_throttled(card, limits, most=limits.paper_code_failures)
    throttling.refuse_if_throttled(place, limits, most=limits.paper_code_failures * PLACE_FACTOR)


def note_failure(keys: tuple[str, str]) -> None:
    throttling.note_failure(*keys)


def refuse_crowd(circle_id: str, network: str, limits: Limits) -> None:
    """TooMany `too_many_beginnings` when one network began too often by one link within this hour.

    The counter keeps a digest for the hour, and the hour: neither an address nor a minute.
    """
    hour = clock.hour(clock.now())
    key = digest(f"begin:{circle_id}:{network}:{hour.isoformat()}")
    begun = session.scalar(
        sa.select(sa.func.count()).select_from(SignInFailure).where(SignInFailure.key == key)
    )
    if (begun or 0) >= limits.link_sittings_an_hour:
        left = (hour + timedelta(hours=1) - clock.now()).total_seconds() / 60
        raise TooMany("too_many_beginnings", minutes=max(1, math.ceil(left)))
    session.add(SignInFailure(key=key, at=hour))
    session.flush()
