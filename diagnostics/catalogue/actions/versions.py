"""Frozen versions are stored and live: draft → review → pilot → published → retired."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.catalogue.errors import DocumentRefused, MoveRefused
from diagnostics.catalogue.models import LifeState, Version, VersionKind, VersionLife
from diagnostics.database import Json, moved, session, take_turn
from instruments.checking import check_framework, check_instrument, check_scoring
from instruments.document import Instrument
from instruments.framework import Framework
from instruments.problems import Problem, has_errors
from instruments.scoring import Scoring
from instruments.versions import canonical_json

# State → states it may be moved to. Straight from a draft go documents checked elsewhere: what is being written
# and reviewed is a `Draft`, so a version of it begins its life tried out or published.
MOVES: dict[LifeState, frozenset[LifeState]] = {
    LifeState.DRAFT: frozenset({LifeState.REVIEW, LifeState.PILOT, LifeState.PUBLISHED}),
    LifeState.REVIEW: frozenset({LifeState.DRAFT, LifeState.PILOT, LifeState.PUBLISHED}),
    LifeState.PILOT: frozenset({LifeState.PUBLISHED, LifeState.RETIRED}),
    LifeState.PUBLISHED: frozenset({LifeState.RETIRED}),
    LifeState.RETIRED: frozenset(),
}


def store(
    *,
    kind: VersionKind,
    code: str,
    body: Json,
    about_id: str | None = None,
    author_id: str | None = None,
    reason: str = "",
) -> Version:
    """Freeze a document as the next version of its code; the same content is the standing version.

    Published by nobody yet: it begins its life as a draft.
    """
    hold_code(code)
    content_hash = hashlib.sha256(canonical_json(body)).hexdigest()
    standing = _standing(kind, code, content_hash, about_id)
    if standing is not None:
        return standing
    last = session.scalar(
        sa.select(sa.func.max(Version.number)).where(Version.kind == kind, Version.code == code)
    )
    now = clock.now()
    version = Version(
        kind=kind,
        code=code,
        number=(last or 0) + 1,
        body=body,
        content_hash=content_hash,
        about_id=about_id,
        author_id=author_id,
        reason=reason,
        created_at=now,
    )
    session.add(version)
    session.flush()
    session.add(
        VersionLife(version_id=version.id, state=LifeState.DRAFT, changed_at=now, changed_by=author_id)
    )
    audit.record(
        "catalogue.store",
        actor_id=author_id,
        kind=kind.value,
        object_id=version.id,
        after=content_hash,
        note=reason,
    )
    session.flush()
    return version


def hold_code(code: str) -> None:
    """Versions of one code are made one after another: two of a moment would get the same number."""
    take_turn(f"version:{code}")


def _standing(kind: VersionKind, code: str, content_hash: str, about_id: str | None) -> Version | None:
    about = Version.about_id.is_(None) if about_id is None else Version.about_id == about_id
    return session.scalars(
        sa.select(Version).where(
            Version.kind == kind, Version.code == code, Version.content_hash == content_hash, about
        )
    ).first()


def move(version_id: str, to: LifeState, *, actor_id: str | None) -> None:
    """One step of a version's life."""
    sources = [state for state, targets in MOVES.items() if to in targets]
    statement = (
        sa.update(VersionLife)
        .where(VersionLife.version_id == version_id, VersionLife.state.in_(sources))
        .values(state=to, changed_at=clock.now(), changed_by=actor_id)
    )
    if not moved(statement):
        raise MoveRefused(to.value)
    audit.record("catalogue.move", actor_id=actor_id, kind="version", object_id=version_id, after=to.value)


def publish_after_pilot(version_id: str, *, actor_id: str | None) -> None:
    """A tried-out instrument and its keys are published as they stand."""
    move(version_id, LifeState.PUBLISHED, actor_id=actor_id)
    for scoring_id in _scorings_in(version_id, LifeState.PILOT):
        move(scoring_id, LifeState.PUBLISHED, actor_id=actor_id)


def retire(version_id: str, *, actor_id: str | None) -> None:
    """No new diagnosis asks it; those that do go on, and their results stay."""
    move(version_id, LifeState.RETIRED, actor_id=actor_id)
    for scoring_id in _scorings_in(version_id, LifeState.PILOT):
        move(scoring_id, LifeState.RETIRED, actor_id=actor_id)


def _scorings_in(instrument_id: str, state: LifeState) -> list[str]:
    return list(
        session.scalars(
            sa.select(Version.id)
            .join(VersionLife, VersionLife.version_id == Version.id)
            .where(
                Version.kind == VersionKind.SCORING,
                Version.about_id == instrument_id,
                VersionLife.state == state,
            )
        )
    )


def publish_framework(document: Framework, *, actor_id: str | None) -> Version:
    _refuse_problems(check_framework(document))
    return _publish(VersionKind.FRAMEWORK, document.code, _body(document), None, actor_id)


def publish_instrument(
    instrument: Instrument, scoring: Scoring, framework: Framework, *, actor_id: str | None
) -> tuple[Version, Version]:
    """Publish an instrument with its scoring, both checked whole against the framework.

    Raises
    ------
    DocumentRefused
        With every mistake of both documents.
    """
    _refuse_problems([*check_instrument(instrument), *check_scoring(instrument, scoring, framework)])
    asked = _publish(VersionKind.INSTRUMENT, instrument.code, _body(instrument), None, actor_id)
    scored = _publish(VersionKind.SCORING, scoring.code, _body(scoring), asked.id, actor_id)
    return asked, scored


def publish_method(body: Json, *, actor_id: str | None) -> Version:
    return _publish(VersionKind.METHOD, str(body["code"]), body, None, actor_id)


def publish_calibration(
    code: str, body: Json, *, scoring_id: str | None, actor_id: str | None, reason: str
) -> Version:
    version = store(
        kind=VersionKind.CALIBRATION,
        code=code,
        body=body,
        about_id=scoring_id,
        author_id=actor_id,
        reason=reason,
    )
    return _made_public(version, actor_id)


def _publish(kind: VersionKind, code: str, body: Json, about_id: str | None, actor_id: str | None) -> Version:
    return _made_public(
        store(kind=kind, code=code, body=body, about_id=about_id, author_id=actor_id), actor_id
    )


def _made_public(version: Version, actor_id: str | None) -> Version:
    life = session.get(VersionLife, version.id)
    if life is None or life.state is not LifeState.PUBLISHED:
        move(version.id, LifeState.PUBLISHED, actor_id=actor_id)
    return version


def _refuse_problems(problems: list[Problem]) -> None:
    if has_errors(problems):
        raise DocumentRefused(problems)


def _body(document: Framework | Instrument | Scoring) -> Json:
    body: Json = json.loads(canonical_json(document))
    return body
