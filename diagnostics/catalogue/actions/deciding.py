"""Decisions about the questions of a version, made by a person who has read how they behaved."""

from __future__ import annotations

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import ItemDecision, Verdict
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused, Missing

LONGEST = 1000  # signs of a reason


def decide(
    version_id: str, item: str, *, verdict: Verdict, reason: str, figures: Json, actor_id: str
) -> ItemDecision:
    """Add a decision to the log of a question; the version itself does not change.

    `figures`: what was read when it was decided, {"n", "p", "r", "wave_id"}.

    Raises
    ------
    Missing
        For a question that the version does not have.
    FieldRefused
        `decision_without_reason`, `decision_reason_too_long` (field `reason`).
    """
    if item not in {one.code for one in catalogue.instrument(version_id).asked_items}:
        raise Missing
    said = reason.strip()
    if not said:
        raise FieldRefused("decision_without_reason", field="reason")
    if len(said) > LONGEST:
        raise FieldRefused("decision_reason_too_long", field="reason", most=LONGEST)
    made = ItemDecision(
        version_id=version_id,
        item=item,
        verdict=verdict,
        reason=said,
        figures=figures,
        person_id=actor_id,
        created_at=clock.now(),
    )
    session.add(made)
    note = f"{item} {verdict.value}"
    audit.record("catalogue.decide", actor_id=actor_id, kind="version", object_id=version_id, note=note)
    session.flush()
    return made
