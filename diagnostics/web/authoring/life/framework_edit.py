"""A framework is written as a document: its text on the page, or a file; several authors are joined as ever."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.database import Json, session
from diagnostics.errors import DomainError, Missing
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.opened import Opened, me
from diagnostics.web.authoring.life.words import DRAFT_STATES
from diagnostics.web.guard import screen
from diagnostics.web.messages import sentence
from instruments.formats.yaml import plain_document, write_plain
from instruments.problems import DocumentError, Problem

Page = Response | str | tuple[str, int]


@authoring.get("/frameworks/drafts/<draft_id>")
@screen(Permission.INSTRUMENT_EDIT)
def framework_edit(draft_id: str) -> Page:
    opened = _opened(draft_id)
    return _page(opened, write_plain(opened.view.body.get("framework", {})))


@authoring.post("/frameworks/drafts/<draft_id>")
@screen(Permission.INSTRUMENT_EDIT)
def framework_save(draft_id: str) -> Page:
    opened = _opened(draft_id)
    upload = request.files.get("file")
    raw = upload.read() if upload and upload.filename else request.form.get("document", "").encode()
    base = max(1, min(request.form.get("base", 1, type=int), opened.view.line.revision))
    text = raw.decode("utf-8-sig", errors="replace")
    try:
        saved = actions.save(draft_id, base_revision=base, body={"framework": _read(raw)}, actor_id=me())
    except DocumentError as wrong:
        return _page(opened, text, wrong.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    except ChangedMeanwhile as clash:
        told = sentence(clash.code, clash.parameters)
        return _page(opened, text, told=told, kept=clash.kept), HTTPStatus.CONFLICT
    except DomainError as refused:
        session.rollback()
        return _page(opened, text, told=sentence(refused.code, refused.parameters)), refused.status
    for removed in saved.removed:
        flash(_("Убрана разметка: %(what)s", what=removed.what), "caution")
    flash(_("Сохранено."), "ok")
    return redirect(url_for("authoring.framework_edit", draft_id=draft_id))


def _read(raw: bytes) -> Json:
    document = plain_document(raw)
    return document if isinstance(document, dict) else {}


def _opened(draft_id: str) -> Opened:
    opened = Opened.to_write(draft_id)
    if opened.kind is not DraftKind.FRAMEWORK:
        raise Missing
    return opened


def _page(
    opened: Opened, text: str, wrong: tuple[Problem, ...] = (), told: str = "", kept: int | None = None
) -> str:
    line = opened.view.line
    clash = kept is not None and "authoring.draft_clash" in current_app.view_functions
    return render_template(
        "authoring/life/framework_edit.html",
        opened=opened,
        line=line,
        state=DRAFT_STATES[line.state],
        text=text,
        problems=wrong or tuple(problem for _part, problem in opened.checked.problems),
        unread=bool(wrong),
        told=told,
        clash=url_for("authoring.draft_clash", draft_id=opened.id, kept=kept) if clash else "",
        translate=_,
    )
