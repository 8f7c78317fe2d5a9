"""What a draft is made of: its documents, whether they are sound, and its body at an earlier revision."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from diagnostics.catalogue.draft_models import Draft, DraftKind, DraftRevision, StepKind
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import documents
from diagnostics.catalogue.queries.versions import latest_published, published
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from instruments.checking import check_framework, check_instrument, check_scoring
from instruments.document import Instrument
from instruments.drafting.merging import BEFORE, Merged, Patch, applied, merge
from instruments.formats.limits import Source
from instruments.formats.shapes import shape
from instruments.framework import Framework
from instruments.linting import Hint, lint
from instruments.problems import DocumentError, Problem, error, has_errors
from instruments.scoring import Scoring
from instruments.texts import say
from instruments.versions import canonical_json

Document = TypeVar("Document", Instrument, Scoring, Framework)

INSTRUMENT, SCORING, FRAMEWORK = "instrument", "scoring", "framework"
#: The documents of a draft by its kind.
HOLDS: Mapping[DraftKind, tuple[str, ...]] = {
    DraftKind.INSTRUMENT: (INSTRUMENT, SCORING),
    DraftKind.FRAMEWORK: (FRAMEWORK,),
    DraftKind.SCORING: (SCORING,),
}
NOT_IN_BODY = (StepKind.REFUSED,)


@dataclass(frozen=True, slots=True)
class Checked:
    """Documents that could be read, and every mistake with the name of the document it stands in."""

    instrument: Instrument | None
    scoring: Scoring | None
    framework: Framework | None
    problems: tuple[tuple[str, Problem], ...]

    @property
    def sound(self) -> bool:
        return not has_errors(problem for _part, problem in self.problems)

    def hints(self) -> list[Hint]:
        """What an editor would remark on the questions; they never stand in the way."""
        return lint(self.instrument, self.scoring, self.framework) if self.instrument else []


def check(kind: DraftKind, body: Mapping[str, Any], based_on_id: str | None = None) -> Checked:
    """Everything that is wrong with a draft, all at once. `based_on_id`: of kind scoring, the questions."""
    problems: list[tuple[str, Problem]] = []
    if kind is DraftKind.FRAMEWORK:
        own = _read(body, FRAMEWORK, Framework, problems)
        if own is not None:
            problems += [(FRAMEWORK, one) for one in check_framework(own)]
        return Checked(None, None, own, tuple(problems))
    asked = (
        documents.instrument(based_on_id)
        if kind is DraftKind.SCORING and based_on_id
        else _read(body, INSTRUMENT, Instrument, problems)
    )
    keyed = _read(body, SCORING, Scoring, problems)
    if asked is not None and kind is DraftKind.INSTRUMENT:
        problems += [(INSTRUMENT, one) for one in check_instrument(asked)]
    against = _framework_of(keyed, problems)
    if asked is not None and keyed is not None and against is not None:
        problems += [(SCORING, one) for one in check_scoring(asked, keyed, against)]
    return Checked(asked, keyed, against, tuple(problems))


def title_of(kind: DraftKind, body: Mapping[str, Any]) -> str:
    """The Russian title as it stands, or nothing: a draft may lack it."""
    titles = _document(body, FRAMEWORK if kind is DraftKind.FRAMEWORK else INSTRUMENT).get("title")
    return (
        say(titles).strip() if isinstance(titles, Mapping) and isinstance(titles.get("ru", ""), str) else ""
    )


def code_of(kind: DraftKind, body: Mapping[str, Any]) -> str:
    code = _document(body, HOLDS[kind][0]).get("code")
    return code if isinstance(code, str) else ""


def body_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes: what an approval is bound to."""
    return hashlib.sha256(canonical_json(body)).hexdigest()


def steps_after(draft_id: str, revision: int) -> list[DraftRevision]:
    """Steps that made the body what it is since a revision, newest first."""
    return list(
        session.scalars(
            sa.select(DraftRevision)
            .where(
                DraftRevision.draft_id == draft_id,
                DraftRevision.revision > revision,
                DraftRevision.kind.not_in(NOT_IN_BODY),
            )
            .order_by(DraftRevision.number.desc())
        )
    )


def body_at(draft: Draft, revision: int) -> Json:
    """The body as it stood at an earlier revision; ChangedMeanwhile for one that never was."""
    if not 1 <= revision <= draft.revision:
        raise ChangedMeanwhile((), revision=draft.revision)
    body: Json = draft.body
    for step in steps_after(draft.id, revision):
        body = applied(body, patch_of(step), side=BEFORE)
    return body


def patch_of(step: DraftRevision) -> Patch:
    return step.patch


def _document(body: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = body.get(part)
    return found if isinstance(found, Mapping) else {}


def _read(
    body: Mapping[str, Any], part: str, kind: type[Document], problems: list[tuple[str, Problem]]
) -> Document | None:
    data = body.get(part)
    if isinstance(data, Mapping):
        data = {**data, "kind": part}
    try:
        found = shape(Source(data, {}))
    except DocumentError as wrong:
        problems += [(part, problem) for problem in wrong.problems]
        return None
    return found if isinstance(found, kind) else None


def _framework_of(keyed: Scoring | None, problems: list[tuple[str, Problem]]) -> Framework | None:
    if keyed is None:
        return None
    version = latest_published(VersionKind.FRAMEWORK, keyed.framework)
    if version is None:
        known = ", ".join(sorted({one.code for one in published(VersionKind.FRAMEWORK)}))
        problems.append((SCORING, error(FRAMEWORK, "not_one_of", expected=known)))
        return None
    return documents.framework(version.id)


def settled(draft: Draft, step: DraftRevision, choices: Mapping[str, str] | None = None) -> Merged:
    """A refused save against the draft of today."""
    base = body_at(draft, step.base_revision or 1)
    return merge(base, applied(base, patch_of(step)), draft.body, choices)


def refused_step(draft_id: str, number: int) -> DraftRevision:
    found = session.scalars(
        sa.select(DraftRevision).where(
            DraftRevision.draft_id == draft_id,
            DraftRevision.number == number,
            DraftRevision.kind == StepKind.REFUSED,
        )
    ).one_or_none()
    if found is None:
        raise Missing
    return found
