"""Consent given on the start page."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.people.models import Consent, ConsentWay


def give_consent(*, person_id: str, document_id: str, options: Mapping[str, bool]) -> str:
    """Note that the person agreed on the screen; `options` are the separate boxes. Returns the consent's id."""
    consent = Consent(
        person_id=person_id,
        document_id=document_id,
        way=ConsentWay.SCREEN,
        given_at=clock.now(),
        options=dict(options),
    )
    session.add(consent)
    session.flush()
    audit.record(
        "consent.give",
        actor_id=person_id,
        kind="consent",
        object_id=consent.id,
        after={"document": document_id, "options": dict(options)},
    )
    return consent.id
