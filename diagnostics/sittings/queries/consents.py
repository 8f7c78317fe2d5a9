"""Whether a person must be asked for consent before a diagnosis begins, and with which text."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.database import Json, session
from diagnostics.people.models import Consent, ConsentDocument, OrgNode


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The newest text of the diagnosis' operator; texts by language."""

    document_id: str
    version: int
    body: Json


def consent_to_ask(person_id: str | None, campaign_id: str) -> ConsentText | None:
    """The text to agree to; None when it stands already, nobody is named, or the operator published none."""
    if person_id is None:
        return None
    document = _newest_text(campaign_id)
    if document is None or _agreed(person_id, document.operator_id):
        return None
    return ConsentText(document.id, document.version, document.body)


def _newest_text(campaign_id: str) -> ConsentDocument | None:
    """Of the diagnosis' place, or of the nearest place above it that has one."""
    path = session.scalar(
        sa.select(OrgNode.path)
        .join(Campaign, Campaign.node_id == OrgNode.id)
        .where(Campaign.id == campaign_id)
    )
    operators = [part for part in (path or "").split("/") if part]
    if not operators:
        return None
    found = session.scalars(
        sa.select(ConsentDocument)
        .where(ConsentDocument.operator_id.in_(operators))
        .order_by(ConsentDocument.version.desc())
    ).all()
    return max(found, key=lambda one: (operators.index(one.operator_id), one.version), default=None)


def _agreed(person_id: str, operator_id: str) -> bool:
    """A consent stands until withdrawn: a later text does not undo what was agreed to the earlier one."""
    query = (
        sa.select(Consent.id)
        .join(ConsentDocument, ConsentDocument.id == Consent.document_id)
        .where(
            Consent.person_id == person_id,
            Consent.withdrawn_at.is_(None),
            ConsentDocument.operator_id == operator_id,
        )
        .limit(1)
    )
    return session.scalar(query) is not None
