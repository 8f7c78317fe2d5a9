"""Undo and redo, each author their own steps, as many as there are: the log keeps everything."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.catalogue.actions.drafts.moving import writable
from diagnostics.catalogue.actions.drafts.saving import Saved, write
from diagnostics.catalogue.draft_models import Draft, DraftRevision, StepKind
from diagnostics.catalogue.drafting import patch_of
from diagnostics.catalogue.errors import NothingToUndo
from diagnostics.catalogue.stacks import stacks_of
from diagnostics.database import Json, session
from instruments.drafting.merging import AFTER, BEFORE, applied, merge


def undo(draft_id: str, *, actor_id: str) -> Saved:
    """Take back the author's own last step; what others wrote since stays.

    Raises
    ------
    NothingToUndo
        `nothing_to_undo`, or `undo_overwritten`: a colleague has changed the same question since.
    """
    return _turn(draft_id, actor_id, StepKind.UNDONE)


def redo(draft_id: str, *, actor_id: str) -> Saved:
    """Put in again what was undone last; NothingToUndo as `undo`."""
    return _turn(draft_id, actor_id, StepKind.REDONE)


def _turn(draft_id: str, actor_id: str, kind: StepKind) -> Saved:
    draft = writable(draft_id)
    stacks = stacks_of(draft_id, actor_id)
    back = kind is StepKind.UNDONE
    waiting = stacks.done if back else stacks.undone
    if not waiting:
        raise NothingToUndo("nothing_to_undo" if back else "nothing_to_redo")
    step = session.scalars(
        sa.select(DraftRevision).where(
            DraftRevision.draft_id == draft_id, DraftRevision.number == waiting[-1]
        )
    ).one()
    body = _turned(draft, step, back=back)
    write(draft, body, kind, actor_id=actor_id, about=step.number, even_unchanged=True)
    return Saved(draft.revision, draft.body)


def _turned(draft: Draft, step: DraftRevision, *, back: bool) -> Json:
    """The body without the step (or with it again): the same joining that two authors go through."""
    start, end = (AFTER, BEFORE) if back else (BEFORE, AFTER)
    patch = patch_of(step)
    result = merge(applied(draft.body, patch, side=start), applied(draft.body, patch, side=end), draft.body)
    if result.clashes:
        raise NothingToUndo("undo_overwritten")
    return result.body
