"""The whole draft as a respondent on a phone, on a computer, on paper; and where the points come from."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template, request
from flask_babel import gettext as _

from diagnostics.access import Permission
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.opened import Opened, language
from diagnostics.web.authoring.drafting.page import problem_lines
from diagnostics.web.authoring.drafting.tracing import trace
from diagnostics.web.authoring.drafting.trying import Trial, unpacked
from diagnostics.web.item_fields import read_form
from instruments.items import read

VIEWS = ("phone", "computer", "print")
Page = str | tuple[str, int]


@authoring.get("/instruments/drafts/<draft_id>/preview")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_preview(draft_id: str) -> Page:
    opened = Opened.of(draft_id)
    trial = _trial(opened, request.args.get("form", ""), "")
    if trial is None or not trial.steps:
        return _not_yet(opened)
    if request.args.get("view") == "print":
        return _print(opened, trial)
    first = request.args.get("item", "")
    codes = [step.item.code for step in trial.steps]
    return _page(opened, trial, codes.index(first) + 1 if first in codes else 1)


@authoring.post("/instruments/drafts/<draft_id>/preview")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_try(draft_id: str) -> Page:
    """`go`: next, back, trace. The answers so far come back in the form; nothing is stored."""
    opened = Opened.of(draft_id)
    trial = _trial(opened, request.form.get("form", ""), request.form.get("answers", ""))
    if trial is None or not trial.steps:
        return _not_yet(opened)
    place = max(1, min(request.form.get("place", 1, type=int), len(trial.steps)))
    go = request.form.get("go", "next")
    item = trial.steps[place - 1].item
    reading = read(item, read_form(item, request.form)) if item.type != "info" else None
    if reading is not None and reading.problems and go == "next":
        words = reading.problems[0].sentence(_)
        page = _page(opened, trial, place, given=read_form(item, request.form), error=words)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if reading is not None and not reading.problems and "shown" in request.form:
        trial = trial.answered(item.code, reading.answer)
    if go == "trace" or (go == "next" and place >= len(trial.steps)):
        return _trace(opened, trial, place)
    step = {"next": 1, "back": -1}.get(go, 0)
    return _page(opened, trial, max(1, min(place + step, len(trial.steps))))


def _trial(opened: Opened, form: str, answers: str) -> Trial | None:
    instrument = opened.checked.instrument
    if instrument is None or not instrument.forms:
        return None
    codes = [one.code for one in instrument.forms]
    if form and form not in codes:
        raise Missing
    chosen = form or codes[0]
    known = {item.code for item in instrument.items}
    if not set(instrument.form(chosen).item_codes) <= known:
        return None
    return Trial(instrument, chosen, unpacked(instrument, chosen, answers), "ru")


def _page(opened: Opened, trial: Trial, place: int, *, given: object = None, error: str = "") -> str:
    phone = trial.page(place, given)
    return render_template(
        "authoring/editing/try.html",
        draft=opened,
        trial=trial,
        phone=phone,
        question=phone.question,
        place=place,
        is_last=place == len(trial.steps),
        view=_view(),
        error=error,
        errors=[error] if error else None,
    )


def _trace(opened: Opened, trial: Trial, place: int) -> Page:
    scoring, framework = opened.checked.scoring, opened.framework
    found = trace(trial, scoring, framework, language()) if scoring and framework else None
    return render_template(
        "authoring/editing/trace.html", draft=opened, trial=trial, trace=found, place=place, view=_view()
    )


def _print(opened: Opened, trial: Trial) -> str:
    form = trial.instrument.form(trial.form)
    steps = [(step.section, trial.page(place), step.item) for place, step in enumerate(trial.steps, 1)]
    return render_template(
        "authoring/editing/paper.html", draft=opened, trial=trial, form=form, pages=steps, view="print"
    )


def _not_yet(opened: Opened) -> Page:
    """Nothing to go through: why, and where to mend it."""
    return render_template("authoring/editing/not_yet.html", draft=opened, problems=problem_lines(opened))


def _view() -> str:
    view = request.values.get("view", "phone")
    return view if view in VIEWS else "phone"
