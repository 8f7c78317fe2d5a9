"""What each stage holds about a person, as one statement a section; names of columns are codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding, FindingScale
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
    SignIn,
)
from diagnostics.sittings.models import Sitting

Query = sa.Select[*tuple[Any, ...]]


def _person(person_id: str) -> Query:
    table = PersonalData.__table__
    return sa.select(*(one for one in table.c if one.name != "sort_name")).where(
        table.c.person_id == person_id
    )


def _account(person_id: str) -> Query:
    return sa.select(
        Account.login,
        Account.language,
        Account.reading,
        Account.created_at,
        Account.password_changed_at,
        Account.closed_at,
    ).where(Account.person_id == person_id)


def _sign_ins(person_id: str) -> Query:
    return (
        sa.select(SignIn.created_at, SignIn.seen_at, SignIn.expires_at, SignIn.revoked_at)
        .where(SignIn.person_id == person_id)
        .order_by(SignIn.created_at)
    )


def _memberships(person_id: str) -> Query:
    return (
        sa.select(
            OrgNode.name.label("place"),
            Membership.position,
            Membership.subject,
            Membership.since,
            Membership.until,
        )
        .join(OrgNode, OrgNode.id == Membership.node_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.since)
    )


def _roles(person_id: str) -> Query:
    return (
        sa.select(RoleGrant.role, OrgNode.name.label("place"), RoleGrant.since, RoleGrant.until)
        .join(OrgNode, OrgNode.id == RoleGrant.node_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.since)
    )


def _groups(person_id: str) -> Query:
    return (
        sa.select(Group.title, GroupMember.since, GroupMember.until)
        .join(Group, Group.id == GroupMember.group_id)
        .where(GroupMember.person_id == person_id)
        .order_by(GroupMember.since)
    )


def _consents(person_id: str) -> Query:
    return (
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
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_at)
    )


def _diagnoses(person_id: str) -> Query:
    school = OrgNode.name.label("place")
    return (
        sa.select(
            Campaign.title,
            Wave.kind,
            school,
            Seat.position,
            Seat.subject_taught.label("subject"),
            Seat.state,
            Seat.invited_at,
            Seat.reminders,
            Seat.declined_at,
            Sitting.started_at,
            Sitting.submitted_at,
            Sitting.receipt,
        )
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .outerjoin(Sitting, Sitting.seat_id == Seat.id)
        .where(Seat.respondent_id == person_id)
        .order_by(Seat.created_at, Seat.id)
    )


def _results(person_id: str) -> Query:
    return (
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
        .where(Finding.person_id == person_id)
        .order_by(Finding.made_at, Finding.id, FindingScale.competence)
    )


def _routes(person_id: str) -> Query:
    return (
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
        .where(Route.person_id == person_id)
        .order_by(Route.created_at, RouteStep.order, StepEvidence.at)
    )


def _remarks(person_id: str) -> Query:
    return (
        sa.select(RouteRemark.at, RouteRemark.kind, RouteRemark.text)
        .join(Route, Route.id == RouteRemark.route_id)
        .where(Route.person_id == person_id)
        .order_by(RouteRemark.at)
    )


def _letters(person_id: str) -> Query:
    """Not the words of letters that carry a way in: a link must not lie in a file that is passed on."""
    return (
        sa.select(Letter.created_at, Letter.to_address, Letter.subject, Letter.about, Letter.state)
        .where(Letter.to_person_id == person_id)
        .order_by(Letter.created_at)
    )


def _files(person_id: str) -> Query:
    return (
        sa.select(StoredFile.name, StoredFile.purpose, StoredFile.size, StoredFile.created_at)
        .where(StoredFile.owner_id == person_id)
        .order_by(StoredFile.created_at)
    )


def _journal(person_id: str) -> Query:
    """What was done with the person's own row; what the person did at work with others is not about them."""
    return (
        sa.select(AuditRow.at, AuditRow.action)
        .where(AuditRow.object_kind == "person", AuditRow.object_id == person_id)
        .order_by(AuditRow.number)
    )


QUERIES: tuple[tuple[str, Callable[[str], Query]], ...] = (
    ("person", _person),
    ("account", _account),
    ("sign_ins", _sign_ins),
    ("memberships", _memberships),
    ("roles", _roles),
    ("groups", _groups),
    ("consents", _consents),
    ("diagnoses", _diagnoses),
    ("results", _results),
    ("routes", _routes),
    ("remarks", _remarks),
    ("letters", _letters),
    ("files", _files),
    ("journal", _journal),
)
