"""The organiser decides how many experts mark each text, and who they are."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Campaign
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.marking import moves, settling
from diagnostics.marking.actions.marks import experts_of, resettle
from diagnostics.marking.errors import ExpertRefused
from diagnostics.marking.models import MarkedText, MarkingExpert, MarkingRule, TextState
from diagnostics.outbox import actions as outbox
from diagnostics.people.models import OrgNode, PersonalData, Role
from diagnostics.people.queries.actors import holders_at


def assign(campaign_id: str, person_id: str, *, letter: tuple[str, str] | None, actor_id: str) -> bool:
    """Ask an expert to mark; false when they were asked already. `letter`: subject and text, where one is sent.

    Raises
    ------
    ExpertRefused
        `not_an_expert`.
    """
    if person_id not in holders_at(_path(campaign_id), [Role.EXPERT]):
        raise ExpertRefused("not_an_expert")
    row = session.get(MarkingExpert, (campaign_id, person_id), with_for_update=True)
    if row is not None and row.removed_at is None:
        return False
    if row is None:
        row = MarkingExpert(campaign_id=campaign_id, person_id=person_id, assigned_at=clock.now())
        session.add(row)
    row.assigned_by, row.assigned_at, row.removed_at = actor_id, clock.now(), None
    session.flush()
    _record("marking.assign", campaign_id, person_id, actor_id)
    address = session.scalar(sa.select(PersonalData.email).where(PersonalData.person_id == person_id))
    if letter is not None and address:
        subject, text = letter
        outbox.write(
            to_address=address,
            subject=subject,
            text=text,
            about="marking",
            to_person_id=person_id,
            sender_id=actor_id,
        )
    return True


def remove(campaign_id: str, person_id: str, *, actor_id: str) -> bool:
    """The expert sees no text of the diagnosis any more; the marks given so far stay."""
    row = session.get(MarkingExpert, (campaign_id, person_id), with_for_update=True)
    if row is None:
        raise Missing
    if row.removed_at is not None:
        return False
    row.removed_at = clock.now()
    session.flush()
    _record("marking.remove", campaign_id, person_id, actor_id)
    return True


def set_experts(campaign_id: str, number: int, *, actor_id: str, limits: Limits) -> None:
    """One expert a text, or two; texts whose results are not given out follow the new rule.

    Raises
    ------
    FieldRefused
        `experts_number`: neither one nor two.
    """
    if not 1 <= number <= settling.MOST:
        raise FieldRefused("experts_number", field="experts")
    _path(campaign_id)
    before = experts_of(campaign_id)
    if before == number:
        return
    row = session.get(MarkingRule, campaign_id)
    if row is None:
        session.add(MarkingRule(campaign_id=campaign_id, experts=number))
    else:
        row.experts = number
    session.flush()
    audit.record(
        "marking.rule",
        actor_id=actor_id,
        kind="campaign",
        object_id=campaign_id,
        before=before,
        after=number,
    )
    open_states = (TextState.WAITING, TextState.DIFFERING, TextState.SETTLED)
    for text_id in session.scalars(
        sa.select(MarkedText.id)
        .where(MarkedText.campaign_id == campaign_id, MarkedText.state.in_(open_states))
        .order_by(MarkedText.id)
    ).all():
        if moves.take_turn(text_id):  # a mark that is being saved comes first
            resettle(text_id, limits)


def _path(campaign_id: str) -> str:
    path = session.scalar(
        sa.select(OrgNode.path)
        .join(Campaign, Campaign.node_id == OrgNode.id)
        .where(Campaign.id == campaign_id)
    )
    if path is None:
        raise Missing
    return path


def _record(action: str, campaign_id: str, person_id: str, actor_id: str) -> None:
    audit.record(action, actor_id=actor_id, kind="campaign", object_id=campaign_id, note=person_id)
