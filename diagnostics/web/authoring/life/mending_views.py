"""«Исправить ключ»: one question at a time, and at once whose result would change; the rest goes by the review."""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.database import Json, session
from diagnostics.errors import DomainError, Missing
from diagnostics.findings.mending import Preview, preview
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.keys import key_rows
from diagnostics.web.authoring.life.items import place_words
from diagnostics.web.authoring.life.opened import Opened, language, me
from diagnostics.web.authoring.life.words import DRAFT_STATES
from diagnostics.web.authoring.problem_words import said
from diagnostics.web.guard import screen
from diagnostics.web.messages import sentence
from diagnostics.web.terms import WAVE_NAMES
from instruments.document import Item
from instruments.texts import say

Page = Response | str | tuple[str, int]
#: Kinds whose key is changed here; the others are changed in the next version of the whole work.
MENDED = ("single", "multiple", "number", "text")


@authoring.get("/instruments/drafts/<draft_id>/mending")
@screen(Permission.INSTRUMENT_EDIT)
def mending(draft_id: str) -> str:
    return _page(_opened(draft_id), request.args.get("item", ""))


@authoring.post("/instruments/drafts/<draft_id>/mending")
@screen(Permission.INSTRUMENT_EDIT)
def mending_save(draft_id: str) -> Page:
    opened = _opened(draft_id)
    code = request.form.get("item", "")
    item = next((one for one in _items(opened) if one.code == code), None)
    if item is None:
        raise Missing
    key = _key(item)
    if key is None:
        return _page(opened, code, _("Укажите верный ответ")), HTTPStatus.UNPROCESSABLE_ENTITY
    base = max(1, min(request.form.get("base", 1, type=int), opened.view.line.revision))
    try:
        actions.save(draft_id, base_revision=base, body=_mended(opened.view.body, item, key), actor_id=me())
    except ChangedMeanwhile as clash:
        return redirect(url_for("authoring.draft_clash", draft_id=draft_id, kept=clash.kept))
    except DomainError as refused:
        session.rollback()
        return _page(opened, code, sentence(refused.code, refused.parameters)), refused.status
    flash(_("Ключ исправлен в черновике. Ниже видно, чьи результаты изменятся."), "ok")
    return redirect(url_for("authoring.mending", draft_id=draft_id, item=code))


def preview_of(opened: Opened) -> Preview | None:
    """Whose result the draft of a key would change; None while it cannot be read."""
    based = opened.view.line.based_on_id
    if opened.kind is not DraftKind.SCORING or opened.checked.scoring is None or based is None:
        return None
    if not opened.checked.sound:
        return None
    return preview(based, opened.checked.scoring, guard.actor().paths(Role.METHODOLOGIST))


def _opened(draft_id: str) -> Opened:
    opened = Opened.to_write(draft_id)
    if opened.kind is not DraftKind.SCORING:
        raise Missing
    return opened


def _items(opened: Opened) -> list[Item]:
    """Questions with a key that this page can change."""
    keyed = opened.view.body.get("scoring", {}).get("items", {})
    asked = catalogue.instrument(opened.view.line.based_on_id or "").asked_items
    return [one for one in asked if one.type in MENDED and _entry(keyed, one.code).get("key") is not None]


def _entry(keyed: object, code: str) -> Mapping[str, object]:
    found = keyed.get(code) if isinstance(keyed, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _key(item: Item) -> object:
    """The key as it was posted; None where nothing usable was."""
    if item.type == "single":
        return request.form.get("key") or None
    if item.type == "multiple":
        return request.form.getlist("key") or None
    text = request.form.get("key", "")
    if item.type == "text":
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    try:
        value, tolerance = (
            float(part.replace(",", ".") or 0) for part in (text, request.form.get("tolerance", ""))
        )
    except ValueError:
        return None
    if not (math.isfinite(value) and math.isfinite(tolerance)):
        return None
    return {"value": value, "tolerance": tolerance} if text.strip() else None


def _mended(body: Json, item: Item, key: object) -> Json:
    """The scoring with the new key; what was said of mistakes follows it: no right option has one."""
    changed: Json = deepcopy(body["scoring"])
    entry = changed["items"][item.code]
    before = {entry["key"]} if isinstance(entry["key"], str) else set(entry["key"])
    right = {key} if isinstance(key, str) else set(key) if isinstance(key, list) else set()
    entry["key"] = key
    rationale = request.form.get("rationale", "").strip()
    if rationale:
        entry["rationale"] = {"ru": rationale}
    mistakes = {code: text for code, text in entry.get("mistakes", {}).items() if code not in right}
    said = request.form.get("mistake", "").strip()
    if item.type in ("single", "multiple") and said:
        mistakes |= {code: {"ru": said} for code in before - right}
    entry["mistakes"] = mistakes
    return {"scoring": changed}


def _page(opened: Opened, code: str, told: str = "") -> str:
    line = opened.view.line
    items = _items(opened)
    chosen = next((one for one in items if one.code == code), None)
    keyed = opened.checked.scoring.items if opened.checked.scoring else {}
    entry = keyed.get(chosen.code) if chosen else None
    return render_template(
        "authoring/life/mending.html",
        opened=opened,
        line=line,
        state=DRAFT_STATES[line.state],
        items=[(one.code, say(one.title, language())) for one in items],
        item=chosen,
        entry=entry,
        rows=key_rows(chosen, entry, language()) if chosen else [],
        problems=opened.checked.problems,
        preview=preview_of(opened),
        changed=[one.code for one in opened.changes],
        wave_names=WAVE_NAMES,
        told=told,
        place_words=lambda where: place_words(where, opened.around),
        said_of=lambda problem: said(problem, opened.around),
        translate=_,
    )
