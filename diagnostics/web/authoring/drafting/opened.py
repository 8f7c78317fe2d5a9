"""A draft as its pages see it: documents, what is wrong with them, what a posted page means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask_babel import get_locale

from diagnostics.access import Permission, things
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind, DraftState
from diagnostics.catalogue.drafting import Checked, check
from diagnostics.catalogue.models import VersionKind
from diagnostics.catalogue.queries import drafts
from diagnostics.catalogue.queries.drafts import DraftView
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.entry import Documents, Json
from diagnostics.web.sentences.common import N_
from instruments.framework import Framework
from instruments.linting import Hint
from instruments.problems import Problem

STATES: dict[DraftState, tuple[str, str]] = {
    DraftState.DRAFT: (N_("черновик"), "work"),
    DraftState.REVIEW: (N_("на согласовании"), "attention"),
    DraftState.RETURNED: (N_("возвращён"), "attention"),
    DraftState.APPROVED: (N_("согласован"), "done"),
    DraftState.DROPPED: (N_("убран"), "outline"),
}
CLOSED = frozenset({DraftState.APPROVED, DraftState.DROPPED})


def language() -> str:
    return str(get_locale() or "ru")


@dataclass(frozen=True)
class Opened:
    """One draft of an instrument, opened by somebody who may edit it."""

    view: DraftView
    documents: Documents

    @classmethod
    def of(cls, draft_id: str) -> Opened:
        """Missing for a stranger, and for a draft that is no work (a framework has pages of its own)."""
        guard.require(Permission.INSTRUMENT_EDIT, things.draft(draft_id))
        view = drafts.draft(draft_id)
        if view.line.kind is not DraftKind.INSTRUMENT:
            raise Missing
        return cls(view, documents_of(view.body))

    @property
    def id(self) -> str:
        return self.view.id

    @property
    def title(self) -> str:
        return self.view.line.title

    @property
    def revision(self) -> int:
        return self.view.line.revision

    @property
    def state_words(self) -> str:
        return STATES[self.view.line.state][0]

    @property
    def state_tag(self) -> str:
        return STATES[self.view.line.state][1]

    @property
    def is_closed(self) -> bool:
        return self.view.line.state in CLOSED

    @cached_property
    def framework(self) -> Framework | None:
        return framework_of(self.documents)

    @cached_property
    def around(self) -> Around:
        return Around(self.documents, self.framework, language())

    @cached_property
    def checked(self) -> Checked:
        return check(DraftKind.INSTRUMENT, self.view.body)

    @property
    def problems(self) -> Iterable[Problem]:
        return [problem for _part, problem in self.checked.problems]

    @cached_property
    def hints(self) -> list[Hint]:
        return self.checked.hints()

    def before(self, revision: int) -> Documents:
        """The documents as they stood when the page was drawn."""
        return documents_of(drafts.at_revision(self.id, revision))


def save(draft_id: str, base: int, documents: Documents) -> actions.Saved:
    return actions.save(
        draft_id,
        base_revision=base,
        body=body_of(documents),
        actor_id=me(),
    )


def me() -> str:
    return guard.actor().person_id or ""


def documents_of(body: Json) -> Documents:
    return Documents(body.get("instrument") or {}, body.get("scoring") or {})


def body_of(documents: Documents) -> Json:
    return {"instrument": documents.instrument, "scoring": documents.scoring}


def framework_of(documents: Documents) -> Framework | None:
    code = documents.scoring.get("framework")
    version = catalogue.latest_published(VersionKind.FRAMEWORK, code) if isinstance(code, str) else None
    return catalogue.framework(version.id) if version else None
