"""Whether a person must be asked for consent before a diagnosis begins, and with which text."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.people.models import OrgNode
from diagnostics.people.queries import consents
from diagnostics.people.queries.consents import ConsentText


def consent_to_ask(person_id: str | None, campaign_id: str) -> ConsentText | None:
    """The text to agree to; None when it stands already, nobody is named, or the operator published none."""
    if person_id is None:
        return None
    path = session.scalar(
        sa.select(OrgNode.path)
        .join(Campaign, Campaign.node_id == OrgNode.id)
        .where(Campaign.id == campaign_id)
    )
    return consents.to_ask(person_id, path) if path else None
