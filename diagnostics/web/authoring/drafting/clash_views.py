"""One item, two authors: both versions side by side, and the choice of the one who came second."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.catalogue.queries import drafts
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.opened import Opened, documents_of, me
from diagnostics.web.authoring.drafting.telling import Told, told
from diagnostics.web.authoring.editing.entry import Documents
from instruments.drafting.merging import Clash
from instruments.drafting.parts import item_of

SIDES = ("mine", "theirs")


@dataclass(frozen=True, slots=True)
class Clashing:
    """What one choice decides: an item with its key, or one part of the work."""

    name: str
    title: str
    fields: tuple[Told, ...]
    gone: str  # mine | theirs: the side that took the item out


@authoring.get("/instruments/drafts/<draft_id>/clash/<int:kept>")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_clash(draft_id: str, kept: int) -> str | Response:
    opened = Opened.of(draft_id)
    clashes = _waiting(draft_id, kept)
    return _page(opened, kept, clashes) if clashes else _back(draft_id)


@authoring.post("/instruments/drafts/<draft_id>/clash/<int:kept>")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_choose(draft_id: str, kept: int) -> Response | tuple[str, int]:
    opened = Opened.of(draft_id)
    clashes = _waiting(draft_id, kept)
    if not clashes:
        return _back(draft_id)
    choices = {clash.path: request.form.get(f"side.{_name(clash)}", "") for clash in clashes}
    if any(side not in SIDES for side in choices.values()):
        page = _page(opened, kept, clashes, _("Выберите, какую версию оставить"))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        actions.choose(draft_id, kept=kept, choices=choices, actor_id=me())
    except ChangedMeanwhile as again:
        words = _("Пока вы выбирали, коллега снова изменил задание. Посмотрите ещё раз.")
        return _page(Opened.of(draft_id), kept, again.clashes, words), again.status
    flash(_("Версия выбрана. Другая осталась в истории работы."), "ok")
    after = Opened.of(draft_id).documents
    code = next((code for one in clashes if (code := item_of(one.path)) and after.has(code)), None)
    return redirect(url_for("authoring.draft_edit", draft_id=draft_id, item=code), HTTPStatus.SEE_OTHER)


def _waiting(draft_id: str, kept: int) -> tuple[Clash, ...]:
    """What the author's own refused save still clashes with; nothing once it is settled."""
    return drafts.clashes(draft_id, kept) if kept in drafts.unsettled(draft_id, me()) else ()


def _back(draft_id: str) -> Response:
    return redirect(url_for("authoring.draft_edit", draft_id=draft_id), HTTPStatus.SEE_OTHER)


def _page(opened: Opened, kept: int, clashes: tuple[Clash, ...], error: str = "") -> str:
    return render_template(
        "authoring/editing/clash.html",
        draft=opened,
        kept=kept,
        clashing=_clashing(opened, clashes),
        errors=[{"text": error, "href": "#choice"}] if error else None,
    )


def _name(clash: Clash) -> str:
    return item_of(clash.path) or clash.path


def _clashing(opened: Opened, clashes: tuple[Clash, ...]) -> list[Clashing]:
    found: dict[str, list[Clash]] = {}
    for clash in clashes:
        found.setdefault(_name(clash), []).append(clash)
    return [_one(opened, name, parts) for name, parts in found.items()]


def _one(opened: Opened, name: str, parts: list[Clash]) -> Clashing:
    mine, theirs = _side(opened, name, parts, "mine"), _side(opened, name, parts, "theirs")
    whole = next((one for one in parts if one.path.startswith("instrument/items/")), None)
    gone = "" if whole is None else "mine" if whole.mine is None else "theirs" if whole.theirs is None else ""
    known = theirs if theirs.has(name) else mine
    title = opened.around.label(known.entry(name).item) if known.has(name) else _("Вся работа")
    return Clashing(name, title, tuple(told(name, mine, theirs, opened.around, parts)), gone)


def _side(opened: Opened, name: str, parts: list[Clash], side: str) -> Documents:
    """The draft with one side of the clash put in: what the item would be."""
    instrument = {**opened.documents.instrument}
    keys = {**opened.documents.keys}
    items = [item for item in opened.documents.items if item["code"] != name]
    standing = next((item for item in opened.documents.items if item["code"] == name), None)
    for clash in parts:
        value = getattr(clash, side)
        if clash.path.startswith("instrument/items/"):
            standing = value
        elif clash.path.startswith("scoring/items/"):
            keys.pop(name, None)
            if value is not None:
                keys[name] = value
    instrument["items"] = [*items, standing] if standing else items
    return documents_of({"instrument": instrument, "scoring": {**opened.documents.scoring, "items": keys}})
