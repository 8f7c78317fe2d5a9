"""«Как сработали задания»: the item analysis of each stage of a diagnosis, the doubtful tasks first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries import CampaignView, WaveView, wave_of
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.cohorts import items, straight
from diagnostics.cohorts.items import ItemAnalysis, ItemFacts
from diagnostics.errors import Missing
from diagnostics.measurement.intervals import Interval as Bounds
from diagnostics.web.guard import may, require, screen
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.sentences.common import N_
from diagnostics.web.spreadsheets import spreadsheet
from diagnostics.web.terms import WAVE_NAMES
from reports.contents.common import Interval
from reports.tables import Column, Kind, Table

VERDICTS = {
    items.KEY_DOUBTFUL: N_("ключ под вопросом: другой ответ чаще выбирают сильные"),
    items.LOW_DISCRIMINATION: N_("не различает сильных и слабых"),
    items.TOO_HARD: N_("слишком трудное"),
    items.TOO_EASY: N_("слишком лёгкое"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One stage with results; `alike`: questionnaires with one answer nearly everywhere."""

    wave: WaveView
    analysis: ItemAnalysis
    alike: int


@reading.get("/diagnoses/<campaign_id>/items")
@screen(Permission.ITEMS_READ)
def items_page(campaign_id: str) -> str:
    require(Permission.ITEMS_READ, things.campaign(campaign_id))
    campaign = campaign_of(campaign_id)
    return render_template(
        "reading/items.html",
        campaign=campaign,
        parts=_parts(campaign),
        verdicts=VERDICTS,
        # Whoever may not see keys elsewhere does not learn them from the statistics.
        keys=may(Permission.INSTRUMENT_KEYS),
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
    return spreadsheet(
        _table(analysis), _("Как сработали задания"), f"{analysis.work}, {_('версия')} {analysis.version}"
    )


def _parts(campaign: CampaignView) -> list[Part]:
    found = [Part(wave, items.of_wave(wave.id), len(straight.of_wave(wave.id))) for wave in campaign.waves]
    return [part for part in found if part.analysis.items]


def _table(analysis: ItemAnalysis) -> Table:
    columns = (
        Column(_("Задание")),
        Column(_("О чём"), share=3),
        Column(_("Блок"), share=2),
        Column(_("Ответивших"), Kind.COUNT),
        Column(_("Без ответа"), Kind.COUNT),
        Column(_("Решаемость, %"), Kind.NUMBER),
        Column(_("Решаемость: интервал 95 %"), Kind.INTERVAL),
        Column(_("Различающая способность"), Kind.NUMBER, 2),
        Column(_("Различающая способность: интервал 95 %"), Kind.INTERVAL, 2),
        Column(_("Замечания"), share=3),
    )
    return Table(_("Как сработали задания"), columns, tuple(_row(one) for one in analysis.items))


def _row(one: ItemFacts) -> tuple[str | int | float | Interval | None, ...]:
    words = "; ".join(_(VERDICTS[verdict]) for verdict in one.verdicts)
    return (
        one.code,
        one.title,
        one.block,
        one.n,
        one.omitted,
        None if one.p is None else 100 * one.p,
        _interval(one.p_interval, 100),
        one.r_rest,
        _interval(one.r_interval, 1),
        words,
    )


def _interval(found: Bounds | None, unit: float) -> Interval | None:
    return None if found is None else Interval(unit * found.low, unit * found.high)
