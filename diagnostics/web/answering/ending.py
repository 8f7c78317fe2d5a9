"""What a sitting that takes no more shows instead of its pages."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.campaigns.models import Privacy
from diagnostics.sittings.actions import Saved
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard
from diagnostics.web.answering.keys import enter
from diagnostics.web.answering.pausing import PAUSED, paused_page
from diagnostics.web.messages import sentence


def opened(sitting_id: str) -> Writing | Response | tuple[str, int]:
    """The sitting for a page of it, or what is shown instead: the door of its seat, or as `closed`."""
    writing = enter(sitting_id)
    return closed(writing) or writing if isinstance(writing, Writing) else writing


def closed(writing: Writing) -> Response | tuple[str, int] | None:
    """After sending, the receipt (browser Back too); after the end or in a pause, a page that says so."""
    if writing.state is SittingState.SUBMITTED:
        return redirect(url_for("answering.done", sitting_id=writing.sitting_id))
    refusal = refusal_of_pages(writing)
    if refusal == PAUSED:
        return paused_page(writing)
    return None if refusal is None else _page(writing, f"{refusal}_not_kept")


def refusal_of_pages(writing: Writing) -> str | None:
    """Why no page is shown; the grace is for what is on its way, not for going on when one's minutes are over."""
    grace = timedelta() if writing.is_timed else timedelta(seconds=guard.settings().limits.late_grace_seconds)
    return writing.refusal(clock.now(), grace)


def too_late(writing: Writing, saved: Saved) -> tuple[str, int]:
    """The answer came after the end or in a pause: said openly, with what became of it."""
    if saved.refusal == PAUSED:
        return paused_page(writing, unsaved=True)
    code = str(saved.refusal) if saved.kept else f"{saved.refusal}_not_kept"
    return _page(writing, code)


def _page(writing: Writing, code: str) -> tuple[str, int]:
    if writing.privacy is Privacy.ANONYMOUS:
        code = "collection_over"
    code = code.replace("time_over", "minutes_over") if writing.is_timed else code
    is_done = writing.state is SittingState.SUBMITTED
    page = render_template("answering/closed.html", writing=writing, text=sentence(code), is_done=is_done)
    return page, HTTPStatus.CONFLICT
