"""A new draft: empty, from a ready example, from a version, or from documents that came in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue import ready
from diagnostics.catalogue.actions.drafts.moving import WRITABLE
from diagnostics.catalogue.actions.drafts.saving import log, refuse_too_big
from diagnostics.catalogue.draft_models import Draft, DraftKind, StepKind
from diagnostics.catalogue.drafting import HOLDS, code_of, title_of
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.catalogue.queries import documents
from diagnostics.catalogue.queries.versions import VersionView, one, scoring_of
from diagnostics.database import Json, session, take_turn
from diagnostics.errors import Missing
from instruments.drafting.cleaning import Removed, clean
from instruments.drafting.merging import patch_between
from instruments.texts import say
from instruments.versions import canonical_json

UNNAMED = "Без названия"


def create(
    kind: DraftKind,
    body: Mapping[str, Any],
    *,
    node_id: str,
    actor_id: str,
    based_on_id: str | None = None,
    title: str = "",
) -> tuple[Draft, tuple[Removed, ...]]:
    """A draft of documents read elsewhere (a workbook, a text, two files), and the markup taken out of them.

    FieldRefused: `draft_too_big`, `draft_too_long`.
    """
    cleaned = clean({part: body.get(part) or {} for part in HOLDS[kind]})
    refuse_too_big(cleaned.body)
    now = clock.now()
    draft = Draft(
        kind=kind,
        code=code_of(kind, cleaned.body),
        title=title_of(kind, cleaned.body) or title or UNNAMED,
        node_id=node_id,
        based_on_id=based_on_id,
        body=cleaned.body,
        created_at=now,
        created_by=actor_id,
        updated_at=now,
        updated_by=actor_id,
    )
    session.add(draft)
    session.flush()
    log(draft, StepKind.CREATED, patch_between({}, cleaned.body), actor_id)
    audit.record("catalogue.draft", actor_id=actor_id, kind="draft", object_id=draft.id, after="draft")
    return draft, cleaned.removed


def create_empty(*, title: str, node_id: str, actor_id: str, kind: DraftKind = DraftKind.INSTRUMENT) -> Draft:
    """A draft with its headings and not one question."""
    return create(kind, ready.empty(kind, title), node_id=node_id, actor_id=actor_id)[0]


def create_from_ready(name: str, *, node_id: str, actor_id: str, title: str = "") -> Draft:
    """One of `ready.EXAMPLES`, under a title of its own if there is one; Missing for another name."""
    body = _titled(ready.example(name), title)
    return create(DraftKind.INSTRUMENT, body, node_id=node_id, actor_id=actor_id)[0]


def create_copy(version_id: str, *, node_id: str, actor_id: str, title: str = "") -> Draft:
    """Another work that begins with the questions of a version; its code is new."""
    version = one(version_id)
    if version is None or version.kind is not VersionKind.INSTRUMENT:
        raise Missing
    body = _titled(ready.under_new_code(_body_of(DraftKind.INSTRUMENT, version)), title)
    return create(DraftKind.INSTRUMENT, body, node_id=node_id, actor_id=actor_id)[0]


def create_from_version(
    version_id: str, *, node_id: str, actor_id: str, kind: DraftKind | None = None
) -> Draft:
    """The next draft of a version; the one that is being written at the place already, if there is one.

    `kind` SCORING: a correction of the key of an instrument version, its questions untouched.
    """
    version = one(version_id)
    if version is None or version.kind not in (VersionKind.INSTRUMENT, VersionKind.FRAMEWORK):
        raise Missing
    if kind is DraftKind.SCORING and version.kind is not VersionKind.INSTRUMENT:
        raise Missing
    wanted = kind or DraftKind(version.kind.value)
    take_turn(f"draft:{version_id}:{node_id}")  # two presses at once begin one draft
    standing = session.scalars(
        sa.select(Draft)
        .where(
            Draft.kind == wanted,
            Draft.node_id == node_id,
            Draft.based_on_id == version_id,
            Draft.state.in_(WRITABLE),
        )
        .order_by(Draft.created_at)
        .limit(1)
    ).first()
    if standing is not None:
        return standing
    body = _body_of(wanted, version)
    title = say(documents.instrument(version_id).title) if wanted is DraftKind.SCORING else ""
    made, _removed = create(
        wanted, body, node_id=node_id, actor_id=actor_id, based_on_id=version_id, title=title
    )
    return made


def _body_of(kind: DraftKind, version: VersionView) -> Json:
    if kind is DraftKind.FRAMEWORK:
        return {"framework": _plain(documents.framework(version.id))}
    # What is being tried out, or was retired, has keys that were never published.
    scored = scoring_of(version.id, met=version.state is not LifeState.PUBLISHED)
    keyed = _plain(documents.scoring(scored.id)) if scored else {}
    if kind is DraftKind.SCORING:
        return {"scoring": keyed}
    return {"instrument": _plain(documents.instrument(version.id)), "scoring": keyed}


def _titled(body: Json, title: str) -> Json:
    """A title of one's own is said in Russian only, so the work is declared Russian until it is translated."""
    if title:
        body["instrument"] |= {"title": {"ru": title}, "languages": ["ru"]}
    return body


def _plain(document: Any) -> Json:
    body: Json = json.loads(canonical_json(document))
    return body
