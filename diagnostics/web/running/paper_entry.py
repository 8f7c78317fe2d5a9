"""Answers of one person typed from paper by the organiser: a page to type, a page to compare, then they count."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.campaigns.queries.roll import Participant, participant
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.campaigns.queries.seats import seat as seat_facts
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import DomainError, Missing
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import paper
from diagnostics.sittings.entry_models import PaperState
from diagnostics.sittings.queries.paper import PaperView, entry, entry_of_seat
from diagnostics.web import paper_entry as typing
from diagnostics.web.guard import require, screen, settings
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from instruments.document import Instrument

Page = Response | str | tuple[str, int]


@running.get("/seats/<seat_id>/paper")
@screen(Permission.CAMPAIGN_RUN)
def paper_form(seat_id: str) -> Page:
    facts, instrument = _seat(seat_id)
    try:
        paper.refuse_seat(seat_id)
    except DomainError as refused:
        return _refused(facts, refused), refused.status
    standing = entry_of_seat(seat_id)
    texts = typing.texts_of(instrument, facts.form, standing.answers) if standing else {}
    return _form(facts, typing.rows(instrument, facts.form, texts, {}))


@running.post("/seats/<seat_id>/paper")
@screen(Permission.CAMPAIGN_RUN)
def paper_typed(seat_id: str) -> Page:
    facts, instrument = _seat(seat_id)
    found = typing.read_typed(instrument, facts.form)
    if found.errors or not found.answers:
        rows = typing.rows(instrument, facts.form, found.texts, found.errors)
        nothing = "" if found.errors else _("Внесите хотя бы один ответ.")
        return _form(facts, rows, nothing), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        entry_id = paper.enter_seat(seat_id, found.answers, actor_id=asking.person_id())
    except DomainError as refused:
        session.rollback()
        return _refused(facts, refused), refused.status
    return redirect(url_for("running.paper_check", entry_id=entry_id))


@running.get("/paper/<entry_id>")
@screen(Permission.CAMPAIGN_RUN)
def paper_check(entry_id: str) -> Page:
    found, facts = _entry(entry_id)
    if found.state is not PaperState.ENTERED:
        return redirect(url_for("running.seat", seat_id=facts.seat_id))
    return _check(found, facts)


@running.post("/paper/<entry_id>/confirm")
@screen(Permission.CAMPAIGN_RUN)
def paper_confirm(entry_id: str) -> Page:
    found, facts = _entry(entry_id)
    if request.form.get("compared") != "yes":
        return _check(
            found, facts, _("Отметьте, что сверили ответы с бумагой.")
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        receipt = paper.confirm(entry_id, actor_id=asking.person_id(), limits=settings().limits)
    except DomainError as refused:
        session.rollback()
        return _check(found, facts, sentence(refused.code, refused.parameters)), refused.status
    flash(_("Ответы внесены и отправлены. Квитанция № %(number)s.", number=receipt.number), "ok")
    return redirect(url_for("running.seat", seat_id=facts.seat_id))


@running.post("/paper/<entry_id>/drop")
@screen(Permission.CAMPAIGN_RUN)
def paper_drop(entry_id: str) -> Response:
    _found, facts = _entry(entry_id)
    paper.drop(entry_id, actor_id=asking.person_id())
    flash(_("Внесённое удалено, в работу ничего не попало."), "ok")
    return redirect(url_for("running.seat", seat_id=facts.seat_id))


def _seat(seat_id: str) -> tuple[SeatFacts, Instrument]:
    require(Permission.CAMPAIGN_RUN, things.seat(seat_id))
    facts = seat_facts(seat_id)
    if facts.instrument_id is None or facts.respondent_id is None:
        raise Missing
    return facts, catalogue.instrument(facts.instrument_id)


def _entry(entry_id: str) -> tuple[PaperView, SeatFacts]:
    found = entry(entry_id)
    if found.seat_id is None:
        raise Missing
    return found, _seat(found.seat_id)[0]


def _about(facts: SeatFacts) -> dict[str, object]:
    campaign, wave = wave_of(facts.wave_id)
    return {"campaign": campaign, "wave": wave, "one": _person(facts)}


def _person(facts: SeatFacts) -> Participant:
    found = participant(facts.seat_id)
    if found is None:
        raise Missing
    return found


def _form(facts: SeatFacts, rows: list[typing.Row], error: str = "") -> str:
    errors = [*([{"text": error, "href": "#main"}] if error else []), *typing.summary(rows)]
    return render_template("running/paper_form.html", rows=rows, errors=errors, **_about(facts))


def _refused(facts: SeatFacts, refused: DomainError) -> str:
    sitting = reading.of_seat(facts.seat_id)
    return render_template(
        "running/paper_refused.html",
        text=sentence(refused.code, refused.parameters),
        code=refused.code,
        begun_at=sitting.started_at if sitting else None,
        **_about(facts),
    )


def _check(found: PaperView, facts: SeatFacts, error: str = "") -> str:
    lines = typing.lines(facts.instrument_id or "", facts.form, found.answers)
    return render_template(
        "running/paper_check.html",
        entry=found,
        lines=lines,
        empty=sum(not line.typed for line in lines),
        error=error,
        errors=[error] if error else None,
        **_about(facts),
    )
