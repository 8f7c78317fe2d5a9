"""«Коллега изменил задание 7: показать»: what others wrote into a draft since a page was drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _

from diagnostics.catalogue.draft_models import StepKind
from diagnostics.catalogue.queries import drafts
from diagnostics.web.authoring.drafting.opened import Opened, me
from instruments.drafting.parts import item_of

MOST_TOLD = 5
IN_BODY = frozenset({StepKind.SAVED, StepKind.UNDONE, StepKind.REDONE, StepKind.CHOSEN})


@dataclass(frozen=True, slots=True)
class News:
    """`codes`: items that colleagues touched; `rest`: whether they touched anything else."""

    codes: tuple[str, ...] = ()
    rest: bool = False
    lines: tuple[dict[str, str], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.codes or self.rest)

    def told(self) -> list[dict[str, str]]:
        return list(self.lines)


def news_since(opened: Opened, revision: int, *, besides: str = "") -> News:
    """Steps of others behind a revision, newest first; `besides`: an item that needs no telling."""
    author = me()
    paths = [
        path
        for step in drafts.steps(opened.id)
        if step.revision > revision and step.kind in IN_BODY and step.person_id != author
        for path in step.patch
    ]
    codes = tuple(dict.fromkeys(code for code in map(item_of, paths) if code and code != besides))
    rest = any(item_of(path) is None for path in paths)
    return News(codes, rest, tuple(_lines(opened, codes, rest=rest)))


def only_own(opened: Opened, revision: int, code: str) -> bool:
    """Whether it was this very author who changed the item since, and nobody else."""
    touched = {
        step.person_id
        for step in drafts.steps(opened.id)
        if step.revision > revision and step.kind in IN_BODY and code in map(item_of, step.patch)
    }
    return touched == {me()}


def _lines(opened: Opened, codes: tuple[str, ...], *, rest: bool) -> list[dict[str, str]]:
    lines = [_line(opened, code) for code in codes[:MOST_TOLD]]
    if len(codes) > MOST_TOLD or (rest and not codes):
        address = url_for("authoring.draft_edit", draft_id=opened.id)
        lines.append({"words": _("Коллега изменил работу."), "href": address, "item": ""})
    return lines


def _line(opened: Opened, code: str) -> dict[str, str]:
    number = opened.around.numbers.get(code)
    if not opened.documents.has(code):
        words = _("Коллега убрал задание %(code)s.", code=code)
        return {"words": words, "href": url_for("authoring.draft_edit", draft_id=opened.id), "item": code}
    name = number or opened.around.label(opened.documents.entry(code).item)
    return {
        "words": _("Коллега изменил задание %(name)s.", name=name),
        "href": url_for("authoring.draft_edit", draft_id=opened.id, item=code),
        "item": code,
    }
