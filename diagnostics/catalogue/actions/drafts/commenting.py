"""What readers of a draft say about a place of it, and what its authors have answered for."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue.actions.drafts.moving import locked
from diagnostics.catalogue.draft_models import DraftComment
from diagnostics.database import moved, session
from diagnostics.errors import FieldRefused, Missing
from instruments.drafting.cleaning import clean_text

LONGEST_COMMENT = 4000
LONGEST_PLACE = 200


def comment(
    draft_id: str, *, place: str, body: str, actor_id: str, answers_id: str | None = None
) -> DraftComment:
    """`place`: path of codes («items.M01.options.b», «items.M01.show_if»), empty for the whole draft."""
    draft = locked(draft_id)
    text = clean_text(body)[0].strip()
    if not text:
        raise FieldRefused("comment_empty", field="body")
    if len(text) > LONGEST_COMMENT:
        raise FieldRefused("text_too_long", field="body")
    if answers_id is not None:
        answered = session.get(DraftComment, answers_id)
        if answered is None or answered.draft_id != draft_id:
            raise Missing
        place = answered.place
    made = DraftComment(
        draft_id=draft_id,
        place=place[:LONGEST_PLACE],
        body=text,
        answers_id=answers_id,
        revision=draft.revision,
        author_id=actor_id,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    audit.record("catalogue.comment", actor_id=actor_id, kind="draft", object_id=draft_id, after=made.id)
    return made


def resolve(draft_id: str, comment_id: str, *, actor_id: str) -> None:
    """The place was mended, or the question answered; done twice it changes nothing."""
    _mark(draft_id, comment_id, actor_id, resolved=True)


def reopen(draft_id: str, comment_id: str, *, actor_id: str) -> None:
    _mark(draft_id, comment_id, actor_id, resolved=False)


def _mark(draft_id: str, comment_id: str, actor_id: str, *, resolved: bool) -> None:
    found = session.get(DraftComment, comment_id)
    if found is None or found.draft_id != draft_id:
        raise Missing
    change = sa.update(DraftComment).where(
        DraftComment.id == comment_id,
        DraftComment.resolved_at.is_(None) if resolved else DraftComment.resolved_at.is_not(None),
    )
    values = (
        {"resolved_at": clock.now(), "resolved_by": actor_id}
        if resolved
        else {"resolved_at": None, "resolved_by": None}
    )
    if moved(change.values(**values)):
        what = "catalogue.comment_resolve" if resolved else "catalogue.comment_reopen"
        audit.record(what, actor_id=actor_id, kind="draft", object_id=draft_id, after=comment_id)
