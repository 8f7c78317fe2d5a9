"""Drafts as their readers see them: lists in a scope, one whole, its steps, comments and approvals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.catalogue.draft_models import (
    Draft,
    DraftApproval,
    DraftComment,
    DraftKind,
    DraftRevision,
    DraftState,
    StepKind,
)
from diagnostics.catalogue.drafting import NOT_IN_BODY, body_at, patch_of, refused_step, settled
from diagnostics.catalogue.stacks import stacks_of
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.people.models import OrgNode
from instruments.drafting.merging import Clash, Patch

LIVING = (DraftState.DRAFT, DraftState.REVIEW, DraftState.RETURNED)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list, without its body."""

    id: str
    kind: DraftKind
    code: str
    title: str
    state: DraftState
    revision: int
    node_id: str
    place: str
    based_on_id: str | None
    version_id: str | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    updated_by: str
    submitted_at: datetime | None
    submitted_by: str | None
    open_comments: int
    authors: frozenset[str]


@dataclass(frozen=True, slots=True)
class DraftView:
    """One draft with its body; `wanted`: what its author asked for at the review."""

    line: DraftLine
    body: Json
    wanted: Json

    @property
    def id(self) -> str:
        return self.line.id


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    revision: int
    kind: StepKind
    patch: Patch
    person_id: str
    at: datetime
    about: int | None


@dataclass(frozen=True, slots=True)
class Comment:
    id: str
    place: str
    body: str
    revision: int
    author_id: str
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    answers: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    person_id: str
    revision: int
    note: str
    created_at: datetime
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turns:
    """How many of their own steps a person can take back, and put in again."""

    undo: int
    redo: int


def in_scope(
    paths: Sequence[str], states: Sequence[DraftState] = LIVING, kinds: Sequence[DraftKind] | None = None
) -> list[DraftLine]:
    """Drafts of the places at or below `paths`, the last touched first."""
    if not paths:
        return []
    conditions = [
        sa.or_(*(OrgNode.path.startswith(path, autoescape=True) for path in paths)),
        Draft.state.in_(states),
    ]
    if kinds is not None:
        conditions.append(Draft.kind.in_(kinds))
    return _lines(*conditions)


def draft(draft_id: str) -> DraftView:
    lines = _lines(Draft.id == draft_id)
    if not lines:
        raise Missing
    found = session.get_one(Draft, draft_id)
    return DraftView(lines[0], found.body, found.wanted or {})


def at_revision(draft_id: str, revision: int) -> Json:
    """The body at an earlier revision; ChangedMeanwhile for one that never was."""
    found = session.get(Draft, draft_id)
    if found is None:
        raise Missing
    return body_at(found, revision)


def steps(draft_id: str, limit: int = 200) -> list[Step]:
    """The log, newest first."""
    rows = session.scalars(
        sa.select(DraftRevision)
        .where(DraftRevision.draft_id == draft_id)
        .order_by(DraftRevision.number.desc())
        .limit(limit)
    )
    return [
        Step(row.number, row.revision, row.kind, patch_of(row), row.person_id, row.at, row.about)
        for row in rows
    ]


def unsettled(draft_id: str, person_id: str) -> list[int]:
    """Numbers of a person's own refused saves that nobody has settled yet, oldest first."""
    log = session.execute(
        sa.select(DraftRevision.number, DraftRevision.kind, DraftRevision.about).where(
            DraftRevision.draft_id == draft_id, DraftRevision.person_id == person_id
        )
    ).all()
    settled = {about for _number, kind, about in log if kind is StepKind.CHOSEN}
    return sorted(number for number, kind, _ in log if kind is StepKind.REFUSED and number not in settled)


def clashes(draft_id: str, kept: int) -> tuple[Clash, ...]:
    """Where a refused save clashes with the draft of today; Missing for a step that is none."""
    found = session.get(Draft, draft_id)
    if found is None:
        raise Missing
    return settled(found, refused_step(draft_id, kept)).clashes


def turns(draft_id: str, person_id: str) -> Turns:
    found = stacks_of(draft_id, person_id)
    return Turns(len(found.done), len(found.undone))


def comments(draft_id: str) -> list[Comment]:
    """Threads by place, oldest first; answers stand inside."""
    rows = session.scalars(
        sa.select(DraftComment)
        .where(DraftComment.draft_id == draft_id)
        .order_by(DraftComment.created_at, DraftComment.id)
    ).all()
    return [
        _comment(row, tuple(_comment(one) for one in rows if one.answers_id == row.id))
        for row in rows
        if row.answers_id is None
    ]


def approvals(draft_id: str) -> list[Approval]:
    rows = session.scalars(
        sa.select(DraftApproval)
        .where(DraftApproval.draft_id == draft_id)
        .order_by(DraftApproval.created_at.desc())
    )
    return [Approval(row.person_id, row.revision, row.note, row.created_at, row.voided_at) for row in rows]


def _comment(row: DraftComment, answers: tuple[Comment, ...] = ()) -> Comment:
    return Comment(
        row.id,
        row.place,
        row.body,
        row.revision,
        row.author_id,
        row.created_at,
        row.resolved_at,
        row.resolved_by,
        answers,
    )


def _lines(*conditions: sa.ColumnElement[bool]) -> list[DraftLine]:
    rows = session.execute(
        sa.select(
            Draft.id,
            Draft.kind,
            Draft.code,
            Draft.title,
            Draft.state,
            Draft.revision,
            Draft.node_id,
            OrgNode.short_name.label("place"),
            Draft.based_on_id,
            Draft.version_id,
            Draft.created_by,
            Draft.created_at,
            Draft.updated_at,
            Draft.updated_by,
            Draft.submitted_at,
            Draft.submitted_by,
        )
        .join(OrgNode, OrgNode.id == Draft.node_id)
        .where(*conditions)
        .order_by(Draft.updated_at.desc(), Draft.id)
    ).all()
    ids = [row[0] for row in rows]
    talked, wrote = _open_comments(ids), _authors(ids)
    return [
        DraftLine(
            **row._asdict(),
            open_comments=talked.get(row.id, 0),
            authors=wrote.get(row.id, frozenset({row.created_by})),
        )
        for row in rows
    ]


def _open_comments(ids: Sequence[str]) -> dict[str, int]:
    rows = session.execute(
        sa.select(DraftComment.draft_id, sa.func.count())
        .where(
            DraftComment.draft_id.in_(ids),
            DraftComment.resolved_at.is_(None),
            DraftComment.answers_id.is_(None),
        )
        .group_by(DraftComment.draft_id)
    )
    return {row[0]: row[1] for row in rows}


def _authors(ids: Sequence[str]) -> dict[str, frozenset[str]]:
    rows = session.execute(
        sa.select(DraftRevision.draft_id, DraftRevision.person_id)
        .where(DraftRevision.draft_id.in_(ids), DraftRevision.kind.not_in(NOT_IN_BODY))
        .distinct()
    ).all()
    return {draft_id: frozenset(person for own, person in rows if own == draft_id) for draft_id in ids}
