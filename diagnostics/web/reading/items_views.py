"""«Как сработали задания»: the item analysis of each stage of a diagnosis, the doubtful tasks first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries import CampaignView, WaveView, wave_of
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.cohorts import items, straight
from diagnostics.cohorts.items import ItemAnalysis
from diagnostics.errors import Missing
from diagnostics.reporting.language import words_of
from diagnostics.web.guard import may, require, screen
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.items_log import Refused, Said, logs_of
from diagnostics.web.reading.items_page import Between, FormPart, between_parts, form_part, tables_of
from diagnostics.web.reading.items_scatter import Scattered, scattered
from diagnostics.web.reading.items_words import VERDICTS
from diagnostics.web.spreadsheets import workbook
from diagnostics.web.terms import DECISIONS, WAVE_NAMES
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One stage with results; `alike`: questionnaires with one answer nearly everywhere."""

    wave: WaveView
    analysis: ItemAnalysis
    alike: int
    forms: list[FormPart]
    between: list[Between]
    scatter: Scattered | None
    logs: Mapping[str, tuple[Said, ...]]


@reading.get("/diagnoses/<campaign_id>/items")
@screen(Permission.ITEMS_READ)
def items_page(campaign_id: str) -> str:
    require(Permission.ITEMS_READ, things.campaign(campaign_id))
    return page_of(campaign_id)


def page_of(campaign_id: str, refused: Refused | None = None) -> str:
    """The page, with a decision that was refused."""
    campaign = campaign_of(campaign_id)
    return render_template(
        "reading/items.html",
        campaign=campaign,
        parts=_parts(campaign),
        verdicts=VERDICTS,
        # Whoever may not see keys elsewhere does not learn them from the statistics.
        keys=may(Permission.INSTRUMENT_KEYS),
        decides=may(Permission.ITEMS_DECIDE, things.campaign(campaign_id)),
        decisions=DECISIONS,
        refused=refused,
        WAVE_NAMES=WAVE_NAMES,
    )


@reading.get("/waves/<wave_id>/items.xlsx")
@screen(Permission.ITEMS_READ)
def items_xlsx(wave_id: str) -> Response:
    campaign, _wave = wave_of(wave_id)
    require(Permission.ITEMS_READ, things.campaign(campaign.id))
    analysis = items.of_wave(wave_id)
    if not analysis.items:
        raise Missing
    about = f"{analysis.work}, {_('версия')} {analysis.version}"
    tables = tables_of(analysis, logs_of(analysis.instrument_id), _words())
    return workbook(tables, _("Как сработали задания"), about)


def _parts(campaign: CampaignView) -> list[Part]:
    found = [(wave, items.of_wave(wave.id)) for wave in campaign.waves]
    return [_part(wave, analysis) for wave, analysis in found if analysis.items]


def _part(wave: WaveView, analysis: ItemAnalysis) -> Part:
    words = _words()
    return Part(
        wave=wave,
        analysis=analysis,
        alike=len(straight.of_wave(wave.id)),
        forms=[
            form_part(one, f"{wave.kind}-{number}", words) for number, one in enumerate(analysis.forms, 1)
        ],
        between=between_parts(analysis.places, words) if analysis.places else [],
        scatter=scattered(analysis, str(wave.kind), words),
        logs=logs_of(analysis.instrument_id),
    )


def _words() -> Words:
    return words_of(str(get_locale() or "ru"))
