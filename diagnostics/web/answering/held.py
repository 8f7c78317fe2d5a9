"""A form posted without a living key or with an old page: stored first, asked later.

The answer is held for the browser that posted it; coming in again by link, card or password stores it.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Response as Page
from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session as base
from diagnostics.database import writing as may_write
from diagnostics.errors import DomainError
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import Started, holding
from diagnostics.sittings.actions.holding import Held
from diagnostics.sittings.errors import KeyNeeded, SittingClosed
from diagnostics.sittings.events import Event, stored_value
from diagnostics.sittings.models import EventKind
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard, problems
from diagnostics.web.answering import keys
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.characters import NUL
from diagnostics.web.item_fields import NAME, read_form
from diagnostics.web.messages import sentence
from instruments.texts import say

FORM = "answering.answer"
LONGEST_CODE = 64
LARGEST_BASE = 1_000_000
SHOWN = 200  # characters of an answer that could not be stored, repeated to its author


@answering.errorhandler(KeyNeeded)
def _without_key(error: KeyNeeded) -> Page:
    return _held_page(HTTPStatus.UNAUTHORIZED) or problems.answer(error.code, error.status)


@answering.errorhandler(CSRFError)
def _without_token(_error: CSRFError) -> Page:
    """The token lives as long as the session: without it the key is mostly gone too, and that is what is said."""
    sitting_id = _sitting_id()
    if sitting_id and sitting_id not in session.get(keys.COOKIE, {}):
        return _held_page(HTTPStatus.UNAUTHORIZED) or problems.answer("key_needed", HTTPStatus.UNAUTHORIZED)
    return _held_page(HTTPStatus.FORBIDDEN) or problems.answer("csrf", HTTPStatus.FORBIDDEN)


@answering.post("/t/<sitting_id>/held")
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def store_held(sitting_id: str) -> Response:
    """Who may answer still, but posted a page that was too old: one button stores what was held."""
    try:
        _tell(_stored(keys.hold(sitting_id)))
    except KeyNeeded:
        seat_id = _own_seat(sitting_id)
        try:
            started = keys.begin(seat_id=seat_id, token_id=None, person_id=guard.actor().person_id)
        except SittingClosed:
            come_late(sitting_id, token_id=None, person_id=guard.actor().person_id)
            return redirect(url_for("answering.seat", seat_id=seat_id), HTTPStatus.SEE_OTHER)
        come_in(started)
    place = max(1, request.form.get("place", 1, type=int))
    return redirect(url_for("answering.question", sitting_id=sitting_id, place=place), HTTPStatus.SEE_OTHER)


def come_in(started: Started) -> None:
    """Whoever has just got a key: what was held for this browser is stored with it."""
    writing = reading.writing(started.sitting_id, started.secret)
    if writing is not None:
        _tell(_stored(writing))


def come_late(sitting_id: str, *, token_id: str | None, person_id: str | None) -> None:
    """The same for a sitting that takes no more: it is kept for who decides about late answers."""
    waiting = holding.waits(sitting_id, keys.device())
    if waiting:
        come_in(sittings.come_late(sitting_id, token_id=token_id, person_id=person_id, device=keys.device()))


def _own_seat(sitting_id: str) -> str:
    found = reading.one(sitting_id)
    if found is None:
        raise KeyNeeded
    guard.require(Permission.SEAT_ANSWER, things.seat(found.seat_id))
    return found.seat_id


def _stored(writing: Writing) -> list[tuple[str, str]]:
    """(kind of message, words) for what was held of this sitting."""
    told: list[tuple[str, str]] = []
    stored = 0
    asked = set(catalogue.instrument(writing.instrument_id).form(writing.form).item_codes)
    for held in holding.take(writing.sitting_id, keys.device()):
        if held.item not in asked:  # no page of ours has posted it
            continue
        try:
            refusal = _store(writing, held)
        except DomainError as refused:
            told.append(("caution", _refused_words(writing, held, refused)))
            continue
        if refusal is None:
            stored += 1
        else:
            told.append(("caution", sentence(refusal)))
    if stored:
        words = ngettext("Ваш ответ сохранён.", "Сохранены ваши ответы: %(num)s.", stored)
        told.insert(0, ("ok", words))
    return told


def _store(writing: Writing, held: Held) -> str | None:
    """None: it counts; else why it does not."""
    instrument = catalogue.instrument(writing.instrument_id)
    raw = read_form(instrument.item(held.item), MultiDict(held.fields))
    value = stored_value(instrument, writing.form, held.item, raw, 0, writing.seed)
    if value == reading.answers(writing.sitting_id).get(held.item):
        return None
    kind = EventKind.CLEAR if value is None else EventKind.ANSWER
    event = Event(0, min(held.base, writing.last_position), kind, held.item, value)
    saved = sittings.save_form(writing, [event], guard.settings().limits)
    if saved.refusal is None:
        return None
    return saved.refusal if saved.kept else f"{saved.refusal}_not_kept"


def _refused_words(writing: Writing, held: Held, refused: DomainError) -> str:
    item = catalogue.instrument(writing.instrument_id).item(held.item)
    typed = ", ".join(value for name, value in held.fields if name.startswith(NAME) and value)[:SHOWN]
    return _(
        "Ответ на вопрос «%(title)s» не сохранён: %(why)s Вы ответили: %(typed)s",
        title=say(item.title, writing.language),
        why=sentence(refused.code, refused.parameters),
        typed=typed or "—",
    )


def _tell(told: list[tuple[str, str]]) -> None:
    for kind, words in told:
        flash(words, kind)


def _held_page(status: HTTPStatus) -> Page | None:
    """The page that says where the answer is now; None where there was no answer that could be held."""
    posted = _posted()
    if posted is None or not _comes_from_here():
        return None
    sitting_id = _sitting_id()
    with may_write():
        kept = holding.hold(sitting_id, keys.device(), posted)
        base.commit()
    if not kept:
        return None
    found = reading.one(sitting_id)
    may_store = found is not None and (
        keys.holds(sitting_id) or guard.may(Permission.SEAT_ANSWER, things.seat(found.seat_id))
    )
    place = (request.view_args or {}).get("place", 1)
    page = render_template("answering/held.html", sitting_id=sitting_id, place=place, may_store=may_store)
    return Page(page, status=status)


def _posted() -> Held | None:
    code = request.form.get("item", "") if request.endpoint == FORM and request.method == "POST" else ""
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name.startswith(NAME))
    if not code or len(code) > LONGEST_CODE or not fields:
        return None
    if any(NUL in text for pair in fields for text in (*pair, code)):
        return None
    return Held(code, max(0, min(request.form.get("base", 0, type=int), LARGEST_BASE)), fields)


def _comes_from_here() -> bool:
    """Whether the form stood on a page of ours, as far as the browser tells."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    told = request.headers.get("Origin") or request.headers.get("Referer")
    return not told or urlsplit(told).netloc == request.host


def _sitting_id() -> str:
    return str((request.view_args or {}).get("sitting_id", ""))
