"""Sit a seat through the real actions: start, save, submit. Nothing is committed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.sittings import actions, queries
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind
from instruments.document import Item, MultipleItem, SingleItem
from instruments.items import Answer
from instruments.keys import NumberKey


def sit(seat_id: str, answers: Mapping[str, Answer], *, never_shown: Collection[str] = ()) -> str:
    """Id of a sent sitting; what is neither answered nor `never_shown` was seen and left empty."""
    started = actions.start(seat_id=seat_id, token_id=None, person_id=None)
    writing = queries.writing(started.sitting_id, started.secret)
    assert writing is not None
    instrument = catalogue.instrument(writing.instrument_id)
    asked = [item.code for item in instrument.form_items(writing.form) if item.code not in never_shown]
    events = [_event(number, code, answers) for number, code in enumerate(asked, 1)]
    actions.save_events(writing, events, Limits())
    actions.submit(writing, without_answers=True, limits=Limits())
    return started.sitting_id


def _event(number: int, item: str, answers: Mapping[str, Answer]) -> Event:
    kind = EventKind.ANSWER if item in answers else EventKind.SHOWN
    return Event(number, number - 1, kind, item, answers.get(item))


def right(scoring_id: str, item: str) -> Answer:
    """The right answer of a keyed item."""
    key = catalogue.scoring(scoring_id).items[item].key
    if isinstance(key, NumberKey):
        return key.value
    return list(key) if isinstance(key, tuple) else key


def answers(instrument_id: str, scoring_id: str, form: str, solved: Collection[str]) -> dict[str, Answer]:
    """Right answers to `solved` items of the form; the rest has none."""
    items = catalogue.instrument(instrument_id).form_items(form)
    return {item.code: right(scoring_id, item.code) for item in items if item.code in solved}


def wrong(scoring_id: str, item: Item) -> Answer:
    """A wrong answer of a keyed task to choose in, of a number or of a short text."""
    key = right(scoring_id, item.code)
    if isinstance(item, SingleItem):
        return next(one.code for one in item.options if one.code != key)
    if isinstance(item, MultipleItem):
        known = list(key) if isinstance(key, list) else []
        return ([one.code for one in item.options if one.code not in known] + known)[: item.choose or 1]
    return key - 1 if isinstance(key, int | float) else "нет"


def half(instrument_id: str, scoring_id: str, form: str) -> dict[str, Answer]:
    """Every question of a form answered, each second one rightly: what leaves its blocks in doubt."""
    items = catalogue.instrument(instrument_id).form_items(form)
    return {
        item.code: wrong(scoring_id, item) if number % 2 else right(scoring_id, item.code)
        for number, item in enumerate(items, 1)
    }
