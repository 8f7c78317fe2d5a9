"""Tasks that a stage gives: to answer it, or to run it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.campaigns.models import SeatState, WaveState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.web.pausing import paused_words
from diagnostics.web.task import Task
from diagnostics.web.terms import WAVE_NAMES
from diagnostics.web.words import day_time


def answer_task(seat: SeatFacts) -> Task:
    if seat.paused_at is not None:
        return _paused_answer(seat, day_time(seat.paused_at, seat.zone))
    begun = seat.state is SeatState.STARTED
    return Task(
        title=_("Пройти диагностику «%(title)s»", title=seat.campaign_title),
        why=_(WAVE_NAMES[seat.wave_kind]),
        href=url_for("answering.seat", seat_id=seat.seat_id),
        act=_("Продолжить") if begun else _("Начать"),
        due=seat.closes_at,
        zone=seat.zone,
        status=_("в работе") if begun else _("не начато"),
        kind="work" if begun else "outline",
    )


def _paused_answer(seat: SeatFacts, since: str) -> Task:
    return Task(
        title=_("Пройти диагностику «%(title)s»", title=seat.campaign_title),
        why=_(
            "Приостановлена организатором с %(since)s. Ответы сохранены; продолжите, когда её возобновят.",
            since=since,
        ),
        status=_("приостановлена"),
        kind="neutral",
    )


def wave_tasks(campaign: CampaignView, wave: WaveView, href: str) -> Iterator[Task]:
    """What the organiser of a running diagnosis does with one stage; nothing for a closed one."""
    if wave.state is WaveState.OPEN:
        yield _to_collect(campaign, wave, href)
    elif wave.state is WaveState.PLANNED:
        yield Task(
            title=_(WAVE_NAMES[wave.kind]),
            why=campaign.title,
            opens=wave.opens_at,
            zone=wave.zone,
            status=_("ждём"),
            kind="neutral",
        )


def _to_collect(campaign: CampaignView, wave: WaveView, href: str) -> Task:
    about, act, kind = f"{campaign.title}. {_(WAVE_NAMES[wave.kind])}.", _("Открыть"), "attention"
    if wave.closes_at <= clock.now():
        title, status = _("Срок вышел: продлить этап или дать ему закрыться"), _("срок вышел")
    elif wave.paused_at is not None:
        title, status = paused_words(wave.paused_at, wave.zone), _("приостановлен")
    elif wave.unfinished:
        left = ngettext("Не прошёл ещё %(num)s человек", "Не прошли ещё %(num)s человек", wave.unfinished)
        title = _("Собрать ответы: %(done)s из %(all)s", done=wave.submitted, all=wave.expected)
        about, act, status, kind = f"{about} {left}.", _("Посмотреть явку"), _("в работе"), "work"
    else:
        title, status = _("Закрыть этап: прошли все"), _("готово к закрытию")
    return Task(
        title=title,
        why=about,
        href=href,
        act=act,
        due=wave.closes_at,
        zone=wave.zone,
        status=status,
        kind=kind,
    )
