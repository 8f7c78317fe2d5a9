"""«Вход и выход» and «Кому что нужно» of a diagnosis; the exact view and the one that goes upward."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.cohorts import queries
from diagnostics.cohorts.gathering import Gathered
from diagnostics.jobs import actions as jobs
from diagnostics.releases.minimum import minimum
from diagnostics.releases.models import Audience
from diagnostics.reporting.entry_exit import entry_exit_report, heading_of, people_lines, released_report
from diagnostics.reporting.entry_exit_language import in_language
from diagnostics.reporting.language import words_of
from diagnostics.web import guard
from diagnostics.web.guard import may, require, screen
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.growth_documents import ready_documents
from diagnostics.web.reading.growth_page import page_of
from diagnostics.web.reading.journal import note_exact_reading

UPWARD = "upward"  # value of ?view=
NEED = "need"  # value of ?order=


@reading.get("/diagnoses/<campaign_id>/growth")
@screen(Permission.GROWTH_READ, Permission.GROWTH_READ_UPWARD)
def growth(campaign_id: str) -> str:
    """Exact for the group's own trainer and tutor, a release with hiding for everybody else."""
    thing = things.campaign(campaign_id)
    if may(Permission.GROWTH_READ, thing) and request.args.get("view") != UPWARD:
        require(Permission.GROWTH_READ, thing)
        return _own(campaign_id)
    require(Permission.GROWTH_READ_UPWARD, thing)
    return _upward(campaign_id)


@reading.post("/diagnoses/<campaign_id>/growth/<any(pdf, docx, xlsx):kind>")
@screen(Permission.GROWTH_READ, Permission.GROWTH_READ_UPWARD)
def growth_document(campaign_id: str, kind: str) -> Redirect:
    """Order the report as a file; a job makes it from a release."""
    thing = things.campaign(campaign_id)
    audience = Audience.OWN if request.form.get("audience") == Audience.OWN else Audience.UPWARD
    require(Permission.GROWTH_READ if audience is Audience.OWN else Permission.GROWTH_READ_UPWARD, thing)
    job = jobs.enqueue(
        "reporting.entry_exit",
        campaign_id,
        asker_id=guard.actor().person_id,
        title=_("Отчёт «Вход и выход», %(kind)s", kind=kind.upper()),
        stages=[_("Считаем показатели группы"), _("Фиксируем выпуск"), _("Собираем файл")],
        parameters={"audience": audience.value, "format": kind, "language": _language()},
    )
    return redirect(url_for("home.job", job_id=job.id))


@reading.post("/diagnoses/<campaign_id>/growth/release")
@screen(Permission.GROWTH_READ_UPWARD)
def growth_release(campaign_id: str) -> Redirect:
    """Make the generalised figures that the district and the region see."""
    require(Permission.GROWTH_READ_UPWARD, things.campaign(campaign_id))
    job = jobs.enqueue(
        "reporting.release",
        campaign_id,
        asker_id=guard.actor().person_id,
        title=_("Обобщённые данные «Вход и выход»"),
        stages=[_("Считаем показатели группы"), _("Фиксируем выпуск")],
        parameters={
            "audience": Audience.UPWARD.value,
            "url": url_for("reading.growth", campaign_id=campaign_id, view=UPWARD),
        },
        unique_key=f"reporting.release:{campaign_id}",
    )
    return redirect(url_for("home.job", job_id=job.id))


@reading.get("/diagnoses/<campaign_id>/needs")
@screen(Permission.GROWTH_READ)
def needs(campaign_id: str) -> str:
    """«Кому что нужно»: people by topic, for the group's own trainer and tutor."""
    thing = things.campaign(campaign_id)
    require(Permission.GROWTH_READ, thing)
    gathered = queries.gathered(campaign_id)
    found = queries.needs_of(gathered, _language())
    by_need = request.args.get("order") == NEED
    note_exact_reading(campaign_id, "needs")
    return render_template(
        "reading/needs.html",
        campaign=gathered.campaign,
        group=gathered.group,
        needs=found,
        people=(found.by_need if by_need else found.people) if found else (),
        by_need=by_need,
        # The tutor's rule asks nothing of the finding that the diagnosis does not know.
        opens_results=may(Permission.RESULT_READ, thing),
    )


def _own(campaign_id: str) -> str:
    gathered = queries.gathered(campaign_id)
    found = queries.growth_of(gathered)
    note_exact_reading(campaign_id, queries.KIND)
    if found is None:
        return _half(gathered)
    words = words_of(_language())
    found = replace(found, snapshot=in_language(found.snapshot, campaign_id, _language(), words))
    heading = heading_of(campaign_id, found.snapshot.sources.data_cut, "")
    report = entry_exit_report(found.snapshot, heading, words, people_lines(found, words))
    return render_template(
        "reading/growth.html",
        campaign=gathered.campaign,
        page=page_of(found.snapshot, report, words),
        documents=ready_documents(campaign_id, Audience.OWN, queries.changed_at(campaign_id)),
        audience=Audience.OWN,
        release=None,
        minimum=minimum().adults,
    )


def _half(gathered: Gathered) -> str:
    """No exit yet: the entry half with the expected date."""
    leave = gathered.campaign.wave(WaveKind.EXIT)
    return render_template(
        "reading/growth_entry.html",
        campaign=gathered.campaign,
        group=gathered.group,
        needs=queries.needs_of(gathered, _language()),
        expected=clock.local(leave.opens_at, leave.zone) if leave else None,
        until=clock.local(leave.closes_at, leave.zone) if leave else None,
    )


def _upward(campaign_id: str) -> str:
    released = queries.released(campaign_id, Audience.UPWARD)
    if released is None:
        return render_template(
            "reading/growth_none.html",
            campaign=campaign_of(campaign_id),
            minimum=minimum().adults,
        )
    release, snapshot = released
    words = words_of(_language())
    snapshot = in_language(snapshot, campaign_id, _language(), words)
    report = released_report(release, snapshot, words)
    return render_template(
        "reading/growth.html",
        campaign=campaign_of(campaign_id),
        page=page_of(snapshot, report, words),
        documents=ready_documents(campaign_id, Audience.UPWARD, release.made_at),
        audience=Audience.UPWARD,
        release=release,
        minimum=minimum().adults,
    )


def _language() -> str:
    return str(get_locale() or "ru")
