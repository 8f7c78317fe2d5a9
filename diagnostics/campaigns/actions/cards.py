"""New codes and links for many people at once: for access cards and messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import wave_row
from diagnostics.campaigns.actions.tokens import is_taken, keep
from diagnostics.campaigns.codes import paper_hash
from diagnostics.campaigns.models import Seat, SeatState, TokenWay
from diagnostics.campaigns.queries.roll import Participant
from diagnostics.database import session
from diagnostics.identifiers import digest, new_paper_code, new_secret


@dataclass(frozen=True, slots=True)
class Secrets:
    """What goes on one card: shown once. `code` empty: the person works where no school code is known."""

    participant: Participant
    link: str
    code: str
    code_hash: str


def draw(participants: Iterable[Participant]) -> list[Secrets]:
    """Codes and links with their hashes, without touching the database: hashing is slow on purpose."""
    drawn = []
    for one in participants:
        code = new_paper_code() if one.school_id and one.school_code else ""
        hashed = paper_hash(one.school_id, code) if one.school_id and code else ""
        drawn.append(Secrets(one, new_secret(), code, hashed))
    return drawn


def keep_drawn(wave_id: str, drawn: Sequence[Secrets], actor_id: str | None) -> list[Secrets]:
    """Store the hashes; earlier cards keep working. People taken out meanwhile get no card.

    A code that is taken in its school (one in millions) is drawn anew.
    """
    wave_row(wave_id)
    seats = {
        seat.id: seat
        for seat in session.scalars(
            sa.select(Seat).where(Seat.wave_id == wave_id, Seat.state != SeatState.WITHDRAWN)
        )
    }
    kept = [_keep(seats[one.participant.seat_id], one) for one in drawn if one.participant.seat_id in seats]
    audit.record("wave.cards", actor_id=actor_id, kind="wave", object_id=wave_id, note=str(len(kept)))
    session.flush()
    return kept


def _keep(seat: Seat, one: Secrets) -> Secrets:
    school_id = one.participant.school_id
    keep(seat, TokenWay.LINK, digest(one.link))
    if not one.code or school_id is None:
        return one
    while is_taken(school_id, one.code_hash):
        one = _drawn_anew(one, school_id)
    keep(seat, TokenWay.PAPER, one.code_hash, school_id=school_id)
    return one


def _drawn_anew(one: Secrets, school_id: str) -> Secrets:
    code = new_paper_code()
    return replace(one, code=code, code_hash=paper_hash(school_id, code))
