"""How a wave ends or begins, in one sentence of the diagnosis' page."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.campaigns.models import CampaignState, WaveKind, WaveState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.campaigns.windows import closes_itself_at
from diagnostics.web.guard import settings
from diagnostics.web.words import clock_time, day_month


def ends_words(campaign: CampaignView, wave: WaveView) -> str:
    """Empty where there is nothing to say: a draft's later wave, a diagnosis called off."""
    if wave.state is WaveState.CLOSED:
        return _closed(wave)
    if campaign.state is not CampaignState.OPEN:
        return ""
    if wave.state is WaveState.PLANNED:
        return _(
            "Откроется сама %(day)s, если всё готово; можно запустить и раньше.",
            day=_day(wave, wave.opens_at),
        )
    return _open(wave)


def _open(wave: WaveView) -> str:
    after = closes_itself_at(wave.closes_at, settings().limits)
    until = _("%(day)s, %(time)s", day=_day(wave, after), time=clock_time(after, wave.zone))
    facts = {"day": _day(wave, wave.closes_at), "time": clock_time(wave.closes_at, wave.zone)}
    if wave.closes_at > clock.now():
        return " ".join(
            (
                _("Приём ответов закроется сам %(day)s в %(time)s (время региона).", **facts),
                _(
                    "Ещё до %(until)s ждём ответы, набранные без связи; потом этап закроется по сроку.",
                    until=until,
                ),
            )
        )
    return " ".join(
        (
            _("Приём ответов закончился %(day)s в %(time)s (время региона).", **facts),
            _("До %(until)s этап ещё можно продлить, потом он закроется по сроку.", until=until),
        )
    )


def _closed(wave: WaveView) -> str:
    if wave.closed_at is None:
        return ""
    day = _day(wave, wave.closed_at)
    said = (
        _("Закрыт по сроку, %(day)s.", day=day)
        if wave.closed_by is None
        else _("Закрыт организатором, %(day)s.", day=day)
    )
    if wave.submitted >= wave.expected:
        return said
    return f"{said} {_after(wave)}"


def _after(wave: WaveView) -> str:
    """A closed stage stays closed, since its answers fixed the scale; those who were late have a way on."""
    late = _("Открыть его снова нельзя: по его ответам уже посчитаны результаты.")
    on = (
        _("Тех, кто не успел, пригласите в новую диагностику.")
        if wave.kind is WaveKind.EXIT
        else _("Кто не успел, может пройти следующий этап или новую диагностику.")
    )
    return f"{late} {on}"


def _day(wave: WaveView, moment: datetime) -> str:
    return day_month(moment, wave.zone)
