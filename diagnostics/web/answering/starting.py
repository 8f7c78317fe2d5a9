"""The start page: what awaits, who sees, consent; then the first question."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.links import link_holder
from diagnostics.campaigns.queries.requests import request_of
from diagnostics.people.actions import consents
from diagnostics.people.queries.consents import ConsentText
from diagnostics.sittings import queries as reading
from diagnostics.sittings.queries import Invitation, SittingView
from diagnostics.web import guard
from diagnostics.web.answering import doors, held, keys
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.forms import ConsentForm
from diagnostics.web.answering.told import Resume, Work, door_state, late_told, who_sees

OPTION = "consent-"  # prefix of the separate boxes


class _Place(NamedTuple):
    told: Invitation
    sitting: SittingView | None
    consent: ConsentText | None


@answering.get("/t/<place_id>/start")
@guard.direct
@guard.screen(Permission.SEAT_ANSWER)
def start_page(place_id: str) -> Response | str | tuple[str, int]:
    place = _load(place_id)
    if door_state(place.told, place.sitting) == "done" and place.sitting is not None:
        return redirect(url_for("answering.done", sitting_id=place.sitting.id))
    return _page(place, ConsentForm())


@answering.post("/t/<place_id>/start")
@guard.screen(Permission.SEAT_ANSWER)
def start(place_id: str) -> Response | str | tuple[str, int]:
    """Consent, if it is still to be given, and the first question (or the one where the person stopped)."""
    place = _load(place_id)
    form = ConsentForm()
    if door_state(place.told, place.sitting) not in ("begin", "resume"):
        return start_page(place_id)
    if place.consent is not None:
        if not form.validate_on_submit():
            return _page(place, form, refused=True)
        _agree(place.told, place.consent)
    seat = place.told.seat
    started = keys.begin(
        seat_id=seat.seat_id, token_id=_token_id(), person_id=seat.respondent_id, language="ru"
    )
    held.come_in(started)
    if place.sitting is not None:
        return doors.to_where_stopped(place.sitting, seat.zone)
    return redirect(url_for("answering.question", sitting_id=started.sitting_id, place=1))


@answering.get("/t/<place_id>/no-consent")
@guard.screen(Permission.SEAT_ANSWER)
def no_consent(place_id: str) -> str:
    return render_template("answering/no_consent.html", told=_load(place_id).told, place_id=place_id)


@answering.get("/t/<place_id>/consent")
@guard.screen(Permission.SEAT_ANSWER)
def consent_text(place_id: str) -> Response | str:
    """The whole text, printable."""
    place = _load(place_id)
    if place.consent is None:
        return redirect(url_for("answering.start_page", place_id=place_id))
    return render_template("answering/consent.html", consent=place.consent, place_id=place_id)


def _load(place_id: str) -> _Place:
    """`place_id`: a seat's or a sitting's, so that one address serves before and after the beginning."""
    sitting = reading.one(place_id)
    seat_id = sitting.seat_id if sitting else place_id
    guard.require(Permission.SEAT_ANSWER, things.seat(seat_id))
    told = reading.invitation(seat_id)
    consent = reading.consent_to_ask(told.seat.respondent_id, told.seat.campaign_id)
    return _Place(told, sitting or reading.of_seat(seat_id), consent)


def _page(place: _Place, form: ConsentForm, *, refused: bool = False) -> str | tuple[str, int]:
    state = door_state(place.told, place.sitting)
    page = render_template(
        "answering/start.html",
        told=place.told,
        work=Work.of(place.told, place.sitting),
        consent=place.consent,
        form=form,
        state=state,
        who=who_sees(place.told.seat),
        resume=Resume.of(place.sitting) if place.sitting and state == "resume" else None,
        request=request_of(place.told.seat.seat_id),
        **late_told(place.sitting if state == "over" else None),
    )
    if refused:
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return (
        (page, HTTPStatus.CONFLICT)
        if state in ("over", "minutes_over", "early", "paused", "stopped")
        else page
    )


def _agree(told: Invitation, consent: ConsentText) -> None:
    person_id = told.seat.respondent_id
    if person_id is None:
        return
    consents.give(
        person_id=person_id,
        document_id=consent.document_id,
        options={code: f"{OPTION}{code}" in request.form for code in consent.option_codes},
        actor_id=person_id,
    )


def _token_id() -> str | None:
    """The link that brought the person here; whoever is signed in came without one."""
    if guard.viewer() is not None or guard.LINK not in session:
        return None
    holder = link_holder(session[guard.LINK])
    return holder.token_id if holder else None
