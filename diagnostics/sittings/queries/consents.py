"""Whether a person must be asked for consent before a diagnosis begins, and with which text."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import database
from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.people.models import Membership, OrgNode
from diagnostics.people.queries import consents
from diagnostics.people.queries.consents import ConsentText

_PATH = Prepared(
    sa.select(OrgNode.path)
    .join(Campaign, Campaign.node_id == OrgNode.id)
    .where(Campaign.id == sa.bindparam("campaign"))
)


def consent_to_ask(person_id: str | None, campaign_id: str) -> ConsentText | None:
    """The text to agree to; None when it stands already, nobody is named, or the operator published none."""
    if person_id is None:
        return None
    row = _PATH.first(database.written(), {"campaign": campaign_id})
    return None if row is None else consents.to_ask(person_id, row[0])


def texts_for(person_id: str) -> list[ConsentText]:
    """The texts that apply where the person works or is asked, one an operator, in the order of their names."""
    asked = (
        sa.select(OrgNode.path)
        .join(Campaign, Campaign.node_id == OrgNode.id)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .join(Seat, Seat.wave_id == Wave.id)
        .where(Seat.respondent_id == person_id)
    )
    works = (
        sa.select(OrgNode.path)
        .join(Membership, Membership.node_id == OrgNode.id)
        .where(Membership.person_id == person_id, Membership.until.is_(None))
    )
    paths = sorted({*session.scalars(asked), *session.scalars(works)})
    found = {text.document_id: text for path in paths if (text := consents.text_at(path))}
    return sorted(found.values(), key=lambda one: (one.operator_name, one.document_id))
