"""Answers from a paper form: typed by somebody, compared with the paper, and only then sent as the person's own."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions import nameless
from diagnostics.campaigns.circle_models import CodeState, OneTimeCode
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.campaigns.queries import seats
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session, take_turn
from diagnostics.errors import Conflict, Missing
from diagnostics.sittings.actions.ending import Receipt, submit
from diagnostics.sittings.actions.saving import save_events
from diagnostics.sittings.actions.starting import start
from diagnostics.sittings.entry_models import PaperEntry, PaperState
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind
from diagnostics.sittings.queries.consents import consent_to_ask
from diagnostics.sittings.queries.keys import Writing, writing
from instruments import path
from instruments.document import is_question
from instruments.items import Answer
from instruments.order import is_ordered


def enter_seat(seat_id: str, answers: Mapping[str, Answer], *, actor_id: str) -> str:
    """Keep what was typed of a named person's form; it replaces what was typed and not yet confirmed.

    Conflict: `paper_begun` (the person answers by themself), `paper_done`, `paper_consent`.
    """
    take_turn(f"paper:{seat_id}")
    refuse_seat(seat_id)
    entry = session.scalars(
        sa.select(PaperEntry).where(PaperEntry.seat_id == seat_id, PaperEntry.state == PaperState.ENTERED)
    ).first()
    facts = seats.seat(seat_id)
    entry = entry or PaperEntry(
        wave_id=facts.wave_id, seat_id=seat_id, answers={}, entered_by=actor_id, entered_at=clock.now()
    )
    return _keep(entry, answers, actor_id)


def enter_circle(
    circle_id: str, wave_id: str, answers: Mapping[str, Answer], *, code_id: str | None, actor_id: str
) -> str:
    """The same of a sheet without a name; `code_id`: the slip that came with it."""
    if code_id is not None:
        refuse_spent(code_id)
    entry = PaperEntry(
        wave_id=wave_id,
        circle_id=circle_id,
        code_id=code_id,
        answers={},
        entered_by=actor_id,
        entered_at=clock.now(),
    )
    return _keep(entry, answers, actor_id)


def change(entry_id: str, answers: Mapping[str, Answer], *, actor_id: str) -> str:
    return _keep(_waiting(entry_id), answers, actor_id)


def drop(entry_id: str, *, actor_id: str) -> None:
    """Typed for nothing: of a nameless sheet no trace stays."""
    entry = _waiting(entry_id)
    if entry.circle_id is not None:
        session.delete(entry)
    else:
        entry.state, entry.answers = PaperState.DROPPED, {}
        audit.record("paper.drop", actor_id=actor_id, kind="seat", object_id=entry.seat_id or "")
    session.flush()


def confirm(entry_id: str, *, actor_id: str, limits: Limits) -> Receipt:
    """It was compared with the paper: the sitting is made, answered in its own order and sent, all at once.

    What is not asked for these answers is left out. Refusals as `enter_seat`, `start` and `submit`; then nothing
    of it stands.
    """
    entry = _waiting(entry_id)
    if entry.seat_id is not None:
        # the person may be beginning by themself at this moment: one of the two is first
        session.execute(sa.select(Seat.id).where(Seat.id == entry.seat_id).with_for_update())
        refuse_seat(entry.seat_id)
    seat_id = entry.seat_id or _nameless_seat(entry)
    started = start(seat_id=seat_id, token_id=None, person_id=actor_id)
    mine = writing(started.sitting_id, started.secret)
    if mine is None:
        raise Missing
    save_events(mine, _events(mine, entry.answers), limits)
    receipt = submit(mine, without_answers=True, limits=limits)
    _note(entry, started.sitting_id, actor_id)
    return receipt


def refuse_seat(seat_id: str) -> None:
    """Whether this person's answers may come from paper."""
    facts = seats.seat(seat_id)
    if facts.state is SeatState.STARTED:
        raise Conflict("paper_begun")
    if facts.state is not SeatState.EXPECTED:
        raise Conflict("paper_done")
    if consent_to_ask(facts.respondent_id, facts.campaign_id) is not None:
        raise Conflict("paper_consent")


def _keep(entry: PaperEntry, answers: Mapping[str, Answer], actor_id: str) -> str:
    entry.answers = {code: answer for code, answer in answers.items() if answer is not None}
    entry.entered_by, entry.entered_at = actor_id, clock.now()
    session.add(entry)
    session.flush()
    if entry.seat_id is not None:
        audit.record("paper.enter", actor_id=actor_id, kind="seat", object_id=entry.seat_id)
    return entry.id


def _waiting(entry_id: str) -> PaperEntry:
    entry = session.scalars(sa.select(PaperEntry).where(PaperEntry.id == entry_id).with_for_update()).first()
    if entry is None:
        raise Missing
    if entry.state is not PaperState.ENTERED:
        raise Conflict("paper_done")
    return entry


def _nameless_seat(entry: PaperEntry) -> str:
    if entry.code_id is not None:
        refuse_spent(entry.code_id)
        return nameless.seat_by_code(entry.code_id)
    return nameless.seat_by_link(entry.circle_id or "")


def refuse_spent(code_id: str) -> None:
    """Conflict `code_revoked`, `paper_begun` (somebody answers by it) or `code_spent`."""
    code = session.get(OneTimeCode, code_id, populate_existing=True)
    if code is None or code.state is CodeState.REVOKED:
        raise Conflict("code_revoked")
    if code.state is not CodeState.FRESH:
        raise Conflict("paper_begun" if code.state is CodeState.OPEN else "code_spent")


def _events(mine: Writing, answers: Mapping[str, Answer]) -> list[Event]:
    """In the order in which the questions open; in a fixed order the empty ones are passed."""
    instrument = catalogue.instrument(mine.instrument_id)
    passes = is_ordered(instrument, mine.form)
    found = []
    for step in path.asked(instrument, mine.form, answers, mine.seed):
        code = step.item.code
        if code in answers:
            found.append((EventKind.ANSWER, code, answers[code]))
        elif passes:
            found.append((EventKind.SKIP if is_question(step.item) else EventKind.SHOWN, code, None))
    return [Event(seq, 0, kind, code, value) for seq, (kind, code, value) in enumerate(found, 1)]


def _note(entry: PaperEntry, sitting_id: str, actor_id: str) -> None:
    if entry.circle_id is not None:
        audit.record(
            "circle.paper",
            actor_id=actor_id,
            kind="circle",
            object_id=entry.circle_id,
            at=clock.hour(clock.now()),
        )
        session.delete(entry)
    else:
        entry.state, entry.confirmed_by, entry.confirmed_at = PaperState.CONFIRMED, actor_id, clock.now()
        audit.record("sitting.paper", actor_id=actor_id, kind="sitting", object_id=sitting_id)
    session.flush()
