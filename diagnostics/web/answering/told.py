"""What a person is told before a diagnosis begins or goes on."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.campaigns.models import Privacy, WaveState
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.catalogue import queries as catalogue
from diagnostics.sittings import queries as reading
from diagnostics.sittings import timing
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.queries import Invitation, SittingView
from diagnostics.web import words
from diagnostics.web.answering.page import Sheet
from instruments import path
from instruments.document import Item, is_opinion, is_question
from instruments.order import is_ordered
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Work:
    """The work in a few facts."""

    title: str
    purpose: str
    instructions: str
    questions: int
    minutes: int
    ordered: bool = False  # the next question opens after the one before it
    branching: bool = False  # answers decide what is asked, so `questions` is the most there can be
    limit: int = 0  # minutes of the person's own; 0 where none are counted
    opinion: bool = False  # nothing in it is right or wrong: no deficits and no route follow from it

    @classmethod
    def of(cls, told: Invitation, sitting: SittingView | None = None) -> Work | None:
        """None where the results come from elsewhere and nothing is answered here."""
        seat = told.seat
        if seat.instrument_id is None:
            return None
        pinned = (seat.instrument_id, seat.form)
        instrument_id, form = pinned if sitting is None else (sitting.instrument_id, sitting.form)
        minutes = timing.minutes_of(instrument_id, seat.privacy)
        limit = math.ceil(timing.given(minutes, seat.extra_time).total_seconds() / 60) if minutes else 0
        return replace(cls.of_form(instrument_id, form), limit=limit)

    @classmethod
    def of_form(cls, instrument_id: str, form: str) -> Work:
        """A form of a work, in the words of that form where it has its own."""
        instrument = catalogue.instrument(instrument_id)
        return cls(
            title=say(instrument.title),
            purpose=say(instrument.purpose_of(form)),
            instructions=say(instrument.instructions_of(form)),
            questions=sum(is_question(item) for item in instrument.form_items(form)),
            branching=path.is_branching(instrument, form),
            minutes=instrument.minutes_of(form),
            ordered=is_ordered(instrument, form),
            opinion=not any(_is_task(item) for item in instrument.form_items(form)),
        )


def _is_task(item: Item) -> bool:
    """Whether an answer may be right or wrong."""
    return is_question(item) and not is_opinion(item) and item.type != "text"


@dataclass(frozen=True, slots=True)
class Resume:
    """Where the person stopped."""

    place: int  # of the page
    number: int  # of the question
    answered: int
    saved_at: datetime | None

    @classmethod
    def of(cls, sitting: SittingView) -> Resume:
        sheet = Sheet.of(sitting)
        place = sheet.resume_place()
        return cls(place, sheet.number_at(place), sheet.answered, sheet.standing.saved_at)

    def words(self, zone: str) -> str:
        """«Вы остановились на вопросе 7, ответов: 6, сохранено 21 ноября в 19:40»."""
        given = ngettext("%(num)s ответ", "%(num)s ответов", self.answered)
        if self.saved_at is None:
            return self.place_words()
        day = words.day_month(self.saved_at, zone)
        saved = _("сохранено %(day)s в %(time)s", day=day, time=words.clock_time(self.saved_at, zone))
        return f"{self._stopped()}: {given}, {saved}."

    def place_words(self) -> str:
        """«Вы остановились на вопросе 7.»"""
        return f"{self._stopped()}."

    def _stopped(self) -> str:
        return _("Вы остановились на вопросе %(number)s", number=self.number)


def door_state(told: Invitation, sitting: SittingView | None) -> str:
    """`done`, `stopped`, `over`, `minutes_over`, `early`, `paused`, `resume` or `begin`."""
    now, seat = clock.now(), told.seat
    if sitting is not None and sitting.state is SittingState.SUBMITTED:
        return "done"
    if sitting is not None and sitting.state is not SittingState.OPEN:
        return "stopped"
    if seat.wave_state is WaveState.CLOSED or now > seat.closes_at:
        return "over"
    if seat.wave_state is WaveState.PLANNED or now < seat.opens_at or seat.instrument_id is None:
        return "early"
    if seat.paused_at is not None:
        return "paused"
    return "begin" if sitting is None else _begun(sitting, seat, now)


def _begun(sitting: SittingView, seat: SeatFacts, now: datetime) -> str:
    return "minutes_over" if now > timing.ends_at(timing.Work.of(sitting, seat)) else "resume"


def late_told(sitting: SittingView | None) -> dict[str, object]:
    """What a page says of late answers: how many wait, and what was decided."""
    work = reading.waiting_of(sitting.id) if sitting else None
    return {
        "late": work.answers if work else 0,
        "decisions": reading.decisions_of(sitting.id) if sitting else [],
    }


def who_sees(seat: SeatFacts) -> list[str]:
    """Who will see the result: said before the first question, in the words of the diagnosis' own rules."""
    if seat.privacy is Privacy.ANONYMOUS:
        return [
            _("Имени не спрашиваем: ответы нельзя связать с вами."),
            _("Результаты видны только обобщённо."),
        ]
    if seat.privacy is Privacy.CONFIDENTIAL:
        return [
            _("Результат видите только вы."),
            _("Организатор видит, что вы прошли диагностику, и обобщённые результаты от пяти человек."),
        ]
    to_tutor = bool(seat.visibility.get("levels_to_tutor"))
    first = (
        _("Результат видите вы, ваш тьютор и тренер группы.")
        if to_tutor
        else _("Результат видите только вы.")
    )
    school = (
        _("Директор видит, что вы прошли диагностику, а уровни по блокам — если вы это отдельно разрешите.")
        if seat.visibility.get("levels_to_school")
        else _("Директор видит, что вы прошли диагностику.")
    )
    return [first, school, _("Координаторам — только обобщённо, от пяти человек.")]
