"""A second person checks a draft: it comes back with comments, or is frozen as a version."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue import comparing
from diagnostics.catalogue.actions.drafts.moving import locked, move_draft, void_approvals, writable
from diagnostics.catalogue.actions.drafts.releasing import freeze, refuse_standing
from diagnostics.catalogue.actions.versions import hold_code
from diagnostics.catalogue.draft_models import (
    Draft,
    DraftApproval,
    DraftComment,
    DraftKind,
    DraftRevision,
    DraftState,
)
from diagnostics.catalogue.drafting import NOT_IN_BODY, Checked, body_hash, check
from diagnostics.catalogue.errors import DocumentRefused, DraftMoveRefused
from diagnostics.catalogue.models import Comparability, LifeState, Version, VersionKind
from diagnostics.catalogue.queries.versions import one
from diagnostics.database import session
from diagnostics.errors import Conflict, DomainError, FieldRefused

#: What a reviewer says yes to, point by point.
CHECKLIST = ("content", "fairness", "language", "access")
TARGETS = (LifeState.PILOT, LifeState.PUBLISHED)
LONGEST_REASON = 1000


def submit(
    draft_id: str,
    *,
    revision: int,
    to: LifeState = LifeState.PILOT,
    claim: Comparability | None = None,
    anchors: Collection[str] = (),
    reason: str = "",
    actor_id: str,
) -> None:
    """Ask a second person to check.

    `claim`: how far results stay comparable with the version before, as the author sees it; `anchors`: questions
    declared to ask the same in both.

    Raises
    ------
    DocumentRefused
        With every mistake of the documents.
    Conflict
        `draft_changed_since_read`, or `same_as_version`: nothing differs from a frozen version.
    FieldRefused
        `work_code_taken`: another work has this code already; `mending_reason_missing`: a mended key needs one;
        `claim_reason_missing`: so does a claim that is milder than what the documents say;
        `newer_version_reason_missing`: a version came out after the one that this draft was begun from.
    """
    draft = writable(draft_id)
    if draft.state is DraftState.REVIEW:
        raise DraftMoveRefused(DraftState.REVIEW.value)
    _refuse_other_revision(draft, revision)
    checked = _sound(draft)
    _refuse_taken_code(draft)
    refuse_standing(draft)
    found = comparing.found_against(draft, checked)
    if not reason.strip():
        _refuse_without_reason(draft, claim, found)
    only_published = draft.kind is not DraftKind.INSTRUMENT or to not in TARGETS
    wanted = {
        "to": (LifeState.PUBLISHED if only_published else to).value,
        "claim": (claim or found or Comparability.NONE).value,
        "anchors": sorted(set(anchors) & set(comparing.common_items(draft, checked))),
        "reason": reason.strip()[:LONGEST_REASON],
    }
    now = clock.now()
    move_draft(
        draft_id, DraftState.REVIEW, actor_id=actor_id, wanted=wanted, submitted_at=now, submitted_by=actor_id
    )


def _refuse_without_reason(draft: Draft, claim: Comparability | None, found: Comparability | None) -> None:
    if draft.kind is DraftKind.SCORING:
        raise FieldRefused("mending_reason_missing", field="reason")
    if found is Comparability.BREAKING and claim not in (None, found):
        raise FieldRefused("claim_reason_missing", field="reason")
    if (newer := comparing.overtaken_by(draft)) is not None:
        raise FieldRefused("newer_version_reason_missing", field="reason", number=newer.number)


def take_back(draft_id: str, *, actor_id: str) -> None:
    """The author goes on writing: nobody needs to check."""
    move_draft(draft_id, DraftState.DRAFT, actor_id=actor_id, only_from=DraftState.REVIEW)
    void_approvals(draft_id)


def return_(draft_id: str, *, note: str = "", actor_id: str) -> None:
    """Back to its authors with comments; `note` becomes one about the whole draft.

    Raises
    ------
    FieldRefused
        `return_without_words`: there is neither a note nor an open comment to work by.
    """
    draft = locked(draft_id)
    text = note.strip()
    if not text and not _open_comments(draft_id):
        raise FieldRefused("return_without_words", field="note")
    move_draft(draft_id, DraftState.RETURNED, actor_id=actor_id, only_from=DraftState.REVIEW)
    void_approvals(draft_id)
    if text:
        # kept beside the state move, so that the author always reads why
        session.add(
            DraftComment(
                draft_id=draft_id,
                place="",
                body=text[:LONGEST_REASON],
                revision=draft.revision,
                author_id=actor_id,
                created_at=clock.now(),
            )
        )
        session.flush()


def approve(
    draft_id: str, *, revision: int, checklist: Collection[str], note: str = "", actor_id: str
) -> Version:
    """Checked by a second person: the draft of exactly this revision becomes a frozen version.

    Returns the version of the instrument, of the framework or of the mended scoring.

    Raises
    ------
    DomainError
        `approval_of_own_draft`: who wrote any of it does not approve it.
    Conflict
        `draft_changed_since_read`; `newer_version_came`: after it was sent, so that its author knows nothing of it.
    FieldRefused
        `checklist_incomplete`; `work_code_taken`: another work was approved under this code meanwhile.
    DocumentRefused
        When the documents have mistakes by now: a framework has changed meanwhile.
    """
    draft = locked(draft_id)
    if draft.state is not DraftState.REVIEW:
        raise DraftMoveRefused(DraftState.APPROVED.value)
    _refuse_other_revision(draft, revision)
    if actor_id in authors_of(draft):
        raise DomainError("approval_of_own_draft")
    if missing := [point for point in CHECKLIST if point not in checklist]:
        raise FieldRefused("checklist_incomplete", field=missing[0])
    checked = _sound(draft)
    hold_code(draft.code)
    _refuse_taken_code(draft)
    _refuse_overtaken(draft)
    _record_approval(draft, note.strip()[:LONGEST_REASON], actor_id=actor_id)
    version = freeze(draft, checked, actor_id=actor_id)
    move_draft(draft_id, DraftState.APPROVED, actor_id=actor_id, version_id=version.id)
    return version


def _record_approval(draft: Draft, note: str, *, actor_id: str) -> None:
    approved = body_hash(draft.body)
    session.add(
        DraftApproval(
            draft_id=draft.id,
            revision=draft.revision,
            body_hash=approved,
            person_id=actor_id,
            checklist=dict.fromkeys(CHECKLIST, True),
            note=note,
            created_at=clock.now(),
        )
    )
    audit.record(
        "catalogue.approve", actor_id=actor_id, kind="draft", object_id=draft.id, after=approved, note=note
    )


def authors_of(draft: Draft) -> frozenset[str]:
    """Everybody whose words stand in the draft."""
    wrote = session.scalars(
        sa.select(DraftRevision.person_id)
        .where(DraftRevision.draft_id == draft.id, DraftRevision.kind.not_in(NOT_IN_BODY))
        .distinct()
    )
    return frozenset({draft.created_by, *wrote})


def _sound(draft: Draft) -> Checked:
    checked = check(draft.kind, draft.body, draft.based_on_id)
    if not checked.sound:
        raise DocumentRefused([problem for _part, problem in checked.problems], parts=checked.problems)
    return checked


def _refuse_other_revision(draft: Draft, revision: int) -> None:
    if draft.revision != revision:
        raise Conflict("draft_changed_since_read")


def _refuse_taken_code(draft: Draft) -> None:
    if draft.kind is DraftKind.SCORING:
        return
    base = one(draft.based_on_id) if draft.based_on_id else None
    taken = sa.select(Version.id).where(
        Version.kind == VersionKind(draft.kind.value), Version.code == draft.code
    )
    if (base is None or base.code != draft.code) and session.scalar(taken.limit(1)) is not None:
        raise FieldRefused("work_code_taken", field="code", taken=draft.code)


def _refuse_overtaken(draft: Draft) -> None:
    newer = comparing.overtaken_by(draft)
    if newer is not None and draft.submitted_at is not None and newer.created_at > draft.submitted_at:
        raise Conflict("newer_version_came", number=newer.number)


def _open_comments(draft_id: str) -> bool:
    found = sa.select(DraftComment.id).where(
        DraftComment.draft_id == draft_id, DraftComment.resolved_at.is_(None)
    )
    return session.scalar(found.limit(1)) is not None
