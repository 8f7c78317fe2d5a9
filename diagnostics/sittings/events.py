"""Events as a client sends them, read strictly: unknown fields, bad numbers and bad answers are refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from diagnostics.config import Limits
from diagnostics.database import compact_json
from diagnostics.sittings.errors import EventRefused, ItemMissing
from diagnostics.sittings.models import EventKind
from instruments.document import Instrument
from instruments.items import Answer, read
from instruments.masking import OptionUnknownError, masked

FIELDS = frozenset({"seq", "base", "kind", "item", "value", "client_at"})
REQUIRED = ("seq", "base", "kind", "item")
# What a person's browser may send; `drawn` is the server's own, the rest comes with later features.
KINDS: Mapping[str, EventKind] = {
    kind.value: kind
    for kind in (
        EventKind.ANSWER,
        EventKind.CLEAR,
        EventKind.CHOICE,
        EventKind.SHOWN,
        EventKind.FLAG,
        EventKind.UNFLAG,
        EventKind.SKIP,
    )
}
WITH_VALUE = frozenset({EventKind.ANSWER, EventKind.CHOICE})


Drawn = Callable[[], Collection[str]]


@dataclass(frozen=True, slots=True)
class Event:
    """One event ready to be stored. Form posts without script carry a negative `seq`, given by the server."""

    seq: int
    base: int
    kind: EventKind
    item: str
    value: Answer
    client_at: datetime | None = None

    @property
    def body_hash(self) -> str:
        """SHA-256 of what the event says; a re-send has the same one."""
        body = [self.base, self.kind.value, self.item, self.value]
        return hashlib.sha256(json.dumps(body, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the events may speak about: the items of one form, and where the client's numbers stand.

    `seed`: of the sitting, under whose ids of options the values come; None where they come as codes.
    `drawn`: asks the base for the clarifying tasks of the sitting, when an item is none of the form's.
    """

    instrument: Instrument
    form: str
    last_position: int
    last_seq: int
    seed: int | None
    drawn: Drawn = tuple


def read_events(body: Mapping[str, Any], asked: Asked, limits: Limits) -> list[Event]:
    """The events of a request's body, all or none.

    Raises
    ------
    EventRefused
        422 with the code of the first mistake and the `seq` of its event.
    ItemMissing
        404 for an item that this form does not ask.
    """
    _only(body, frozenset({"events"}))
    rows = body.get("events")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise EventRefused("bad_events")
    if len(rows) > limits.batch_events:
        raise EventRefused("batch_too_big", most=limits.batch_events)
    return [_event(row, asked, limits) for row in rows]


def stored_value(
    instrument: Instrument,
    form: str,
    item_code: str,
    raw: object,
    seq: int,
    seed: int | None = None,
    drawn: Drawn = tuple,
) -> Answer:
    """The answer in its stored form (None = left empty); refused with the first reason why it is none.

    `seed`: of the sitting whose page it comes from, with that sitting's ids of options; without one they are
    the document's codes (a sheet of paper, the server itself).
    """
    if item_code not in instrument.form(form).item_codes and item_code not in drawn():
        raise ItemMissing
    item = instrument.item(item_code)
    try:
        given = raw if seed is None else masked(instrument, form, item, seed).reveal(raw)
    except OptionUnknownError as unknown:
        raise EventRefused("option_unknown", seq=seq, option=unknown.option) from unknown
    answer, problems = read(item, given)
    if problems:
        raise EventRefused(problems[0].code, seq=seq, **problems[0].params)
    return answer


def _event(row: Mapping[str, Any], asked: Asked, limits: Limits) -> Event:
    _only(row, FIELDS)
    for name in REQUIRED:
        if name not in row:
            raise EventRefused("field_missing", field=name)
    seq = row["seq"]
    if not _is_count(seq) or not 1 <= seq <= asked.last_seq + limits.sequence_jump:
        raise EventRefused("bad_seq")
    kind = KINDS.get(row["kind"]) if isinstance(row["kind"], str) else None
    if kind is None:
        raise EventRefused("unknown_kind", seq=seq)
    if not _is_count(row["base"]) or not 0 <= row["base"] <= asked.last_position:
        raise EventRefused("bad_base", seq=seq)
    if kind not in WITH_VALUE and row.get("value") is not None:
        raise EventRefused("unknown_field", field="value", seq=seq)
    item = row["item"] if isinstance(row["item"], str) else ""
    value = stored_value(asked.instrument, asked.form, item, row.get("value"), seq, asked.seed, asked.drawn)
    if kind is EventKind.ANSWER and value is None:
        kind = EventKind.CLEAR
    return Event(seq, row["base"], kind, item, value, _moment(row.get("client_at"), seq))


def _only(body: Mapping[str, Any], known: frozenset[str]) -> None:
    for name in body:
        if name not in known:
            raise EventRefused("unknown_field", field=name[:64])


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _moment(raw: object, seq: int) -> datetime | None:
    """The client's own clock: kept as told, never trusted for a deadline."""
    if raw is None:
        return None
    try:
        moment = datetime.fromisoformat(raw) if isinstance(raw, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise EventRefused("bad_time", seq=seq)


def answers_hash(sitting_id: str, answers: Mapping[str, Answer]) -> str:
    """SHA-256 of the canonical answers, salted by the sitting: what a receipt lets anyone check again."""
    canonical = compact_json({"answers": dict(sorted(answers.items())), "sitting": sitting_id})
    return hashlib.sha256(canonical.encode()).hexdigest()
