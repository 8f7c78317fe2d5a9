"""A page for a part of a work: a form, a section, a matrix with its rows, a case with its picture."""

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
from diagnostics.web.authoring.drafting.opened import Opened, framework_of, language, save
from diagnostics.web.authoring.drafting.page import problems_at
from diagnostics.web.authoring.editing.around import Around, shortened
from diagnostics.web.authoring.editing.entry import Documents
from diagnostics.web.authoring.editing.parts import KINDS, Named, added, entry_of, is_used, read_part, removed
from diagnostics.web.authoring.editing.shape import shape_problems
from diagnostics.web.sentences.common import N_
from instruments.problems import error
from instruments.texts import say

NOT_SAVED = N_("Пока вы нажимали, работу изменил коллега. Нажмите ещё раз.")


@authoring.get("/instruments/drafts/<draft_id>/part")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_part(draft_id: str) -> str:
    opened = Opened.of(draft_id)
    return _page(opened, opened.documents, _named(opened.documents), opened.revision)


@authoring.post("/instruments/drafts/<draft_id>/part")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_part_save(draft_id: str) -> Response | tuple[str, int]:
    opened = Opened.of(draft_id)
    base = max(1, min(request.form.get("base", opened.revision, type=int), opened.revision))
    before = opened.before(base)
    part = _named(before)
    if request.form.get("do") == "drop":
        return _drop(opened, part)
    documents, refused = read_part(request.form, _files(), before, part, _around(before))
    wrong = {name: error(name, code).sentence(_) for name, code in refused.items()} | _wrong(documents, part)
    if wrong:
        return _page(opened, documents, part, base, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        saved = save(draft_id, base, documents)
    except ChangedMeanwhile as clash:
        return redirect(
            url_for("authoring.draft_clash", draft_id=draft_id, kept=clash.kept), HTTPStatus.SEE_OTHER
        )
    if saved.removed:
        what = ", ".join(one.what for one in saved.removed)
        flash(_("Из текста убрана разметка: %(what)s", what=what), "caution")
    flash(_("Сохранено."), "ok")
    return redirect(_address(draft_id, part), HTTPStatus.SEE_OTHER)


@authoring.post("/instruments/drafts/<draft_id>/part/add")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_part_add(draft_id: str) -> Response:
    """A new matrix or case (`kind`), and its page."""
    return add_part(Opened.of(draft_id), request.form.get("kind", ""))


def add_part(opened: Opened, kind: str) -> Response:
    try:
        made, code = added(opened.documents, kind)
        save(opened.id, opened.revision, made)
    except KeyError:
        raise Missing from None
    except ChangedMeanwhile:
        flash(_(NOT_SAVED), "caution")
        return redirect(url_for("authoring.draft_outline", draft_id=opened.id), HTTPStatus.SEE_OTHER)
    return redirect(_address(opened.id, Named(kind, code)), HTTPStatus.SEE_OTHER)


def _files() -> dict[str, bytes]:
    found = {}
    for name, file in request.files.items():
        found[name] = file.read()
        file.close()
    return {name: content for name, content in found.items() if content}


def _drop(opened: Opened, part: Named) -> Response:
    try:
        save(opened.id, opened.revision, removed(opened.documents, part))
    except KeyError:
        raise Missing from None
    except ChangedMeanwhile:
        flash(_(NOT_SAVED), "caution")
        return redirect(_address(opened.id, part), HTTPStatus.SEE_OTHER)
    flash(_("Убрано. Кнопка «Отменить» на странице заданий вернёт."), "info")
    return redirect(url_for("authoring.draft_outline", draft_id=opened.id), HTTPStatus.SEE_OTHER)


def _named(documents: Documents) -> Named:
    """The part that the address names; Missing when there is none."""
    part = Named(*(request.args.get(name, "") for name in ("kind", "code", "form")))
    try:
        entry_of(documents, part)
    except KeyError:
        raise Missing from None
    return part


def _address(draft_id: str, part: Named) -> str:
    return url_for(
        "authoring.draft_part", draft_id=draft_id, kind=part.kind, code=part.code, form=part.form or None
    )


def _page(
    opened: Opened, documents: Documents, part: Named, base: int, wrong: dict[str, str] | None = None
) -> str:
    around, entry = _around(documents), entry_of(documents, part)
    kind = KINDS[part.kind]
    name = say(entry.item.get("title") or entry.item.get("text"), language())
    return render_template(
        "authoring/editing/part.html",
        draft=opened,
        part=part,
        kind=_(kind.title),
        name=shortened(name) or _("без названия"),
        base=base,
        shown=[control.show(entry, around) for control in kind.controls],
        mistakes=wrong or {},
        errors=[{"text": words, "href": f"#at-{path}"} for path, words in (wrong or {}).items()] or None,
        problems=problems_at(opened, part.where),
        can_drop=part.kind in ("matrix", "case") and not is_used(documents, part),
        action=url_for(
            "authoring.draft_part_save",
            draft_id=opened.id,
            kind=part.kind,
            code=part.code,
            form=part.form or None,
        ),
    )


def _around(documents: Documents) -> Around:
    return Around(documents, framework_of(documents), language())


def _wrong(documents: Documents, part: Named) -> dict[str, str]:
    """Mistakes of the shape inside this part, by the path of the field."""
    found: dict[str, str] = {}
    for problem in shape_problems(documents):
        head, _dot, path = problem.where.partition(f"{part.where}.")
        if not head and path:
            found.setdefault(path, problem.sentence(_))
    return found
