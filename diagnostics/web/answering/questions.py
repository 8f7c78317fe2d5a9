"""One question a page. Works without script: GET shows, POST keeps the answer and turns the page."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns.models import Privacy
from diagnostics.errors import Missing
from diagnostics.files.receiving import TooLarge, UnsafeFile
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.errors import EventRefused, NotOnPath, OutOfOrder
from diagnostics.sittings.events import Event, stored_value
from diagnostics.sittings.models import EventKind
from diagnostics.sittings.order import refuse_locked
from diagnostics.sittings.queries import Writing
from diagnostics.sittings.standing import takes
from diagnostics.web import guard
from diagnostics.web.answering import clarifying, ending
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.fragments import Frame, fragment
from diagnostics.web.answering.keys import hold
from diagnostics.web.answering.pack import page_name
from diagnostics.web.answering.page import Sheet
from diagnostics.web.answering.proofs import proof_of
from diagnostics.web.answering.timing import time_left
from diagnostics.web.answering.uploading import attach, uploads
from diagnostics.web.context import csrf
from diagnostics.web.item_fields import read_form
from diagnostics.web.item_fields.facts import DROP, rows_after
from diagnostics.web.messages import sentence
from instruments.items import Answer
from instruments.path import Step

PAGE_ANSWER = (Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
Page = Response | str | tuple[str, int]


@answering.get("/t/<sitting_id>/q/<int:place>")
@guard.direct
@guard.screen(*PAGE_ANSWER)
def question(sitting_id: str, place: int) -> Page:
    writing = ending.opened(sitting_id)
    if not isinstance(writing, Writing):
        return writing
    sheet = Sheet.of(writing)
    if sheet.steering and place > len(sheet.steps):  # an answer hid what stood there
        return redirect(url_for("answering.review", sitting_id=sitting_id))
    step = _step(sheet, place)
    if clarifying.has_begun(sheet, place):
        return redirect(url_for("answering.clarify", sitting_id=sitting_id))
    return _locked(sheet, step) or _page(writing, sheet, step, place)


@answering.post("/t/<sitting_id>/q/<int:place>")
@guard.direct
@guard.screen(Permission.SITTING_WRITE)
def answer(sitting_id: str, place: int) -> Page:
    """`go`: next, back, skip, later (come back to it), unflag, list, review, choose (of two devices' answers).

    Of tables and files also: add, row, drop:….
    """
    uploaded = uploads(sitting_id)
    writing = hold(sitting_id)
    sheet = Sheet.of(writing)
    asked = _place_asked(sheet, place)
    if not isinstance(asked, int):
        return asked
    place, step = asked, _step(sheet, asked)
    go = request.form.get("go", "next")
    if (not_open := _locked(sheet, step)) is not None:
        return not_open
    attached = None
    try:
        attached = attach(writing, step.item, uploaded, base=_base(sheet))
        if attached is not None:
            sheet = Sheet.of(writing)
        value = _posted(sheet, step, go)
        _refuse_gap(sheet, place, value, go)
        events = _chosen(sheet, step) if go == "choose" else _said(sheet, step, value, go)
    except (EventRefused, UnsafeFile, TooLarge) as refused:
        typed = read_form(step.item, request.form)
        words = sentence(refused.code, refused.parameters)
        page = _page(writing, sheet, step, place, given=typed, error=words)
        return page, refused.status
    is_closed = attached is not None and attached.refusal is not None
    saved = sittings.save_form(writing, events, guard.settings().limits) if events and not is_closed else None
    kept = [one for one in (attached, saved) if one is not None]
    for one in kept:
        if one.refusal is not None:
            return ending.too_late(writing, one)
    is_conflict = any(result.status == "conflict" for one in kept for result in one.results)
    now = step.item.code if any(takes(event.kind, event.value) for event in events) else ""
    if step.item.code in sheet.steering:
        sheet = Sheet.of(writing)
    if sheet.is_drawn(place) and not is_conflict and go in clarifying.ONWARD:
        return clarifying.onward(sitting_id)
    target = _target(sheet, place, "stay" if is_conflict else go, now=now)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _step(sheet: Sheet, place: int) -> Step:
    if not 1 <= place <= len(sheet.steps):
        raise Missing
    return sheet.steps[place - 1]


def _place_asked(sheet: Sheet, place: int) -> int | tuple[str, int]:
    """Where the question of the posted page stands now: another device may have changed the way to it.

    A page that says so when it is not asked any more: its answer must not fall on what took its place.
    """
    code = request.form.get("item")
    if code is None or code not in (*sheet.instrument.form(sheet.form).item_codes, *sheet.standing.drawn):
        return place
    if code not in sheet.places:
        refused = NotOnPath(item=code, seq=0)
        text = sentence(refused.code, refused.parameters)
        return render_template("answering/off_path.html", sheet=sheet, text=text), refused.status
    return sheet.places[code]


def _locked(sheet: Sheet, step: Step) -> tuple[str, int] | None:
    """Where the order is fixed, the page that names the question to continue with instead of this one."""
    try:
        refuse_locked(sheet.steps, sheet.waits, step.item.code)
    except OutOfOrder as refused:
        words = sentence(refused.code, refused.parameters)
        page = render_template("answering/locked.html", sheet=sheet, text=words, **refused.parameters)
        return page, refused.status
    return None


def _posted(sheet: Sheet, step: Step, go: str) -> Answer:
    if step.item.type == "info":
        return None
    raw, code = read_form(step.item, request.form), step.item.code
    if step.item.type == "file":  # kept a moment ago, apart from the other fields
        return sheet.standing.answers.get(code)
    try:
        drawn = sheet.standing.drawn
        return stored_value(sheet.instrument, sheet.form, code, raw, 0, sheet.seed, lambda: drawn)
    except EventRefused:
        if go == "skip":  # half an answer does not hold up who passes the question
            return sheet.standing.answers.get(code)
        raise


def _refuse_gap(sheet: Sheet, place: int, value: Answer, go: str) -> None:
    """«Далее» without an answer, where the next question opens only after one, and at a clarifying task."""
    holds = sheet.is_drawn(place) or (not _back() and _holds_next(sheet, place))
    if go == "next" and value is None and holds:
        raise EventRefused("answer_or_skip")


def _holds_next(sheet: Sheet, place: int) -> bool:
    return place < len(sheet.steps) and sheet.place_after(place) == place


def _said(sheet: Sheet, step: Step, value: Answer, go: str) -> list[Event]:
    """What the form says that was not known before; at least that the question was seen."""
    code, standing, base = step.item.code, sheet.standing, _base(sheet)
    events = []
    if value != standing.answers.get(code):
        kind = EventKind.CLEAR if value is None else EventKind.ANSWER
        events.append(Event(0, base, kind, code, value))
    if go == "later" and code not in standing.flagged:
        events.append(Event(0, base, EventKind.FLAG, code, None))
    if go == "unflag" and code in standing.flagged:
        events.append(Event(0, base, EventKind.UNFLAG, code, None))
    if go == "skip" and value is None and code not in standing.taken:
        events.append(Event(0, base, EventKind.SKIP, code, None))
    if not events and code not in standing.shown:
        events.append(Event(0, base, EventKind.SHOWN, code, None))
    return events


def _chosen(sheet: Sheet, step: Step) -> list[Event]:
    """The value that the person keeps of those that two devices gave."""
    position = request.form.get("choice", type=int)
    for given in sheet.standing.conflicts.get(step.item.code, ()):
        if given.position == position:
            seen = sheet.standing.last_position
            return [Event(0, seen, EventKind.CHOICE, step.item.code, given.value)]
    return []


def _base(sheet: Sheet) -> int:
    """The position that the page had shown; a page without one has seen nothing."""
    told = request.form.get("base", 0, type=int)
    return max(0, min(told, sheet.standing.last_position))


def _target(sheet: Sheet, place: int, go: str, *, now: str = "") -> str:
    """`now`: the question of this page, when it was answered or passed a moment ago."""
    sitting = sheet.sitting_id
    if go == "back" and sheet.is_drawn(
        place
    ):  # the form is closed: its review leads to where clarifying stands
        go = "review"
    if (rows := rows_after(request.form, go)) is not None:
        last = f"answer-{rows}-1"
        return url_for(
            "answering.question", sitting_id=sitting, place=place, back=_back(), rows=rows, _anchor=last
        )
    if go == "list":
        return url_for("answering.question_list", sitting_id=sitting)
    if go in ("stay", "unflag", "choose", "add") or go.startswith(DROP):
        return url_for("answering.question", sitting_id=sitting, place=place, back=_back())
    if go == "back":
        return f"{sheet.questions}{max(1, place - 1)}"
    if go == "review" or _back() or place >= len(sheet.steps):
        return url_for("answering.review", sitting_id=sitting)
    return f"{sheet.questions}{sheet.place_after(place, now=now)}"


def _back() -> str | None:
    """Whether the person came from the review page and returns straight to it."""
    return "review" if request.args.get("back") == "review" else None


def _page(
    writing: Writing, sheet: Sheet, step: Step, place: int, *, given: object = None, error: str = ""
) -> str:
    number = sheet.number_at(place)
    frame = Frame(csrf(), writing.last_position, _holds_next(sheet, place), _back(), error, given)
    return render_template(
        "answering/question.html",
        sheet=sheet,
        place=place,
        zone=writing.zone,
        clarifying=sheet.is_drawn(place),
        fragment=fragment(writing, sheet, step, place, frame),
        page_name=page_name(sheet, step, number),
        section=sheet.section(step),
        number=number,
        track=sheet.track(number),
        base=frame.base,
        next_seq=max(0, writing.last_seq) + 1,
        proof=proof_of(writing.sitting_id, writing.client),
        nameless=writing.privacy is Privacy.ANONYMOUS,
        back=frame.back,
        clock=time_left(writing),
        watched=writing.watch and writing.privacy is not Privacy.ANONYMOUS,
        error=error,
        errors=[error] if error else None,
    )
