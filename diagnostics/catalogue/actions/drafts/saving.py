"""A draft is saved against the revision its author has read: what others changed meanwhile is joined, not lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.catalogue.actions.drafts.moving import void_approvals, writable
from diagnostics.catalogue.draft_models import Draft, DraftRevision, StepKind
from diagnostics.catalogue.drafting import HOLDS, body_at, code_of, refused_step, settled, title_of
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused
from instruments.drafting.cleaning import Removed, clean
from instruments.drafting.merging import Patch, merge, patch_between
from instruments.formats.limits import MOST_BYTES
from instruments.versions import canonical_json

MOST_ITEMS = 2_000  # of one work: its pages list them all


@dataclass(frozen=True, slots=True)
class Saved:
    """`merged`: others had changed something else meanwhile, so `body` is not what was sent.

    `removed`: markup taken out of the words, for the author to see.
    """

    revision: int
    body: Json
    merged: bool = False
    removed: tuple[Removed, ...] = ()


def save(draft_id: str, *, base_revision: int, body: Mapping[str, Any], actor_id: str) -> Saved:
    """Take a whole body written upon `base_revision` ({instrument, scoring}; absent documents stay).

    Raises
    ------
    ChangedMeanwhile
        Another author changed the same question since. Nothing of this save is in the draft; all of it is kept
        as a step of the log, for `choose`. Catch it in the view, so that the answer's commit keeps it.
    VersionFrozen
        The draft has become a version.
    DraftMoveRefused
        It was thrown away.
    FieldRefused
        `draft_too_big`, `draft_too_long`.
    """
    draft = writable(draft_id)
    base = body_at(draft, base_revision)
    cleaned = clean({part: body.get(part, base.get(part)) for part in HOLDS[draft.kind]})
    refuse_too_big(cleaned.body)
    result = merge(base, cleaned.body, draft.body)
    if result.clashes:
        kept = _keep_refused(draft, base_revision, patch_between(base, cleaned.body), actor_id)
        raise ChangedMeanwhile(result.clashes, revision=draft.revision, kept=kept)
    write(draft, result.body, StepKind.SAVED, actor_id=actor_id)
    return Saved(draft.revision, draft.body, result.body != cleaned.body, cleaned.removed)


def choose(draft_id: str, *, kept: int, choices: Mapping[str, str], actor_id: str) -> Saved:
    """Settle a clash: step `kept` of the log goes in, and where it clashes `choices` decides.

    `choices`: path of a part → «mine» or «theirs». A part that has clashed anew since raises ChangedMeanwhile
    with the same `kept`.
    """
    draft = writable(draft_id)
    step = refused_step(draft_id, kept)
    result = settled(draft, step, choices)
    if result.clashes:
        raise ChangedMeanwhile(result.clashes, revision=draft.revision, kept=kept)
    write(draft, result.body, StepKind.CHOSEN, actor_id=actor_id, about=kept, even_unchanged=True)
    return Saved(draft.revision, draft.body, merged=True)


def write(
    draft: Draft,
    body: Json,
    kind: StepKind,
    *,
    actor_id: str,
    about: int | None = None,
    even_unchanged: bool = False,
) -> None:
    """Put a body in the place of the standing one as the next revision; the same body is no step."""
    patch = patch_between(draft.body, body)
    if not patch and not even_unchanged:
        return
    now = clock.now()
    draft.revision += 1
    draft.body = body
    draft.title = title_of(draft.kind, body) or draft.title
    draft.code = code_of(draft.kind, body) or draft.code
    draft.updated_at, draft.updated_by = now, actor_id
    log(draft, kind, patch, actor_id, about=about)
    void_approvals(draft.id)
    session.flush()


def log(
    draft: Draft,
    kind: StepKind,
    patch: Patch,
    actor_id: str,
    *,
    about: int | None = None,
    base_revision: int | None = None,
) -> int:
    """The next step of the log; returns its number."""
    last = session.scalar(
        sa.select(sa.func.max(DraftRevision.number)).where(DraftRevision.draft_id == draft.id)
    )
    number = (last or 0) + 1
    session.add(
        DraftRevision(
            draft_id=draft.id,
            number=number,
            revision=draft.revision,
            kind=kind,
            patch=patch,
            about=about,
            base_revision=base_revision,
            person_id=actor_id,
            at=clock.now(),
        )
    )
    session.flush()
    return number


def _keep_refused(draft: Draft, base_revision: int, patch: Patch, actor_id: str) -> int:
    return log(draft, StepKind.REFUSED, patch, actor_id, base_revision=base_revision)


def refuse_too_big(body: Json) -> None:
    items = (body.get("instrument") or {}).get("items") or ()
    if len(items) > MOST_ITEMS:
        raise FieldRefused("draft_too_long", field="body", number=len(items), most=MOST_ITEMS)
    size = len(canonical_json(body))
    if size > MOST_BYTES:
        raise FieldRefused("draft_too_big", field="body", most=MOST_BYTES // 1024)
