"""All questions with their states; the check before sending."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns.models import Privacy
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard
from diagnostics.web.answering import ending
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.page import Line, Sheet
from diagnostics.web.answering.proofs import proof_of
from diagnostics.web.answering.timing import time_left

Page = Response | FlaskResponse | str | tuple[str, int]


@answering.get("/t/<sitting_id>/list")
@guard.direct
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def question_list(sitting_id: str) -> Page:
    writing = ending.opened(sitting_id)
    if not isinstance(writing, Writing):
        return writing
    sheet = Sheet.of(writing)
    if sheet.standing.drawn:
        return redirect(url_for("answering.clarify", sitting_id=sitting_id))
    filters = {"open": _is_open, "later": _is_flagged}
    only = request.args.get("only", "")
    lines = [line for line in sheet.lines if only not in filters or filters[only](line)]
    return render_template(
        "answering/list.html", sheet=sheet, lines=lines, only=only if only in filters else ""
    )


@answering.get("/t/<sitting_id>/review")
@guard.direct
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def review(sitting_id: str) -> Page:
    writing = ending.opened(sitting_id)
    if not isinstance(writing, Writing):
        return writing
    sheet = Sheet.of(writing)
    if sheet.standing.drawn:
        return redirect(url_for("answering.clarify", sitting_id=sitting_id))
    return review_page(writing, sheet)


def review_page(writing: Writing, sheet: Sheet, *, error: str = "") -> str:
    """Questions without an answer first: `error` stands at the tick."""
    lines = sheet.lines
    return render_template(
        "answering/review.html",
        sheet=sheet,
        open_lines=[line for line in lines if not line.is_answered],
        consents=sheet.consents,
        no_consent=any(not line.is_answered for line in sheet.consents),
        given_lines=[line for line in lines if line.is_answered],
        conflicts=[line for line in lines if line.is_conflict],
        last_place=len(sheet.steps),
        zone=writing.zone,
        next_seq=max(0, writing.last_seq) + 1,
        proof=proof_of(writing.sitting_id, writing.client),
        clock=time_left(writing),
        nameless=writing.privacy is Privacy.ANONYMOUS,
        error=error,
        errors=[error] if error else None,
    )


def _is_open(line: Line) -> bool:
    return not line.is_answered


def _is_flagged(line: Line) -> bool:
    return line.flagged
