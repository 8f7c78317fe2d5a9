"""Signing out everywhere reaches two stages: sign-ins of people and the keys of open sittings."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.people.actions import signing
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.models import Sitting, SittingState


def leave_everywhere(person_id: str, *, actor_id: str | None) -> int:
    """No browser writes or reads for this person until it signs in or opens its link again.

    Returns how many sign-ins ended. Answers stay: a new key continues the sitting.
    """
    open_sittings = session.scalars(
        sa.select(Sitting.id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.respondent_id == person_id, Sitting.state == SittingState.OPEN)
    ).all()
    for sitting_id in open_sittings:
        sittings.revoke_keys(sitting_id, actor_id=actor_id)
    return signing.sign_out_everywhere(person_id, actor_id=actor_id)
