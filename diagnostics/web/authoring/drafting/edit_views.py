"""The editor: one item at a time, saved by a form or by the script, with steps to take back."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response as FlaskResponse
from flask import jsonify, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.actions.drafts import Saved
from diagnostics.catalogue.errors import ChangedMeanwhile, NothingToUndo
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.opened import Opened, me, save
from diagnostics.web.authoring.drafting.others import News, news_since, only_own
from diagnostics.web.authoring.drafting.page import Looked, edit_page, looked, phone_page, problem_lines
from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.entry import Documents, Entry
from diagnostics.web.authoring.editing.item import read_item, show_item, wrong_fields
from diagnostics.web.authoring.editing.shape import shape_problems
from diagnostics.web.authoring.problem_words import said
from diagnostics.web.messages import sentence
from diagnostics.web.problems import wants_json
from diagnostics.web.words import clock_time

Page = Response | str | tuple[str, int] | FlaskResponse | tuple[FlaskResponse, int]
TOLD = "told"  # key of the signed cookie: what the next page of the editor tells once


@authoring.get("/instruments/drafts/<draft_id>/edit")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_edit(draft_id: str) -> Page:
    opened = Opened.of(draft_id)
    asked = request.args.get("item", "")
    if asked and not opened.documents.has(asked):
        raise Missing
    told = session.pop(TOLD, None) or {}
    return edit_page(
        opened,
        looked(opened, asked, request.args.get("form", "")),
        removed=told.get("removed", ()),
        others=told.get("others", ()),
    )


@authoring.post("/instruments/drafts/<draft_id>/items/<item_code>")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_item(draft_id: str, item_code: str) -> Page:
    """The form of one item, written upon the revision that its page had shown."""
    opened, code = Opened.of(draft_id), item_code
    form = request.args.get("form", "")
    base = max(1, min(request.form.get("base", opened.revision, type=int), opened.revision))
    before = opened.before(base)
    if not before.has(code):
        raise Missing
    typed = read_item(request.form, before.entry(code), opened.around)
    if only_own(opened, base, code) and opened.documents.has(code):
        # A save of the same page is still on its way, or the same person has two pages open.
        typed = typed.upon(before.entry(code), opened.documents.entry(code))
        base, before = opened.revision, opened.documents
    documents = before.with_entry(typed)
    wrong = wrong_words(documents, code)
    if wrong:
        return _refused(opened, code, form, typed, base, wrong)
    try:
        saved = save(draft_id, base, documents)
    except ChangedMeanwhile as clash:
        return _clashed(draft_id, clash)
    news = news_since(opened, base, besides=code) if saved.merged else News()
    return _saved(draft_id, code, form, saved, news)


@authoring.post("/instruments/drafts/<draft_id>/undo")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_undo(draft_id: str) -> Page:
    return _turn(draft_id, actions.undo)


@authoring.post("/instruments/drafts/<draft_id>/redo")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_redo(draft_id: str) -> Page:
    return _turn(draft_id, actions.redo)


@authoring.get("/instruments/drafts/<draft_id>/state.json")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_state(draft_id: str) -> FlaskResponse:
    """What colleagues changed since the revision that a page has."""
    opened = Opened.of(draft_id)
    since = request.args.get("since", opened.revision, type=int)
    news = news_since(opened, since)
    return jsonify({"revision": opened.revision, "others": news.told(), "items": list(news.codes)})


def wrong_words(documents: Documents, code: str) -> dict[str, str]:
    """Path of a field of the item → why its value cannot stand in a document."""
    found = wrong_fields(shape_problems(documents), code)
    around = Around(documents, None)
    return {path: said(problem, around) for path, problem in found.items()}


def _saved(draft_id: str, code: str, form: str, saved: Saved, news: News) -> Page:
    removed = [one.what for one in saved.removed]
    if not wants_json():
        if removed or news:
            session[TOLD] = {"removed": removed, "others": news.told()}
        return redirect(
            url_for("authoring.draft_edit", draft_id=draft_id, item=code, form=form or None),
            HTTPStatus.SEE_OTHER,
        )
    opened = Opened.of(draft_id)
    place = looked(opened, code, form)
    return jsonify(
        {
            "revision": saved.revision,
            "time": clock_time(opened.view.line.updated_at),
            "phone": phone_page(opened, place.outline.form, code),
            "others": news.told(),
            "removed": removed,
            **_parts(opened, place),
        }
    )


def _parts(opened: Opened, place: Looked) -> dict[str, str]:
    """What of the page follows from the save, drawn by the templates that draw the page."""
    entry = opened.documents.entry(place.code)
    return {
        "problems": render_template(
            "authoring/editing/_part_problems.html",
            draft=opened,
            problems=problem_lines(opened),
        ),
        "outline": render_template(
            "authoring/editing/_part_outline.html", draft=opened, outline=place.outline
        ),
        "form": render_template(
            "authoring/editing/_part_form.html", groups=show_item(entry, opened.around), mistakes={}
        ),
    }


def _refused(opened: Opened, code: str, form: str, typed: Entry, base: int, wrong: Mapping[str, str]) -> Page:
    if wants_json():
        return jsonify({"code": "refused", "wrong": wrong}), HTTPStatus.UNPROCESSABLE_ENTITY
    page = edit_page(opened, looked(opened, code, form), typed=typed, base=base, wrong=wrong)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _clashed(draft_id: str, clash: ChangedMeanwhile) -> Page:
    """409, and the transaction goes on: what was typed stands in the log as a step of its own."""
    address = url_for("authoring.draft_clash", draft_id=draft_id, kept=clash.kept)
    if wants_json():
        body: dict[str, Any] = {"code": clash.code, "title": sentence(clash.code, clash.parameters)}
        return jsonify(body | {"address": address}), HTTPStatus.CONFLICT
    return redirect(address, HTTPStatus.SEE_OTHER)


def _turn(draft_id: str, turn: Any) -> Page:
    opened = Opened.of(draft_id)
    code, form = request.form.get("item", ""), request.form.get("form", "")
    try:
        turn(opened.id, actor_id=me())
    except NothingToUndo as refused:
        session[TOLD] = {"others": [{"words": sentence(refused.code, refused.parameters), "href": "#item"}]}
    after = Opened.of(draft_id).documents
    target = code if after.has(code) else None
    return redirect(
        url_for("authoring.draft_edit", draft_id=draft_id, item=target, form=form or None),
        HTTPStatus.SEE_OTHER,
    )
