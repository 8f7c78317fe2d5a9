"""Ways to a seat: links and paper codes. Secrets are shown once, when minted; only hashes are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import seat_row, wave_row
from diagnostics.campaigns.codes import normalised, paper_hash
from diagnostics.campaigns.errors import CampaignError, MoveRefused, TokenGone
from diagnostics.campaigns.models import Seat, SeatState, SeatToken, TokenWay
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.identifiers import digest, new_paper_code, new_secret
from diagnostics.people.models import OrgNode, PersonalData


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """A living way to a seat."""

    token_id: str
    seat_id: str
    person_id: str | None
    way: TokenWay
    confirmed: bool  # the surname was typed once


_TOKEN: Any = sa.select(
    SeatToken.id,
    SeatToken.seat_id,
    SeatToken.way,
    SeatToken.confirmed_at,
    SeatToken.expires_at,
    SeatToken.revoked_at,
    Seat.respondent_id,
    Seat.state,
).join(Seat, Seat.id == SeatToken.seat_id)
_BY_LINK = Prepared(
    _TOKEN.where(SeatToken.secret_hash == sa.bindparam("hashed"), SeatToken.way == TokenWay.LINK)
)
_BY_PAPER = Prepared(
    _TOKEN.where(
        SeatToken.secret_hash == sa.bindparam("hashed"), SeatToken.school_id == sa.bindparam("school")
    )
)


def mint_link(seat_id: str) -> str:
    """A new secret link of a seat, valid to the end of its window; the secret is known only to the caller."""
    seat = _living(seat_id)
    secret = new_secret()
    keep(seat, TokenWay.LINK, digest(secret))
    return secret


def mint_paper_code(seat_id: str) -> str:
    """A new code of a seat, unique in its school and useless without the school's code.

    CampaignError `seat_without_school` when the person works at no school.
    """
    seat = _living(seat_id)
    if seat.school_id is None:
        raise CampaignError("seat_without_school")
    while True:
        code = new_paper_code()
        hashed = paper_hash(seat.school_id, code)
        if not is_taken(seat.school_id, hashed):
            break
    keep(seat, TokenWay.PAPER, hashed, school_id=seat.school_id)
    return code


def keep(seat: Seat, way: TokenWay, secret_hash: str, *, school_id: str | None = None) -> None:
    """Store one hashed way to the seat, to the end of its window; a paper code belongs to a school."""
    session.add(
        SeatToken(
            seat_id=seat.id,
            way=way,
            secret_hash=secret_hash,
            school_id=school_id,
            created_at=clock.now(),
            expires_at=wave_row(seat.wave_id).closes_at,
        )
    )
    session.flush()


def is_taken(school_id: str, secret_hash: str) -> bool:
    query = sa.select(SeatToken.id).where(
        SeatToken.school_id == school_id, SeatToken.secret_hash == secret_hash
    )
    return session.scalar(query) is not None


def revoke(seat_id: str, actor_id: str | None) -> int:
    """Stop all links and cards of a seat (a lost card); returns how many stopped."""
    living = session.scalars(
        sa.select(SeatToken).where(SeatToken.seat_id == seat_id, SeatToken.revoked_at.is_(None))
    ).all()
    for token in living:
        token.revoked_at = clock.now()
    session.flush()
    audit.record("seat.revoke", actor_id=actor_id, kind="seat", object_id=seat_id, after=len(living))
    return len(living)


def find_by_link(secret: str) -> TokenFacts:
    """The seat behind a link.

    Raises
    ------
    Missing
        `link_unknown`.
    TokenGone
        `link_revoked`, `link_expired`.
    """
    hashed = digest(secret.strip().lower())
    return _found("link_unknown", _BY_LINK.first(database.written(), {"hashed": hashed}))


def find_by_paper(school_code: str, code: str) -> TokenFacts:
    """The seat behind a paper card: the school's code and the person's own.

    Raises
    ------
    Missing
        `paper_code_unknown`, whichever of the two is wrong.
    TokenGone
        `link_revoked`, `link_expired`.
    """
    school_id = session.scalar(sa.select(OrgNode.id).where(OrgNode.code == school_code.strip()))
    typed = normalised(code)
    if school_id is None or not typed:
        raise Missing("paper_code_unknown")
    known = {"hashed": paper_hash(school_id, typed), "school": school_id}
    return _found("paper_code_unknown", _BY_PAPER.first(database.written(), known))


def confirm(token_id: str, *, surname: str) -> bool:
    """Note that the holder typed the right surname; case, ё and spaces at the ends do not matter."""
    row = session.execute(
        sa.select(SeatToken, PersonalData.surname)
        .join(Seat, Seat.id == SeatToken.seat_id)
        .join(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .where(SeatToken.id == token_id)
    ).first()
    if row is None:
        raise Missing
    token, known = row
    if _plain(surname) != _plain(known):
        return False
    if token.confirmed_at is None:
        token.confirmed_at = clock.now()
        session.flush()
    return True


def _living(seat_id: str) -> Seat:
    seat = seat_row(seat_id)
    if seat.state is SeatState.WITHDRAWN:
        raise MoveRefused("seat_over")
    return seat


def _found(unknown: str, row: tuple[Any, ...] | None) -> TokenFacts:
    if row is None:
        raise Missing(unknown)
    token_id, seat_id, way, confirmed_at, expires_at, revoked_at, person_id, state = row
    if revoked_at is not None or state is SeatState.WITHDRAWN:
        raise TokenGone("link_revoked", seat_id)
    if expires_at <= clock.now():
        raise TokenGone("link_expired", seat_id)
    return TokenFacts(token_id, seat_id, person_id, way, confirmed_at is not None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().replace("ё", "е")
