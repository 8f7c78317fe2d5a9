"""A draft as the pages of its life see it: who wrote it, what is wrong with it, what is said of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flask import current_app, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.catalogue import comparing
from diagnostics.catalogue.draft_models import Draft, DraftKind, DraftState
from diagnostics.catalogue.drafting import Checked, check
from diagnostics.catalogue.queries import VersionView
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.catalogue.queries.drafts import Comment, DraftView
from diagnostics.database import session
from diagnostics.web import guard
from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.entry import Documents
from diagnostics.web.authoring.life.changes import Place, places_between
from diagnostics.web.authoring.life.versions import body_of
from instruments.texts import say
from instruments.versions import canonical_json

TABS = (
    ("authoring.draft_edit", "edit"),
    ("authoring.framework_edit", "document"),
    ("authoring.mending", "mending"),
    ("authoring.draft_outline", "outline"),
    ("authoring.draft_settings", "settings"),
    ("authoring.draft_preview", "preview"),
    ("authoring.draft_import", "import"),
    ("authoring.draft_review", "review"),
    ("authoring.draft_history", "history"),
)
#: Pages of one kind of drafts only.
OWN_PAGE = {"document": DraftKind.FRAMEWORK, "mending": DraftKind.SCORING}


def language() -> str:
    return str(get_locale() or "ru")


def me() -> str:
    return guard.actor().person_id or ""


@dataclass(frozen=True)
class Opened:
    view: DraftView

    @classmethod
    def to_read(cls, draft_id: str) -> Opened:
        """For everybody who may speak of the draft or check it; Missing to all others."""
        guard.require(Permission.INSTRUMENT_REVIEW, things.draft(draft_id))
        return cls(reading.draft(draft_id))

    @classmethod
    def to_write(cls, draft_id: str) -> Opened:
        guard.require(Permission.INSTRUMENT_EDIT, things.draft(draft_id))
        return cls(reading.draft(draft_id))

    @property
    def id(self) -> str:
        return self.view.id

    @property
    def state(self) -> DraftState:
        return self.view.line.state

    @property
    def kind(self) -> DraftKind:
        return self.view.line.kind

    @property
    def is_mine(self) -> bool:
        """Whether the reader has written any of it."""
        return me() in self.view.line.authors

    @property
    def may_write(self) -> bool:
        return guard.may(Permission.INSTRUMENT_EDIT, things.draft(self.id))

    @cached_property
    def checked(self) -> Checked:
        return check(self.kind, self.view.body, self.view.line.based_on_id)

    @cached_property
    def around(self) -> Around:
        """Names for the codes of the draft; behind a mended key stand the questions that it is for."""
        asked, keyed = self.checked.instrument, self.view.body.get("scoring")
        instrument = self.view.body.get("instrument") or (json.loads(canonical_json(asked)) if asked else {})
        return Around(Documents(instrument, keyed or {}), self.checked.framework, language())

    @cached_property
    def before(self) -> VersionView | None:
        """The version before it that anybody has met."""
        return comparing.version_before(session.get_one(Draft, self.id))

    @cached_property
    def changes(self) -> list[Place]:
        if self.before is None:
            return []
        found = places_between(body_of(self.before, only=tuple(self.view.body)), self.view.body, language())
        return [replace(one, title=one.title or self._title(one.code)) for one in found]

    def _title(self, code: str) -> str:
        """The name of a question of which only the key has changed."""
        documents = self.around.documents
        return say(documents.entry(code).item.get("title"), language()) if documents.has(code) else ""

    @cached_property
    def threads(self) -> list[Comment]:
        return reading.comments(self.id)

    @property
    def names(self) -> Mapping[str, str]:
        """Person → name, for everybody who appears on the page."""
        line = self.view.line
        said = (person for one in self.threads for person in (one.author_id, one.resolved_by, *_authors(one)))
        return names_of([*line.authors, line.updated_by, line.submitted_by, *said])

    def tabs(self, here: str) -> list[dict[str, object]]:
        """Pages of the draft that stand and that the reader may open."""
        labels = {
            "edit": _("Задания"),
            "document": _("Документ"),
            "mending": _("Ключ"),
            "outline": _("План"),
            "settings": _("Настройки"),
            "preview": _("Предпросмотр"),
            "import": _("Таблица и текст"),
            "review": _("Проверка"),
            "history": _("История"),
        }
        return [
            {"label": labels[name], "href": url_for(endpoint, draft_id=self.id), "current": name == here}
            for endpoint, name in TABS
            if endpoint in current_app.view_functions and self._opens(name)
        ]

    @property
    def edit_href(self) -> str:
        """Where the draft is written."""
        return edit_href(self.id, self.kind)

    def _opens(self, name: str) -> bool:
        if name in ("review", "history"):
            return True
        if name in OWN_PAGE:
            return self.may_write and self.kind is OWN_PAGE[name]
        return self.may_write and self.kind is DraftKind.INSTRUMENT and self.state is not DraftState.DROPPED


def edit_href(draft_id: str, kind: DraftKind, item: str = "") -> str:
    """The page on which a draft of this kind is written, at one of its questions."""
    endpoint = {
        DraftKind.INSTRUMENT: "authoring.draft_edit",
        DraftKind.FRAMEWORK: "authoring.framework_edit",
        DraftKind.SCORING: "authoring.mending",
    }[kind]
    standing = endpoint if endpoint in current_app.view_functions else "authoring.draft_review"
    return url_for(standing, draft_id=draft_id, item=item or None)


def names_of(people: Iterable[str | None]) -> dict[str, str]:
    """Names; who was erased is «автор», because the words stay."""
    return {one: name_of(one) or _("автор") for one in dict.fromkeys(people) if one}


def _authors(comment: Comment) -> list[str]:
    return [one.author_id for one in comment.answers]
