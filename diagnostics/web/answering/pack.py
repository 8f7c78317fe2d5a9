"""The questions of a section in one answer, so that moving between them needs no connection.

Only what the pages themselves show: the same fragments, and where each question stands. No keys, weights or reasons.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import get_locale
from markupsafe import Markup

from diagnostics.access import Permission
from diagnostics.database import compact_json
from diagnostics.sittings.errors import SittingClosed
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard, signing
from diagnostics.web.answering import ending
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.fragments import Frame, fragment, is_alike
from diagnostics.web.answering.keys import hold
from diagnostics.web.answering.page import Sheet
from diagnostics.web.answering.proofs import proof_of
from diagnostics.web.compression import pack as packed
from diagnostics.web.translating import said as _
from instruments.document import is_question
from instruments.order import is_fixed, locked
from instruments.path import Step
from instruments.shuffling import is_shuffled
from instruments.texts import say

EMPTY_TOKEN = Markup('<input type="hidden" name="csrf_token">')  # the script fills it in: it is one for all
ENOUGH = 24  # questions in one pack: short sections come together
MOST = 40  # a longer section comes in parts
MOST_KEPT = 64  # packs of some 60 KB
_kept: dict[tuple[str, str, str, str, range], str] = {}


@answering.get("/t/<sitting_id>/pack")
@guard.direct
@guard.screen(Permission.SITTING_WRITE)
def pack(sitting_id: str) -> Response:
    """The questions around `from`: its section and short ones after it; none when `from` is past the end."""
    writing = hold(sitting_id, is_page=False)
    if (refusal := ending.refusal_of_pages(writing)) is not None:
        raise SittingClosed(refusal)
    sheet = Sheet.of(writing)
    places = _around(sheet, max(1, request.args.get("from", 1, type=int)))
    own = {
        "sitting": sitting_id,
        "last_position": sheet.standing.last_position,
        "next_seq": max(0, writing.last_seq) + 1,
        "proof": proof_of(sitting_id, writing.client),
        "token": signing.token(),
    }
    alike = _alike(writing, sheet, places)
    begun = compact_json(own).removesuffix("}") + ","
    rest = (alike or _questions(writing, sheet, places)).removeprefix("{")
    response = Response(begun + rest, mimetype="application/json")
    return packed(response, alike=len(begun.encode()) if alike else -1)


def _alike(writing: Writing, sheet: Sheet, places: range) -> str | None:
    """`_questions` of who has not touched any: the same for all who have the form, so made once."""
    is_own = sheet.standing.last_position or is_shuffled(sheet.instrument, sheet.form)
    if is_own or not all(is_alike(sheet, step) for step in sheet.steps):
        return None
    key = (writing.instrument_id, sheet.form, sheet.language, str(get_locale()), places)
    text = _kept.get(key)
    if text is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()  # by any thread at any moment: what was just kept is not read back
        text = _kept[key] = _questions(writing, sheet, places)
    return text


def _questions(writing: Writing, sheet: Sheet, places: range) -> str:
    """JSON of what is told of the whole work, and of the pages at `places`."""
    steering = sheet.steering
    return compact_json(
        {
            "total": sheet.total,
            "ordered": sheet.instrument.order == "fixed",
            "places": [
                _place(sheet, place, step) | {"steers": step.item.code in steering}
                for place, step in enumerate(sheet.steps, 1)
            ],
            "entries": _entries(writing, sheet, places),
        }
    )


def page_name(sheet: Sheet, step: Step, number: int) -> str:
    """The title of a question's page, without the product's name."""
    name = say(step.item.title, sheet.language)
    if not is_question(step.item):
        return name
    place = _("Вопрос %(number)s из %(total)s", number=number, total=sheet.total)
    return f"{place} — {name}"


def holds(sheet: Sheet, place: int) -> bool:
    """Whether «Далее» needs an answer here, once everything before it is answered or passed."""
    if place >= len(sheet.steps):
        return False
    before = {step.item.code for step in sheet.steps[: place - 1]}
    waits = locked(sheet.instrument, sheet.steps, sheet.standing.taken | before)
    return waits.get(sheet.steps[place].item.code) == sheet.steps[place - 1].item.code


def _entries(writing: Writing, sheet: Sheet, places: range) -> list[dict[str, Any]]:
    made, product = [], _("Ориентир")
    for place in places:
        step, number = sheet.steps[place - 1], sheet.number_at(place)
        frame = Frame(EMPTY_TOKEN, 0, holds(sheet, place))
        made.append(
            {
                "place": place,
                "item": step.item.code,
                "kind": step.item.type,
                "number": number,
                "title": f"{page_name(sheet, step, number)} — {product}",
                "html": fragment(writing, sheet, step, place, frame),
                "base": sheet.standing.last_position,
                "holds": frame.holds,
            }
        )
    return made


def _around(sheet: Sheet, first: int) -> range:
    """The places of one pack: the section of `first`, and those after it while there is room; none past the end."""
    if first > len(sheet.steps):
        return range(0)
    sections = [step.section.code for step in sheet.steps]
    begin = sections.index(sections[first - 1]) + 1
    end = begin - 1 + sections.count(sections[first - 1])
    if end - begin >= MOST:
        begin = max(begin, first - 1)
        end = min(end, begin + MOST - 1)
    while end < len(sections):
        longer = end + sections.count(sections[end])
        if longer - begin >= ENOUGH:
            break
        end = longer
    return range(begin, end + 1)


def _place(sheet: Sheet, place: int, step: Step) -> dict[str, Any]:
    """One question of the whole work, as the list and the progress line need it."""
    code, standing = step.item.code, sheet.standing
    part = sheet.section(step)
    return {
        "item": code,
        "number": sheet.number_at(place),
        "name": say(step.item.title, sheet.language),
        "section": step.section.code,
        "part": part or sheet.title,
        "titled": bool(part),
        "ordered": is_fixed(sheet.instrument, step.section),
        "question": is_question(step.item),
        "answered": code in standing.answers,
        "taken": code in standing.taken,
        "flagged": code in standing.flagged,
        "seen": code in standing.shown,
    }
