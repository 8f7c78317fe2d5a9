"""Whom a paper may name beside a result: by the consents as they stand."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.people.models import Consent, OrgNode
from diagnostics.people.queries import consents


@dataclass(frozen=True, slots=True)
class Naming:
    """People of one stage who once agreed, and those of them whose consent stands.

    `asked`: the operator has published a text of consent, so who never agreed is not named either. Without a text
    nobody was asked, and only who took a consent back stays unnamed.
    """

    given: frozenset[str]
    standing: frozenset[str]
    asked: bool

    def has_withdrawn(self, person_id: str) -> bool:
        return person_id in self.given and person_id not in self.standing

    def may_name(self, person_id: str) -> bool:
        return person_id in self.standing or (not self.asked and person_id not in self.given)


def naming_of(wave_id: str, node_id: str) -> Naming:
    """`node_id`: the place of the diagnosis, whose operator asks for consent."""
    rows = session.execute(
        sa.select(Consent.person_id, sa.func.count(), sa.func.count(Consent.withdrawn_at))
        .join(Seat, Seat.respondent_id == Consent.person_id)
        .where(Seat.wave_id == wave_id)
        .group_by(Consent.person_id)
    ).all()
    place = session.get(OrgNode, node_id)
    return Naming(
        given=frozenset(person for person, _, _ in rows),
        standing=frozenset(person for person, number, withdrawn in rows if withdrawn < number),
        asked=place is not None and consents.text_at(place.path) is not None,
    )
