"""An approved draft becomes frozen versions: an instrument with its scoring, a framework, or a mended scoring."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.catalogue import comparing
from diagnostics.catalogue.actions.versions import move, store
from diagnostics.catalogue.draft_models import Draft, DraftKind
from diagnostics.catalogue.drafting import Checked
from diagnostics.catalogue.models import (
    Comparability,
    LifeState,
    Version,
    VersionClaim,
    VersionKind,
    VersionLife,
)
from diagnostics.database import Json, session
from diagnostics.errors import Conflict, Missing
from diagnostics.jobs import actions as jobs
from instruments.document import Instrument
from instruments.formats.limits import Source
from instruments.formats.shapes import shape
from instruments.framework import Framework
from instruments.scoring import Scoring
from instruments.versions import canonical_json
from instruments.words import N_

RESCORE = "findings.rescore"


def refuse_standing(draft: Draft) -> None:
    """Conflict `same_as_version` when every document of the draft stands as a version already."""
    about = draft.based_on_id if draft.kind is DraftKind.SCORING else None
    for part, document in draft.body.items():
        standing = _standing(VersionKind(part), document, about)
        if standing is None:
            return
        if part == VersionKind.INSTRUMENT.value:
            about = standing
    raise Conflict("same_as_version")


def freeze(draft: Draft, checked: Checked, *, actor_id: str) -> Version:
    """Store and move on; a mended scoring also asks for the findings to be made anew."""
    wanted: Mapping[str, Any] = draft.wanted or {}
    to, reason = LifeState(wanted.get("to", LifeState.PUBLISHED)), str(wanted.get("reason", ""))
    before, found = comparing.version_before(draft), comparing.found_against(draft, checked)
    if draft.kind is DraftKind.FRAMEWORK:
        version = _stored(draft, VersionKind.FRAMEWORK, checked.framework, None, reason, to, actor_id)
    elif draft.kind is DraftKind.SCORING:
        version = _mended(draft, checked, reason, actor_id)
    else:
        version = _stored(draft, VersionKind.INSTRUMENT, checked.instrument, None, reason, to, actor_id)
        _stored(draft, VersionKind.SCORING, checked.scoring, version.id, reason, to, actor_id)
    if before is not None and draft.kind is not DraftKind.SCORING and before.id != version.id:
        _claim(draft, version, before.id, found or Comparability.NONE, wanted)
    return version


def _mended(draft: Draft, checked: Checked, reason: str, actor_id: str) -> Version:
    """Keys of what is being tried out are tried out with it, and published with it."""
    about = session.get(VersionLife, draft.based_on_id)
    is_tried = about is not None and about.state is LifeState.PILOT
    to = LifeState.PILOT if is_tried else LifeState.PUBLISHED
    version = _stored(draft, VersionKind.SCORING, checked.scoring, draft.based_on_id, reason, to, actor_id)
    jobs.enqueue(
        RESCORE,
        version.id,
        asker_id=draft.submitted_by or draft.created_by,
        title=N_("Пересчёт результатов по исправленному ключу"),
        stages=[N_("Пересчитываем результаты")],
        parameters={"reason": reason},
        unique_key=f"{RESCORE}:{version.id}",
        metered=False,
    )
    return version


def _stored(
    draft: Draft,
    kind: VersionKind,
    document: Instrument | Scoring | Framework | None,
    about_id: str | None,
    reason: str,
    to: LifeState,
    actor_id: str,
) -> Version:
    if document is None:
        raise Missing
    body: Json = json.loads(canonical_json(document))
    version = store(
        kind=kind,
        code=document.code,
        body=body,
        about_id=about_id,
        author_id=draft.created_by,
        reason=reason,
    )
    life = session.get_one(VersionLife, version.id)
    if life.state is LifeState.DRAFT or (life.state, to) == (LifeState.PILOT, LifeState.PUBLISHED):
        move(version.id, to, actor_id=actor_id)
    return version


def _claim(
    draft: Draft, version: Version, before_id: str, found: Comparability, wanted: Mapping[str, Any]
) -> None:
    if session.get(VersionClaim, version.id) is not None:
        return
    session.add(
        VersionClaim(
            version_id=version.id,
            before_id=before_id,
            claim=Comparability(wanted.get("claim", found)),
            found=found,
            anchors={"items": list(wanted.get("anchors", ()))},
            reason=str(wanted.get("reason", "")),
            person_id=draft.submitted_by,
            created_at=clock.now(),
        )
    )
    session.flush()


def _standing(kind: VersionKind, document: Json, about_id: str | None) -> str | None:
    whole = shape(Source({**document, "kind": kind.value}, {}))
    digest = hashlib.sha256(canonical_json(whole)).hexdigest()
    query = sa.select(Version.id).where(Version.kind == kind, Version.content_hash == digest)
    return session.scalar(query if about_id is None else query.where(Version.about_id == about_id))
