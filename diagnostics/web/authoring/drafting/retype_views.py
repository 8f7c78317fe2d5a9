"""Another type for an item: a page that says what goes, and the button that does it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.opened import Opened, save
from diagnostics.web.authoring.drafting.telling import words_of
from diagnostics.web.authoring.editing.retyping import Retyped, retyped
from diagnostics.web.authoring.editing.structure import kinds
from diagnostics.web.authoring.editing.types import FORMS


@authoring.get("/instruments/drafts/<draft_id>/retype")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_retype(draft_id: str) -> str | Response:
    opened = Opened.of(draft_id)
    code, kind, form = (request.args.get(name, "") for name in ("item", "type", "form"))
    made = _made(opened, code, kind)
    if opened.documents.entry(code).type == kind:
        return redirect(_editor(draft_id, code, form), HTTPStatus.SEE_OTHER)
    return render_template(
        "authoring/editing/retype.html",
        draft=opened,
        item=code,
        form=form,
        kind=kind,
        label=opened.around.label(opened.documents.entry(code).item),
        before=_(FORMS[opened.documents.entry(code).type].title),
        after=_(FORMS[kind].title),
        lost=[(_(one.label), words_of(one.shown) if one.shown else one.words) for one in made.lost],
        asking=[opened.around.label(opened.documents.entry(one).item) for one in made.asking],
        types=[(one, _(FORMS[one].title)) for one in kinds(opened.documents)],
    )


@authoring.post("/instruments/drafts/<draft_id>/retype")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_retype_now(draft_id: str) -> Response:
    opened = Opened.of(draft_id)
    code, kind, form = (request.form.get(name, "") for name in ("item", "type", "form"))
    made = _made(opened, code, kind)
    try:
        save(draft_id, opened.revision, opened.documents.with_entry(made.entry))
    except ChangedMeanwhile:
        flash(_("Пока вы нажимали, работу изменил коллега. Нажмите ещё раз."), "caution")
    else:
        flash(_("Вид задания изменён. Кнопка «Отменить» вернёт прежний."), "ok")
    return redirect(_editor(draft_id, code, form), HTTPStatus.SEE_OTHER)


def _made(opened: Opened, code: str, kind: str) -> Retyped:
    if kind not in kinds(opened.documents) or not opened.documents.has(code):
        raise Missing
    return retyped(opened.documents, code, kind, opened.around)


def _editor(draft_id: str, code: str, form: str) -> str:
    return url_for("authoring.draft_edit", draft_id=draft_id, item=code, form=form or None)
