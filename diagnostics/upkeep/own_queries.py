"""What each stage holds about a person, as one statement a section; names of columns are codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import QueryableAttribute

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.marking.models import ExpertMark, MarkedText, TextState
from diagnostics.outbox.models import Letter
from diagnostics.pathways.models import Route, RouteRemark, RouteStep, StepEvidence
from diagnostics.people.models import (
    Account,
    Consent,
    ConsentDocument,
    Group,
    GroupMember,
    Membership,
    OrgNode,
    PersonalData,
    RoleGrant,
    SecondStep,
    SignIn,
)
from diagnostics.sittings.models import PageSignal, Sitting

Query = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its rows are those of `query` whose `owner` is the person."""

    code: str
    owner: QueryableAttribute[Any]
    query: Query

    def of(self, person_id: str) -> Query:
        return self.query.where(self.owner == person_id)


def _counted(column: Any) -> sa.ScalarSelect[int]:
    """All browsers of a sitting together."""
    return (
        sa.select(sa.func.coalesce(sa.func.sum(column), 0))
        .where(PageSignal.sitting_id == Sitting.id)
        .correlate(Sitting)
        .scalar_subquery()
    )


PARTS: tuple[Part, ...] = (
    # One row of everything personal; what search and order made of the name is not a fact about anybody.
    Part(
        "person",
        PersonalData.person_id,
        sa.select(*(one for one in PersonalData.__table__.c if one.name != "sort_name")),
    ),
    Part(
        "account",
        Account.person_id,
        sa.select(
            Account.login,
            Account.language,
            Account.reading,
            Account.created_at,
            Account.password_changed_at,
            Account.closed_at,
        ),
    ),
    Part(
        "sign_ins",
        SignIn.person_id,
        sa.select(SignIn.created_at, SignIn.seen_at, SignIn.expires_at, SignIn.revoked_at).order_by(
            SignIn.created_at
        ),
    ),
    Part(
        "second_step",
        SecondStep.person_id,
        sa.select(SecondStep.made_at.label("created_at"), SecondStep.confirmed_at),
    ),
    Part(
        "memberships",
        Membership.person_id,
        sa.select(
            OrgNode.name.label("place"),
            Membership.position,
            Membership.subject,
            Membership.since,
            Membership.until,
        )
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .order_by(Membership.since),
    ),
    Part(
        "roles",
        RoleGrant.person_id,
        sa.select(RoleGrant.role, OrgNode.name.label("place"), RoleGrant.since, RoleGrant.until)
        .join(OrgNode, OrgNode.id == RoleGrant.node_id)
        .order_by(RoleGrant.since),
    ),
    Part(
        "groups",
        GroupMember.person_id,
        sa.select(Group.title, GroupMember.since, GroupMember.until)
        .join(Group, Group.id == GroupMember.group_id)
        .order_by(GroupMember.since),
    ),
    Part(
        "consents",
        Consent.person_id,
        sa.select(
            Consent.id.label("number"),
            OrgNode.name.label("operator"),
            ConsentDocument.version,
            Consent.way,
            Consent.given_at,
            Consent.paper_date,
            Consent.options,
            Consent.withdrawn_at,
        )
        .join(ConsentDocument, ConsentDocument.id == Consent.document_id)
        .join(OrgNode, OrgNode.id == ConsentDocument.operator_id)
        .order_by(Consent.given_at),
    ),
    Part(
        "diagnoses",
        Seat.respondent_id,
        sa.select(
            Campaign.title,
            Wave.kind,
            OrgNode.name.label("place"),
            Seat.position,
            Seat.subject_taught.label("subject"),
            Seat.state,
            Seat.invited_at,
            Seat.reminders,
            Seat.declined_at,
            Sitting.started_at,
            Sitting.submitted_at,
            Sitting.receipt,
            _counted(PageSignal.leaves).label("leaves"),
            _counted(PageSignal.pastes).label("pastes"),
        )
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .outerjoin(Sitting, Sitting.seat_id == Seat.id)
        .order_by(Seat.created_at, Seat.id),
    ),
    Part(
        "results",
        Finding.person_id,
        sa.select(
            Campaign.title,
            Wave.kind,
            Finding.made_at,
            Finding.reason,
            Finding.superseded_at,
            FindingScale.competence,
            FindingScale.points,
            FindingScale.maximum,
            FindingScale.percent,
            FindingScale.level,
            FindingScale.low80,
            FindingScale.high80,
            FindingScale.conclusion,
            FindingScale.provisional,
        )
        .join(FindingScale, FindingScale.finding_id == Finding.id)
        .join(Wave, Wave.id == Finding.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .order_by(Finding.made_at, Finding.id, FindingScale.competence),
    ),
    Part(
        "marks",
        Seat.respondent_id,
        sa.select(
            Campaign.title,
            MarkedText.item,
            MarkedText.points,
            MarkedText.given_at,
            ExpertMark.remark.label("text"),
        )
        .select_from(Seat)
        .join(Sitting, Sitting.seat_id == Seat.id)
        .join(MarkedText, MarkedText.sitting_id == Sitting.id)
        .join(ExpertMark, ExpertMark.text_id == MarkedText.id)
        .join(Campaign, Campaign.id == MarkedText.campaign_id)
        .where(MarkedText.state == TextState.GIVEN)
        .order_by(MarkedText.given_at, MarkedText.id, ExpertMark.id),
    ),
    Part(
        "marks_given",
        ExpertMark.person_id,
        sa.select(ExpertMark.at, ExpertMark.points, ExpertMark.remark.label("text")).order_by(ExpertMark.at),
    ),
    Part(
        "routes",
        Route.person_id,
        sa.select(
            Campaign.title,
            Route.state,
            Route.goal,
            Route.starts_on,
            Route.ends_on,
            Route.conclusion,
            RouteStep.order,
            RouteStep.title.label("step"),
            RouteStep.state.label("step_state"),
            RouteStep.hours,
            RouteStep.due_on,
            StepEvidence.text.label("evidence"),
        )
        .join(Campaign, Campaign.id == Route.campaign_id)
        .outerjoin(RouteStep, RouteStep.route_id == Route.id)
        .outerjoin(StepEvidence, StepEvidence.step_id == RouteStep.id)
        .order_by(Route.created_at, RouteStep.order, StepEvidence.at),
    ),
    Part(
        "remarks",
        Route.person_id,
        sa.select(RouteRemark.at, RouteRemark.kind, RouteRemark.text)
        .join(Route, Route.id == RouteRemark.route_id)
        .order_by(RouteRemark.at),
    ),
    # Not the words of letters that carry a way in: a link must not lie in a file that is passed on
    Part(
        "letters",
        Letter.to_person_id,
        sa.select(Letter.created_at, Letter.to_address, Letter.subject, Letter.about, Letter.state).order_by(
            Letter.created_at
        ),
    ),
    Part(
        "files",
        StoredFile.owner_id,
        sa.select(StoredFile.name, StoredFile.purpose, StoredFile.size, StoredFile.created_at).order_by(
            StoredFile.created_at
        ),
    ),
    # What was done with the person's own row; what the person did at work with others is not about them
    Part(
        "journal",
        AuditRow.object_id,
        sa.select(AuditRow.at, AuditRow.action)
        .where(AuditRow.object_kind == "person")
        .order_by(AuditRow.number),
    ),
)
