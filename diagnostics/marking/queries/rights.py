"""Which texts an expert may meet: of diagnoses they are asked to mark, never their own, nor a colleague's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, CampaignState, Seat
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.marking.models import MarkedText, MarkingExpert, TextState
from diagnostics.people.models import Membership, NodeKind, OrgNode, Role, RoleGrant
from diagnostics.people.queries.actors import holders_at
from diagnostics.people.queries.consents import who_withdrew
from diagnostics.sittings.models import Sitting, SittingState

#: Roles that stand above the teachers of their place: who holds one marks nobody of that place.
OVERSEERS = (
    Role.SCHOOL_LEAD,
    Role.SCHOOL_TEAM,
    Role.CURATOR,
    Role.MUNICIPAL_COORDINATOR,
    Role.REGIONAL_COORDINATOR,
)
#: Working at one of these makes people of the same place colleagues; an institute or a region does not.
SHARED = (NodeKind.SCHOOL, NodeKind.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What decides who may mark a text: nothing of it is ever shown to an expert."""

    text_id: str
    campaign_id: str
    path: str  # of the diagnosis's place
    writer_id: str | None
    work_paths: tuple[str, ...]  # where the writer worked at the start of the stage, and works now


def facts_of(text_id: str) -> TextFacts:
    """Missing where the text is unknown, its work was erased, or its writer withdrew every consent."""
    found = facts_where(MarkedText.id == text_id)
    if not found:
        raise Missing
    return found[0]


def facts_where(*conditions: sa.ColumnElement[bool]) -> list[TextFacts]:
    """Texts that experts may meet at all, with what bars one from them."""
    school = sa.orm.aliased(OrgNode)
    rows = session.execute(
        sa.select(MarkedText.id, MarkedText.campaign_id, OrgNode.path, Seat.respondent_id, school.path)
        .join(Campaign, Campaign.id == MarkedText.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .join(Sitting, Sitting.id == MarkedText.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .outerjoin(school, school.id == Seat.school_id)
        .where(
            Sitting.state == SittingState.SUBMITTED,
            Campaign.state != CampaignState.WITHDRAWN,
            MarkedText.state != TextState.REPLACED,
            *conditions,
        )
        .order_by(MarkedText.id)
    ).all()
    writers = {row[3] for row in rows if row[3] is not None}
    works, withdrawn = _works_of(writers), who_withdrew(writers)
    return [
        TextFacts(
            text_id,
            campaign_id,
            path,
            writer_id,
            tuple(sorted({*([at_school] if at_school else []), *works.get(writer_id or "", ())})),
        )
        for text_id, campaign_id, path, writer_id, at_school in rows
        if writer_id not in withdrawn
    ]


def markers_of(facts: TextFacts) -> tuple[str, ...]:
    """The experts who may mark the text."""
    asked = session.scalars(
        sa.select(MarkingExpert.person_id).where(
            MarkingExpert.campaign_id == facts.campaign_id, MarkingExpert.removed_at.is_(None)
        )
    ).all()
    holders = set(holders_at(facts.path, [Role.EXPERT]))
    bars = bars_of(asked)
    return tuple(sorted(one for one in asked if one in holders and not is_barred(one, facts, bars[one])))


def campaigns_of(person_id: str) -> list[str]:
    """Diagnoses that the person is asked to mark and holds the role for."""
    rows = session.execute(
        sa.select(Campaign.id, OrgNode.path)
        .join(MarkingExpert, MarkingExpert.campaign_id == Campaign.id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .where(MarkingExpert.person_id == person_id, MarkingExpert.removed_at.is_(None))
    ).all()
    today = clock.now().date()
    reach = session.scalars(
        sa.select(OrgNode.path)
        .join(RoleGrant, RoleGrant.node_id == OrgNode.id)
        .where(RoleGrant.person_id == person_id, RoleGrant.role == Role.EXPERT, _on(RoleGrant, today))
    ).all()
    return [campaign_id for campaign_id, path in rows if any(path.startswith(one) for one in reach)]


def is_barred(person_id: str, facts: TextFacts, bars: Collection[str]) -> bool:
    """Own words, or those of somebody who works where the person works or has a say."""
    if person_id == facts.writer_id:
        return True
    return any(path.startswith(bar) for path in facts.work_paths for bar in bars)


def bars_of(person_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Person → paths at and below which they mark nobody."""
    ids, today = list(person_ids), clock.now().date()
    found: dict[str, set[str]] = {one: set() for one in ids}
    works = sa.select(Membership.person_id, OrgNode.path).where(
        Membership.node_id == OrgNode.id,
        Membership.person_id.in_(ids),
        OrgNode.kind.in_(SHARED),
        _on(Membership, today),
    )
    roles = sa.select(RoleGrant.person_id, OrgNode.path).where(
        RoleGrant.node_id == OrgNode.id,
        RoleGrant.person_id.in_(ids),
        RoleGrant.role.in_(OVERSEERS),
        _on(RoleGrant, today),
    )
    for query in (works, roles):
        for person_id, path in session.execute(query):
            found[person_id].add(path)
    return {one: frozenset(paths) for one, paths in found.items()}


def _works_of(person_ids: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = sa.select(Membership.person_id, OrgNode.path).where(
        Membership.node_id == OrgNode.id,
        Membership.person_id.in_(list(person_ids)),
        _on(Membership, clock.now().date()),
    )
    for person_id, path in session.execute(query):
        found[person_id].add(path)
    return found


def _on(table: type[Membership | RoleGrant], today: object) -> sa.ColumnElement[bool]:
    return sa.and_(table.since <= today, sa.or_(table.until.is_(None), table.until >= today))
