"""States of a draft in one table; a move is one UPDATE … WHERE state = old."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue.draft_models import Draft, DraftApproval, DraftState
from diagnostics.catalogue.errors import DraftMoveRefused, VersionFrozen
from diagnostics.database import moved, session
from diagnostics.errors import Missing

DRAFT_MOVES: Mapping[DraftState, frozenset[DraftState]] = {
    DraftState.DRAFT: frozenset({DraftState.REVIEW, DraftState.DROPPED}),
    DraftState.REVIEW: frozenset({DraftState.DRAFT, DraftState.RETURNED, DraftState.APPROVED}),
    DraftState.RETURNED: frozenset({DraftState.REVIEW, DraftState.DROPPED}),
    DraftState.APPROVED: frozenset(),
    DraftState.DROPPED: frozenset({DraftState.DRAFT}),
}
#: States in which a draft is written; a change during the review makes approvals void.
WRITABLE = frozenset({DraftState.DRAFT, DraftState.REVIEW, DraftState.RETURNED})


def drop(draft_id: str, *, actor_id: str) -> None:
    """Throw a draft away; `restore` takes it back."""
    move_draft(draft_id, DraftState.DROPPED, actor_id=actor_id)


def restore(draft_id: str, *, actor_id: str) -> None:
    move_draft(draft_id, DraftState.DRAFT, actor_id=actor_id, only_from=DraftState.DROPPED)


def move_draft(
    draft_id: str,
    to: DraftState,
    *,
    actor_id: str,
    only_from: DraftState | None = None,
    note: str = "",
    **values: object,
) -> None:
    """One step of a draft's life, with its audit row; DraftMoveRefused from any other state."""
    sources = [
        state for state, targets in DRAFT_MOVES.items() if to in targets and only_from in (None, state)
    ]
    statement = sa.update(Draft).where(Draft.id == draft_id, Draft.state.in_(sources))
    if not moved(statement.values(state=to, **values)):
        raise DraftMoveRefused(to.value)
    audit.record(
        "catalogue.draft", actor_id=actor_id, kind="draft", object_id=draft_id, after=to.value, note=note
    )


def locked(draft_id: str) -> Draft:
    """The draft, held until the end of the transaction: two saves of one moment follow each other."""
    found = session.get(Draft, draft_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing
    return found


def writable(draft_id: str) -> Draft:
    """The draft, held; VersionFrozen for one that became a version, DraftMoveRefused for one thrown away."""
    found = locked(draft_id)
    if found.state is DraftState.APPROVED:
        raise VersionFrozen
    if found.state not in WRITABLE:
        raise DraftMoveRefused(DraftState.DRAFT.value)
    return found


def void_approvals(draft_id: str) -> None:
    """What was approved is no longer what stands there."""
    session.execute(
        sa.update(DraftApproval)
        .where(DraftApproval.draft_id == draft_id, DraftApproval.voided_at.is_(None))
        .values(voided_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
