"""Sending, once; the receipt."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.campaigns.models import Privacy
from diagnostics.campaigns.queries.circles import SHEET
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings import timing
from diagnostics.sittings.errors import GapsLeft, KeyNeeded, SittingClosed
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.queries import Invitation, SittingView
from diagnostics.web import guard
from diagnostics.web.answering import clarifying, ending
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.circles import address_of
from diagnostics.web.answering.keys import enter, forget_device, hold
from diagnostics.web.answering.lists import review_page
from diagnostics.web.answering.page import Sheet
from diagnostics.web.answering.told import late_told
from diagnostics.web.messages import sentence
from diagnostics.web.problems import wants_json

# Of other rooms: linked to where they are built.
RESULT = "reading.result_of_seat"
COLLECT = "improving.collect"


@answering.post("/t/<sitting_id>/submit")
@guard.screen(Permission.SITTING_WRITE)
def submit(sitting_id: str) -> Response | str | tuple[str, int]:
    """However often it is pressed: one sending, the same receipt."""
    writing = hold(sitting_id)
    without = request.form.get("without") == "yes"
    if request.form.get("clarify") != "no" and not without and clarifying.is_offered(writing):
        return redirect(url_for("answering.clarify", sitting_id=sitting_id), HTTPStatus.SEE_OTHER)
    try:
        sittings.submit(writing, without_answers=without, limits=guard.settings().limits)
    except GapsLeft as gaps:
        if wants_json():
            raise
        return review_page(
            writing, Sheet.of(writing), error=_gap_words(gaps)
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    except SittingClosed as refused:
        page = ending.closed(writing)
        if wants_json() or page is None:
            raise refused from None
        return page
    if writing.privacy is Privacy.ANONYMOUS:
        forget_device()
    return redirect(url_for("answering.done", sitting_id=sitting_id), HTTPStatus.SEE_OTHER)


@answering.get("/t/<sitting_id>/done")
@guard.direct
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def done(sitting_id: str) -> Response | str:
    """The receipt; the person's own door opens it without a key too, on any device."""
    sitting = reading.one(sitting_id)
    if sitting is None:
        raise KeyNeeded
    seat = things.seat(sitting.seat_id)
    if guard.may(Permission.SEAT_ANSWER, seat):
        guard.require(Permission.SEAT_ANSWER, seat)
    else:
        enter(sitting_id)
    told = reading.invitation(sitting.seat_id)
    nameless = told.seat.privacy is Privacy.ANONYMOUS
    if sitting.state is not SittingState.SUBMITTED:
        if nameless:
            return redirect(url_for("answering.review", sitting_id=sitting_id))
        return redirect(url_for("answering.seat", seat_id=sitting.seat_id))
    if nameless:
        return _thanks(told, sitting_id)
    return render_template(
        "answering/done.html",
        sitting=sitting,
        sheet=Sheet.of(sitting),
        told=told,
        by_time=_is_by_time(sitting, told),
        result=url_for(RESULT, seat_id=sitting.seat_id) if RESULT in current_app.view_functions else None,
        **late_told(sitting),
    )


def _is_by_time(sitting: SittingView, told: Invitation) -> bool:
    """Whether it was sent because its minutes were over."""
    if timing.minutes_of(sitting.instrument_id, told.seat.privacy) is None or sitting.submitted_at is None:
        return False
    return sitting.submitted_at >= timing.ends_at(timing.Work.of(sitting, told.seat))


def _thanks(told: Invitation, sitting_id: str) -> str:
    """Without a name there is neither a personal result nor a receipt that could lead to the answers."""
    return render_template(
        "answering/thanks.html",
        told=told,
        again=address_of(sitting_id),
        collect=url_for(COLLECT, campaign_id=told.seat.campaign_id) if _collects(told) else None,
    )


def _collects(told: Invitation) -> bool:
    """Whether somebody of the school's team has just filled the administration's sheet."""
    if told.seat.respondent_group != SHEET or COLLECT not in current_app.view_functions:
        return False
    return guard.may(Permission.ASSESSMENT_COLLECT, things.self_assessment(told.seat.campaign_id))


def _gap_words(gaps: GapsLeft) -> str:
    if gaps.code != "answers_missing":
        return sentence(gaps.code, gaps.parameters)
    words = ngettext(
        "Отметьте, что отправляете без %(num)s ответа, или ответьте на вопрос",
        "Отметьте, что отправляете без %(num)s ответов, или ответьте на них",
        len(gaps.items),
    )
    return str(words)
