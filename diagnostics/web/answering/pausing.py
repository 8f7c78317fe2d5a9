"""What people see while the organiser keeps a stage paused: no dead end, and nothing typed is lost."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template, request, url_for

from diagnostics.sittings.queries import Writing
from diagnostics.web.messages import sentence

PAUSED = "paused"


def paused_page(writing: Writing, *, unsaved: bool = False) -> tuple[str, int]:
    """`unsaved`: the posted answer was not taken up, so the page holds it and its button sends it again."""
    here = request.full_path.removesuffix("?")
    review = url_for("answering.review", sitting_id=writing.sitting_id)
    page = render_template(
        "answering/paused.html",
        text=sentence(PAUSED),
        reason=writing.pause_reason,
        again=here if unsaved or request.method == "GET" else review,
        posted=_posted() if unsaved else None,
    )
    return page, HTTPStatus.CONFLICT


def _posted() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
