"""«Документы»: the papers around a diagnosis, by stage; each is made in the background, the pack is one archive."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, campaign, wave_of
from diagnostics.errors import Missing
from diagnostics.jobs import actions as jobs
from diagnostics.reporting.papers.files import FORMATS
from diagnostics.reporting.papers.library import BY_CODE
from diagnostics.reporting.papers.readiness import Standing, State, demand, readiness, standing_of
from diagnostics.reporting.papers.sentences import REASONS
from diagnostics.web.guard import may, require, screen
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.words import SHORT_KINDS
from diagnostics.web.sentences.common import N_

STATES: dict[State, tuple[str, str]] = {
    State.READY: (N_("готов"), "done"),
    State.DRAFT: (N_("черновик"), "work"),
    State.UNAVAILABLE: (N_("недоступен"), "outline"),
}


@running.get("/diagnoses/<campaign_id>/papers")
@screen(Permission.PAPERS_ISSUE)
def papers(campaign_id: str) -> str:
    require(Permission.PAPERS_ISSUE, things.campaign(campaign_id))
    found = campaign(campaign_id)
    wave = _chosen(found)
    return render_template(
        "running/papers.html",
        campaign=found,
        wave=wave,
        papers=readiness(_standing(found, wave)) if wave else (),
        stages=_stages(found, wave),
        STATES=STATES,
        REASONS=REASONS,
    )


@running.post("/waves/<wave_id>/papers/<paper>")
@screen(Permission.PAPERS_ISSUE)
def paper_make(wave_id: str, paper: str) -> Redirect:
    found, wave = _issues(wave_id)
    if paper not in BY_CODE:
        raise Missing
    kind, wanted = BY_CODE[paper], request.form.get("format", "")
    form = wanted if wanted in FORMATS else FORMATS[0]
    demand(kind, _standing(found, wave))
    job = jobs.enqueue(
        "reporting.paper",
        found.id,
        asker_id=asking.person_id(),
        title=_("%(paper)s: %(title)s", paper=_(kind.title), title=found.title),
        stages=[_("Читаем данные"), _("Собираем документ")],
        parameters={"wave_id": wave.id, "paper": paper, "format": form, "language": _language()},
        unique_key=f"paper:{wave.id}:{paper}:{form}:{asking.person_id()}",
    )
    return redirect(url_for("home.job", job_id=job.id))


@running.post("/waves/<wave_id>/pack")
@screen(Permission.PAPERS_ISSUE)
def pack_make(wave_id: str) -> Redirect:
    """Asked twice at once, it is still one work."""
    found, wave = _issues(wave_id)
    sheets = bool(request.form.get("sheets"))
    job = jobs.enqueue(
        "reporting.pack",
        found.id,
        asker_id=asking.person_id(),
        title=_("Пакет документов: %(title)s", title=found.title),
        stages=[_("Читаем данные"), _("Собираем документы"), _("Складываем в архив")],
        parameters={"wave_id": wave.id, "sheets": sheets, "language": _language()},
        unique_key=f"pack:{wave.id}:{'sheets' if sheets else 'plain'}:{asking.person_id()}",
    )
    return redirect(url_for("home.job", job_id=job.id))


def _issues(wave_id: str) -> tuple[CampaignView, WaveView]:
    found, wave = wave_of(wave_id)
    require(Permission.PAPERS_ISSUE, things.campaign(found.id))
    return found, wave


def _standing(found: CampaignView, wave: WaveView) -> Standing:
    return standing_of(found, wave, may_named=may(Permission.GROWTH_READ, things.campaign(found.id)))


def _chosen(found: CampaignView) -> WaveView | None:
    """The stage asked for, else the newest that has begun, else the first; None while there is no stage."""
    wanted = next((wave for wave in found.waves if wave.kind.value == request.args.get("stage")), None)
    begun = [wave for wave in found.waves if wave.state is not WaveState.PLANNED]
    return wanted or next(reversed(begun), None) or next(iter(found.waves), None)


def _stages(found: CampaignView, chosen: WaveView | None) -> list[dict[str, object]]:
    """Tabs; one stage needs none."""
    if len(found.waves) < 2 or chosen is None:  # noqa: PLR2004 - a choice needs two
        return []
    return [
        {
            "label": _(SHORT_KINDS[wave.kind]),
            "href": url_for("running.papers", campaign_id=found.id, stage=wave.kind.value),
            "current": wave.id == chosen.id,
        }
        for wave in found.waves
    ]


def _language() -> str:
    return str(get_locale() or "ru")
