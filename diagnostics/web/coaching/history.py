"""«Мой профиль» and «История»: the newest result, and everything that one did and got, by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.campaigns.models import SeatState, WaveState
from diagnostics.campaigns.queries.seats import SeatFacts, seats_of_person
from diagnostics.files import queries as files
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.pathways.queries import past
from diagnostics.web import guard
from diagnostics.web.coaching.asking import me, own
from diagnostics.web.coaching.blueprint import coaching
from diagnostics.web.guard import require, screen
from diagnostics.web.terms import WAVE_NAMES


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: datetime
    title: str
    about: str
    href: str = ""
    link: str = ""


@coaching.get("/me/result")
@screen(Permission.ROUTE_EDIT)
def my_result() -> str | Redirect:
    require(Permission.ROUTE_EDIT, own())
    found = _findings()
    if not found:
        return render_template("coaching/no_result.html")
    # a trial names no level: it stands in the way of no result that counts
    chosen = next((one for one in found if not one.trial), found[0])
    return redirect(url_for("reading.result", finding_id=chosen.id))


@coaching.get("/me/history")
@screen(Permission.ROUTE_EDIT)
def history() -> str:
    require(Permission.ROUTE_EDIT, own())
    events = sorted([*_results(), *_routes(), *_documents()], key=lambda event: event.at, reverse=True)
    open_seats = [seat for seat in _seats() if _waits(seat)]
    return render_template("coaching/history.html", events=events, open_seats=open_seats)


def _waits(seat: SeatFacts) -> bool:
    """Can be answered now: not sent yet, its stage has begun and its time is not over."""
    unfinished = seat.state in {SeatState.EXPECTED, SeatState.STARTED}
    return unfinished and seat.wave_state is WaveState.OPEN and seat.closes_at > clock.now()


def _reaches(campaign_id: str) -> bool:
    """A link session reaches its own diagnosis only."""
    return guard.actor().link_campaign_id in {None, campaign_id}


def _findings() -> list[FindingView]:
    return [one for one in findings.of_person(me()) if _reaches(one.campaign_id)]


def _seats() -> list[SeatFacts]:
    return [one for one in seats_of_person(me()) if _reaches(one.campaign_id)]


def _results() -> Iterator[Event]:
    titles = {seat.seat_id: seat.campaign_title for seat in _seats()}
    for one in _findings():
        yield Event(
            one.made_at,
            _("Апробация") if one.trial else _(WAVE_NAMES[one.wave_kind]),
            titles.get(one.seat_id, ""),
            url_for("reading.result", finding_id=one.id),
            _("Результат"),
        )


def _routes() -> Iterator[Event]:
    for one in past.revisions(me()):
        if _reaches(one.campaign_id):
            yield Event(
                one.approved_at,
                _("Маршрут утверждён, редакция %(number)s", number=one.revision),
                one.campaign_title,
                url_for("coaching.revision", route_id=one.route_id, number=one.revision),
                _("Что было утверждено"),
            )


def _documents() -> Iterator[Event]:
    """Stored reports belong to the account; a link session lists none."""
    person_id = guard.actor().person_id
    if person_id is None:
        return
    for one in files.of_owner(person_id, purpose="report"):
        yield Event(
            one.created_at, _("Документ"), one.name, url_for("home.file", file_id=one.id), _("Скачать")
        )
