"""«Диагностики»: the list and the page of one, with what to do next."""

from __future__ import annotations

from flask import Response, render_template
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns.models import RosterTarget, WaveState
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, campaign, campaigns
from diagnostics.campaigns.queries.requests import requests
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.sittings import queries as reading
from diagnostics.web import guard
from diagnostics.web.guard import require, screen
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.conduct import conduct_words
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.ends import ends_words
from diagnostics.web.running.marking import asks_experts
from diagnostics.web.running.next_steps import next_step
from diagnostics.web.running.tables import diagnoses_table
from diagnostics.web.running.words import COORDINATORS_SEE, SEES, sees_of


@running.get("/diagnoses")
@screen(Permission.CAMPAIGN_LIST, of_object=False)
def diagnoses() -> str:
    return render_template(
        "running/diagnoses.html",
        campaigns=_mine(),
        any_work=bool(catalogue.published(VersionKind.INSTRUMENT)),
    )


@running.get("/diagnoses.xlsx")
@screen(Permission.CAMPAIGN_LIST, of_object=False)
def diagnoses_xlsx() -> Response:
    return spreadsheet(diagnoses_table(_mine()), _("Диагностики"))


@running.get("/diagnoses/<campaign_id>")
@screen(Permission.CAMPAIGN_READ)
def diagnosis(campaign_id: str) -> str:
    thing = things.campaign(campaign_id)
    require(Permission.CAMPAIGN_READ, thing)
    found = campaign(campaign_id)
    runs = guard.may(Permission.CAMPAIGN_RUN, thing)
    late = reading.waiting_counts([campaign_id]).get(campaign_id, 0)
    sees = SEES[sees_of(found.privacy, found.visibility)]
    return render_template(
        "running/diagnosis.html",
        campaign=found,
        runs=runs,
        next=next_step(found, late=late) if runs else None,
        told=(_(sees[1]), _(COORDINATORS_SEE)),
        ends={wave.id: ends_words(found, wave) for wave in found.waves},
        requests={
            wave.id: requests(wave.id) for wave in found.waves if runs and wave.state is WaveState.OPEN
        },
        decides=guard.may(Permission.LATE_DECIDE, thing),
        papers=guard.may(Permission.PAPERS_ISSUE, thing),
        late=late,
        marks=guard.may(Permission.MARKING_RUN, thing) and asks_experts(found),
        late_decided=bool(reading.decisions_in(campaign_id)),
        works={wave.id: work_words(wave) for wave in found.waves},
        scale=scale_words(found),
        conduct=conduct_words(found),
        owner=name_of(found.owner_id),
        tutor=name_of(found.tutor_id),
        target=RosterTarget.CAMPAIGN,
    )


def work_words(wave: WaveView) -> str:
    """«Работа с неуспевающими, версия 1: вариант А»."""
    lines = []
    for one in wave.assignments:
        version = catalogue.one(one.instrument_id) if one.instrument_id else None
        if version is None:
            lines.append(_("результаты из другой системы"))
            continue
        work = catalogue.instrument(version.id)
        title, form = work.title["ru"], work.form(one.form).title["ru"]
        lines.append(f"{title}, {_('версия %(n)s', n=version.number)}: {form}")
    return "; ".join(lines)


def scale_words(found: CampaignView) -> str:
    """The scale with «утверждено: …» or «по умолчанию»."""
    title = catalogue.framework(found.framework_id).scales[found.preset].title["ru"]
    if found.preset_basis:
        return _("%(scale)s, утверждено: %(basis)s", scale=title, basis=found.preset_basis)
    by_default = _("по умолчанию")
    return title if by_default in title else f"{title}, {by_default}"


def _mine() -> list[CampaignView]:
    return campaigns(asking.reading_scope(), person_id=asking.person_id())
