"""Add, copy, move and take out items: each a button, each a step that «Отменить» takes back."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.opened import Opened, save
from diagnostics.web.authoring.drafting.part_views import add_part
from diagnostics.web.authoring.editing import structure
from diagnostics.web.authoring.editing.entry import Documents
from diagnostics.web.authoring.editing.parts import BLANK
from diagnostics.web.authoring.editing.structure import Placed, Spot

STEPS = {"up": -1, "down": 1}


@authoring.post("/instruments/drafts/<draft_id>/arrange")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_arrange(draft_id: str) -> Response:
    """`do`: add, duplicate, up, down, remove. On the draft as it stands: a place is no text that could clash.

    From the plan of the work (`back`) the same page comes again, at the button that was pressed.
    """
    opened = Opened.of(draft_id)
    code, form, do = (request.form.get(name, "") for name in ("item", "form", "do"))
    if do == "add" and request.form.get("type") in BLANK:
        return add_part(opened, request.form["type"])
    try:
        made = _done(opened.documents, do, code, form)
    except KeyError:
        raise Missing from None
    neighbour = _neighbour(opened.documents, code, form) if do == "remove" else made.code
    try:
        save(draft_id, opened.revision, made.documents)
    except ChangedMeanwhile:
        flash(_("Пока вы нажимали, работу изменил коллега. Нажмите ещё раз."), "caution")
    else:
        _tell(do, opened.around.label(opened.documents.entry(code).item) if do == "remove" else "")
    if request.form.get("back") == "plan":
        return redirect(plan_address(draft_id, form, code, do), HTTPStatus.SEE_OTHER)
    address = url_for("authoring.draft_edit", draft_id=draft_id, item=neighbour or None, form=form or None)
    return redirect(f"{address}#item" if do in ("add", "duplicate") else address, HTTPStatus.SEE_OTHER)


def _done(documents: Documents, do: str, code: str, form: str) -> Placed:
    """KeyError for an act, an item or a place that does not exist."""
    if do == "add":
        kind = request.form.get("type", "")
        if kind not in structure.kinds(documents):
            raise KeyError(kind)
        after = code if documents.has(code) else ""  # taken out meanwhile: to the end of the section
        return structure.add(documents, kind, _spot(documents, after, form), after)
    spot = structure.spot_of(documents, documents.entry(code).code, form)
    if do == "remove":
        return Placed(structure.remove(documents, code, form if spot and spot.form == form else ""), code)
    if spot is None:
        raise KeyError(code)
    if do == "duplicate":
        return structure.duplicate(documents, code, spot)
    return Placed(structure.move(documents, code, spot, STEPS[do]), code)


def plan_address(draft_id: str, form: str, moved: str, do: str) -> str:
    return url_for("authoring.draft_outline", draft_id=draft_id, at=f"{form}.{moved}", do=do)


def _spot(documents: Documents, code: str, form: str) -> Spot:
    """Beside the open item, else the last section of the form."""
    spot = structure.spot_of(documents, code, form)
    if spot is not None and form in ("", spot.form):
        return spot
    sections = [(one["code"], section["code"]) for one, section in documents.sections()]
    own = [pair for pair in sections if pair[0] == form] or sections
    if not own:
        raise KeyError(form)
    return Spot(*own[-1])


def _neighbour(documents: Documents, code: str, form: str) -> str:
    """The item to show after one has gone: the next one, else the one before."""
    codes = [
        one
        for own, section in documents.sections()
        if form in ("", own["code"])
        for one in section.get("items", [])
    ]
    if code not in codes:
        return ""
    place = codes.index(code)
    return next(iter(codes[place + 1 :] + codes[:place][::-1]), "")


def _tell(do: str, label: str) -> None:
    if do == "remove":
        flash(_("Задание «%(label)s» убрано. Кнопка «Отменить» вернёт его.", label=label), "info")
