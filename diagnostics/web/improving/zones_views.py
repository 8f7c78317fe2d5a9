"""Zones of a school: the page, its files, and what those above the school may see of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.access.table import COORDINATORS
from diagnostics.campaigns.models import WaveState
from diagnostics.improvement import actions, queries
from diagnostics.improvement.queries import Turnout
from diagnostics.jobs import actions as jobs
from diagnostics.people.queries import places
from diagnostics.reporting.language import words_of
from diagnostics.reporting.zones import turnout_lines, zones_report
from diagnostics.reporting.zones_files import zones_file
from diagnostics.web import guard
from diagnostics.web.guard import may, require, screen
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.improving.words_views import standing
from diagnostics.web.improving.zones_page import came_of, page_of

COUNT = "improvement.zones"
PRINT_OWN, PRINT_OPENED = "reporting.zones", "reporting.zones_opened"


@improving.get("/school/sa/<campaign_id>/zones")
@screen(Permission.ASSESSMENT_READ, Permission.ASSESSMENT_READ_OPENED)
def zones(campaign_id: str) -> str:
    """Before the end: явка alone. For the school everything that may be told, for those above what it opened."""
    own = _reader(campaign_id)
    about = queries.turnout(campaign_id)
    if about.state is not WaveState.CLOSED:
        return _collecting(about)
    if queries.released(campaign_id) is None:
        return render_template("improving/zones_waiting.html", about=about, may_count=_leads(campaign_id))
    report = zones_report(campaign_id, own=own, language=_language())
    return render_template(
        "improving/zones.html",
        campaign_id=campaign_id,
        page=page_of(report, words_of(_language())),
        own=own,
        leads=own and _leads(campaign_id),
        opening=queries.opening(campaign_id),
        words=standing(campaign_id) if own else None,
        collect=_address("improving.collect", campaign_id=campaign_id) if own else None,
    )


@improving.get("/school/sa/<campaign_id>/zones.xlsx")
@screen(Permission.ASSESSMENT_READ, Permission.ASSESSMENT_READ_OPENED)
def zones_xlsx(campaign_id: str) -> Response:
    """The same contents as tables; refused in words before the end."""
    own = _reader(campaign_id)
    report = zones_report(campaign_id, own=own, language=_language())
    made = zones_file(report, words_of(_language()), "xlsx")
    response = Response(made.content, mimetype=made.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return response


@improving.post("/school/sa/<campaign_id>/zones/<any(pdf, docx):kind>")
@screen(Permission.ASSESSMENT_READ, Permission.ASSESSMENT_READ_OPENED)
def zones_document(campaign_id: str, kind: str) -> Redirect:
    """Order the same contents as a document: seconds of work, so a job makes it. Refused in words before the end."""
    own = _reader(campaign_id)
    queries.zones(campaign_id, own=own)
    about, asker = queries.turnout(campaign_id), guard.actor().person_id
    job_kind = PRINT_OWN if own else PRINT_OPENED
    job = jobs.enqueue(
        job_kind,
        campaign_id,
        asker_id=asker,
        title=_(
            "Зоны, %(kind)s: %(school)s, %(title)s", kind=kind.upper(), school=about.school, title=about.title
        ),
        stages=[_("Собираем файл")],
        parameters={"format": kind, "language": _language()},
        unique_key=f"{job_kind}:{campaign_id}:{kind}:{_language()}:{asker}",
    )
    return redirect(url_for("home.job", job_id=job.id))


@improving.post("/school/sa/<campaign_id>/zones/count")
@screen(Permission.ASSESSMENT_RUN)
def zones_count(campaign_id: str) -> Redirect:
    """Count again what the job after the closing did not finish."""
    require(Permission.ASSESSMENT_RUN, things.self_assessment(campaign_id))
    return redirect(url_for("home.job", job_id=enqueue_count(campaign_id)))


def enqueue_count(campaign_id: str) -> str:
    """Let the zones be counted and frozen; id of the job."""
    about = queries.turnout(campaign_id)
    return jobs.enqueue(
        COUNT,
        campaign_id,
        asker_id=guard.actor().person_id,
        title=_("Зоны: %(title)s", title=about.title),
        stages=[_("Считаем зоны")],
        parameters={"wave": about.wave_id, "url": url_for("improving.zones", campaign_id=campaign_id)},
        unique_key=f"{COUNT}:{campaign_id}",
    ).id


@improving.post("/school/sa/<campaign_id>/zones/open")
@screen(Permission.ASSESSMENT_RUN)
def zones_open(campaign_id: str) -> Redirect:
    require(Permission.ASSESSMENT_RUN, things.self_assessment(campaign_id))
    actions.open_upward(campaign_id, actor_id=guard.actor().person_id)
    flash(_("Зоны открыты району и региону. Закрыть их можно, пока они не вошли в отчёт."), "ok")
    return redirect(url_for("improving.zones", campaign_id=campaign_id))


@improving.post("/school/sa/<campaign_id>/zones/close")
@screen(Permission.ASSESSMENT_RUN)
def zones_close(campaign_id: str) -> Redirect:
    require(Permission.ASSESSMENT_RUN, things.self_assessment(campaign_id))
    actions.close_upward(campaign_id, actor_id=guard.actor().person_id)
    flash(_("Зоны снова видит только школа."), "ok")
    return redirect(url_for("improving.zones", campaign_id=campaign_id))


@improving.post("/school/sa/<campaign_id>/zones/take")
@screen(Permission.ASSESSMENT_READ_OPENED)
def zones_take(campaign_id: str) -> Redirect:
    """«Взять в отчёт»: from now on the school cannot close them any more, and its page says whose report it is."""
    require(Permission.ASSESSMENT_READ_OPENED, things.zones(campaign_id))
    actions.take_into_report(campaign_id, _place(), actor_id=guard.actor().person_id)
    flash(_("Зоны взяты в отчёт. Школа видит, что закрыть их уже нельзя."), "ok")
    return redirect(url_for("improving.zones", campaign_id=campaign_id))


@improving.get("/region/zones")
@screen(Permission.ASSESSMENT_TURNOUT_LIST, of_object=False)
def zones_opened() -> str:
    """Schools at one's places that opened their zones."""
    return render_template(
        "improving/zones_opened.html", schools=queries.opened_in(guard.actor().paths(*COORDINATORS))
    )


def _reader(campaign_id: str) -> bool:
    """Whether the reader is of the school; those above it need its opening, strangers meet nothing."""
    thing = things.self_assessment(campaign_id)
    if may(Permission.ASSESSMENT_READ, thing):
        require(Permission.ASSESSMENT_READ, thing)
        return True
    require(Permission.ASSESSMENT_READ_OPENED, things.zones(campaign_id))
    return False


def _leads(campaign_id: str) -> bool:
    return may(Permission.ASSESSMENT_RUN, things.self_assessment(campaign_id))


def _collecting(about: Turnout) -> str:
    return render_template(
        "improving/zones_draft.html",
        about=about,
        until=clock.local(about.closes_at, about.timezone),
        came=came_of(turnout_lines(about), words_of(_language())),
        collect=_address("improving.collect", campaign_id=about.campaign_id),
    )


def _place() -> str:
    """Whose report it is: the highest place that the reader coordinates."""
    path = min(guard.actor().paths(*COORDINATORS), key=len, default="")
    found = places.place(path.strip("/").rpartition("/")[2])
    return found.short_name if found else ""


def _address(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def _language() -> str:
    return str(get_locale() or "ru")
