"""The expert's desk, one answer at a time, a draft that saves itself, and the mark."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.database import session
from diagnostics.errors import DomainError, FieldRefused
from diagnostics.marking import actions, queries
from diagnostics.marking.errors import MarkIncomplete, MarkRefused, MarkStale
from diagnostics.marking.queries import TextView
from diagnostics.web import guard
from diagnostics.web.guard import require, screen, settings
from diagnostics.web.marking.blueprint import marking
from diagnostics.web.marking.page import points_words, sheet_of, spoken
from diagnostics.web.messages import sentence

__all__ = ["marking"]
LONGEST_NUMBER = 6  # digits; a longer one was not given by our page


@marking.get("/marking")
@screen(Permission.MARKING_LIST, of_object=False)
def desk() -> str:
    found = queries.desk(_me(), settings().limits)
    done, total = queries.progress(found)
    return render_template(
        "marking/desk.html",
        questions=found,
        next=queries.next_text(found),
        done=done,
        total=total,
        spoken=spoken,
        points_words=points_words,
    )


@marking.get("/marking/<text_id>")
@screen(Permission.MARKING_MARK)
def text(text_id: str) -> str:
    view = _asked(text_id)
    return _page(view, view.levels, view.remark)


@marking.post("/marking/<text_id>")
@screen(Permission.MARKING_MARK)
def save(text_id: str) -> Response | tuple[str, int]:
    view = _asked(text_id)
    levels, remark = _levels(view), request.form.get("remark", "")
    try:
        given = actions.mark(
            text_id,
            levels=levels,
            remark=remark,
            seen=_number("seen"),
            actor_id=_me(),
            limits=settings().limits,
        )
    except (MarkIncomplete, FieldRefused) as refused:
        session.rollback()
        missing = refused.missing if isinstance(refused, MarkIncomplete) else ()
        page = _page(view, levels, remark, missing=missing, refused=refused)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    except (MarkRefused, MarkStale) as refused:
        session.rollback()
        page = _page(queries.text_view(text_id, _me()), levels, remark, refused=refused)
        return page, HTTPStatus.CONFLICT
    flash(_("Оценка исправлена.") if given.number > 1 else _("Оценка сохранена."), "ok")
    following = queries.next_text(queries.desk(_me(), settings().limits), after=text_id)
    if following is None or given.number > 1:
        return redirect(url_for("marking.desk"))
    return redirect(url_for("marking.text", text_id=following))


@marking.post("/marking/<text_id>/draft")
@screen(Permission.MARKING_MARK)
def draft(text_id: str) -> Response:
    """Called by the page itself; a refusal is problem+json with its sentence."""
    view = _asked(text_id)
    revision = actions.keep_draft(
        text_id,
        levels=_levels(view),
        remark=request.form.get("remark", ""),
        seen=_number("draft"),
        actor_id=_me(),
    )
    return jsonify({"draft": revision})


def _asked(text_id: str) -> TextView:
    require(Permission.MARKING_MARK, things.marked_text(text_id))
    return queries.text_view(text_id, _me())


def _page(
    view: TextView,
    levels: Mapping[str, int],
    remark: str,
    *,
    missing: tuple[str, ...] = (),
    refused: DomainError | None = None,
) -> str:
    found = queries.desk(_me(), settings().limits)
    done, total = queries.progress(found)
    following = queries.next_text(found, after=view.text_id)
    return render_template(
        "marking/text.html",
        sheet=sheet_of(view, levels, remark, missing),
        done=done,
        total=total,
        next=following if following != view.text_id else None,
        told=sentence(refused.code, refused.parameters) if refused and not missing else "",
        field=refused.field if isinstance(refused, FieldRefused) else "",
    )


def _levels(view: TextView) -> dict[str, int]:
    found = {one.code: request.form.get(f"level.{one.code}", "") for one in view.rubric.criteria}
    return {code: int(text) for code, text in found.items() if _is_number(text)}


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if _is_number(text) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER


def _me() -> str:
    return guard.actor().person_id or ""
