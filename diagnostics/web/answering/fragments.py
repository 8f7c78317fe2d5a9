"""One question as it stands on its page and in a pack.

A question that nobody has touched yet looks alike to all who have this form: it is drawn once and kept, with marks
where the token and the base stand.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app
from flask_babel import get_locale
from markupsafe import Markup

from diagnostics.sittings.queries import Writing
from diagnostics.web.answering.page import Sheet
from instruments.path import Step
from instruments.shuffling import LOOSE, moves_options

MOST_KEPT = 2048  # questions of some 3 KB
#: Stand for what is the sitting's own: signs that Unicode keeps for such use, so no author's text has them.
_TOKEN, _BASE = Markup("\ufdd0"), "\ufdd1"


class Frame(NamedTuple):
    """What the form around a question carries."""

    token: Markup  # the hidden field
    base: int | str  # position that the page has seen
    holds: bool  # «Далее» needs an answer here
    back: str | None = None  # «review»: where the person came from
    error: str = ""
    given: object = None  # what was typed and refused


class _Look(NamedTuple):
    """Everything that an untouched question is drawn from."""

    instrument_id: str
    form: str
    item: str
    language: str  # of the sitting
    words: str  # language of the interface
    place: int
    is_last: bool
    is_seen: bool
    holds: bool
    is_case_open: bool


_kept: dict[_Look, str] = {}


def fragment(writing: Writing, sheet: Sheet, step: Step, place: int, frame: Frame) -> Markup:
    """templates/answering/_question.html."""
    look = _look(writing, sheet, step, place, frame)
    if look is None:
        return Markup(_drawn(writing, sheet, step, place, frame))  # noqa: S704 - our template
    text = _kept.get(look)
    if text is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        marked = Frame(_TOKEN, _BASE, frame.holds)
        text = _kept[look] = _drawn(writing, sheet, step, place, marked)
    text = text.replace(_TOKEN, frame.token, 1).replace(_BASE, str(frame.base), 1)
    return Markup(text)  # noqa: S704 - our template


def is_alike(sheet: Sheet, step: Step) -> bool:
    """Whether the question, untouched, looks alike to all who have the form."""
    case = sheet.instrument.stimulus_of(step.item) if step.item.stimulus else None
    return not (
        (step.item.type in LOOSE and moves_options(sheet.instrument, step.section))
        or (case is not None and case.image is not None)  # its address names the sitting
        or step.item.type == "table"  # the address of the page may ask for more rows
        or current_app.jinja_env.auto_reload
    )


def _look(writing: Writing, sheet: Sheet, step: Step, place: int, frame: Frame) -> _Look | None:
    """None of a question that is this sitting's own: answered, marked, refused, shuffled, with a picture or a table."""
    standing, code = sheet.standing, step.item.code
    is_own = (
        code in standing.answers
        or code in standing.flagged
        or code in standing.conflicts
        or frame.back is not None
        or frame.error
        or frame.given is not None
        or sheet.is_drawn(place)
    )
    if is_own or not is_alike(sheet, step):
        return None
    return _Look(
        writing.instrument_id,
        sheet.form,
        code,
        sheet.language,
        str(get_locale()),
        place,
        place == len(sheet.steps),
        code in standing.shown,
        frame.holds,
        bool(step.item.stimulus) and sheet.opens_case(step),
    )


def _drawn(writing: Writing, sheet: Sheet, step: Step, place: int, frame: Frame) -> str:
    code = step.item.code
    template = current_app.jinja_env.get_template("answering/_question.html")
    return template.render(
        sitting=sheet.sitting_id,
        question=sheet.question(step, given=frame.given),
        place=place,
        is_last=place == len(sheet.steps),
        flagged=code in sheet.standing.flagged,
        seen=code in sheet.standing.shown,
        alternatives=sheet.alternatives(code),
        zone=writing.zone,
        holds=frame.holds,
        clarifying=sheet.is_drawn(place),
        language=str(get_locale() or "ru"),
        token=frame.token,
        base=frame.base,
        back=frame.back,
        error=frame.error,
    )
