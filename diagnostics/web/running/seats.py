"""The people of a wave, and one of them: more time, a lost card, a message with codes, taking out."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.campaigns import actions
from diagnostics.campaigns.codes import spaced
from diagnostics.campaigns.models import SeatState
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.campaigns.queries.roll import Participant, participant, participants
from diagnostics.campaigns.queries.seats import seat as seat_facts
from diagnostics.campaigns.sheets import link_address, minutes_of
from diagnostics.errors import Missing
from diagnostics.sittings.queries.paper import entry_of_seat
from diagnostics.sittings.queries.signals import signals_of_seat
from diagnostics.web import guard
from diagnostics.web.guard import require, screen, settings
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.tables import participants_table
from diagnostics.web.running.time_forms import PROLONG_WORDS, REASON_WORDS, ExtraTimeForm, ProlongForm
from diagnostics.web.running.waves import runs_wave


@running.get("/waves/<wave_id>/people")
@screen(Permission.CAMPAIGN_RUN)
def people(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    return render_template("running/people.html", campaign=found, wave=wave, people=participants(wave_id))


@running.get("/waves/<wave_id>/people.xlsx")
@screen(Permission.CAMPAIGN_RUN)
def people_xlsx(wave_id: str) -> Response:
    found, _wave = runs_wave(wave_id)
    return spreadsheet(participants_table(found.title, participants(wave_id)), found.title)


@running.get("/seats/<seat_id>")
@screen(Permission.CAMPAIGN_RUN)
def seat(seat_id: str) -> str:
    return seat_page(runs_seat(seat_id))


@running.post("/seats/<seat_id>/message")
@screen(Permission.CAMPAIGN_RUN)
def seat_message(seat_id: str) -> str:
    """New codes are shown once, in this very answer: only their hashes are kept."""
    one = runs_seat(seat_id)
    found, wave = wave_of(seat_facts(seat_id).wave_id)
    code = spaced(actions.mint_paper_code(seat_id)) if one.school_code else ""
    link = link_address(settings().public_url, actions.mint_link(seat_id))
    return render_template(
        "running/message.html",
        campaign=found,
        wave=wave,
        one=one,
        code=code,
        link=link,
        minutes=minutes_of(wave),
        address=f"{settings().public_url}/code",
    )


@running.post("/seats/<seat_id>/revoke")
@screen(Permission.CAMPAIGN_RUN)
def seat_revoke(seat_id: str) -> Redirect:
    runs_seat(seat_id)
    actions.revoke(seat_id, asking.person_id())
    flash(_("Прежние ссылки и карточки этого человека больше не действуют. Выдайте новые."), "ok")
    return redirect(url_for("running.seat", seat_id=seat_id))


@running.post("/seats/<seat_id>/remove")
@screen(Permission.CAMPAIGN_RUN)
def seat_remove(seat_id: str) -> Redirect:
    one = runs_seat(seat_id)
    facts = seat_facts(seat_id)
    actions.withdraw_seat(seat_id, asking.person_id())
    flash(_("%(name)s больше не участвует.", name=one.full_name), "ok")
    return redirect(url_for("running.people", wave_id=facts.wave_id))


def runs_seat(seat_id: str) -> Participant:
    require(Permission.CAMPAIGN_RUN, things.seat(seat_id))
    found = participant(seat_id)
    if found is None:
        raise Missing
    return found


def seat_page(one: Participant, form: ExtraTimeForm | ProlongForm | None = None) -> str:
    """`form`: of more time, when it came back with a mistake."""
    facts = seat_facts(one.seat_id)
    found, wave = wave_of(facts.wave_id)
    return render_template(
        "running/seat.html",
        one=one,
        campaign=found,
        wave=wave,
        form=form or (ExtraTimeForm if one.state is SeatState.EXPECTED else ProlongForm).of(one.extra_time),
        reason=(REASON_WORDS | PROLONG_WORDS).get(one.extra_reason, ""),
        paper=entry_of_seat(one.seat_id),
        watched=facts.watch,
        signals=signals_of_seat(one.seat_id) if facts.watch else None,
        work_id=facts.instrument_id if guard.may(Permission.INSTRUMENT_READ) else None,
    )
