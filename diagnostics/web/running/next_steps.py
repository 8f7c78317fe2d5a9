"""What an organiser does next with a diagnosis: one thing, by the state of its waves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.campaigns.actions.running import readiness
from diagnostics.campaigns.models import CampaignState, WaveKind, WaveState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.web.messages import sentence
from diagnostics.web.pausing import paused_words
from diagnostics.web.terms import WAVE_NAMES
from diagnostics.web.words import day_month

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class NextStep:
    """`post` True: the address is of an act, not of a page. `reasons`: why the act would be refused."""

    title: str
    words: str
    href: str = ""
    act: str = ""
    post: bool = False
    reasons: tuple[str, ...] = ()


def next_step(campaign: CampaignView, *, late: int = 0) -> NextStep | None:
    """The first thing that is to be done; None when nothing waits for the organiser.

    `late`: people whose late answers wait for a decision.
    """
    if campaign.state in {CampaignState.CLOSED, CampaignState.WITHDRAWN}:
        return _over(campaign)
    for wave in campaign.waves:
        if wave.state is WaveState.OPEN and wave.paused_at is not None and wave.closes_at > clock.now():
            return _paused(wave.id, paused_words(wave.paused_at, wave.zone))
        if wave.state is WaveState.OPEN:
            return _late(campaign, late) if late and wave.closes_at <= clock.now() else _collecting(wave)
        if wave.state is WaveState.PLANNED:
            return _to_open(campaign, wave)
    return None


def _to_open(campaign: CampaignView, wave: WaveView) -> NextStep:
    name = _(WAVE_NAMES[wave.kind])
    if not wave.expected:
        return NextStep(
            _("Соберите участников"),
            _("Из школ, из группы слушателей или из Excel: ФИО можно держать в одной ячейке."),
            url_for("running.pick", kind="diagnoses", target_id=campaign.id),
            _("Добавить участников"),
        )
    reasons = tuple(sentence(code) for code in readiness(wave.id))
    when = _("С %(first)s по %(last)s.", first=_local(wave, first=True), last=_local(wave, first=False))
    if wave.kind is not WaveKind.ENTRY and wave.opens_at - clock.now() > SOON and not reasons:
        return NextStep(
            _("%(name)s — с %(day)s", name=name, day=_local(wave, first=True)),
            _("Пока она впереди. Запустите, когда пора раздавать приглашения."),
            url_for("running.wave_open", wave_id=wave.id),
            _("Запустить"),
            post=True,
        )
    people = ngettext("%(num)s участник", "%(num)s участников", wave.expected)
    return NextStep(
        _("Запустить: %(name)s", name=name.lower()),
        f"{people}. {when}",
        url_for("running.wave_open", wave_id=wave.id),
        _("Запустить"),
        post=True,
        reasons=reasons,
    )


def _paused(wave_id: str, words: str) -> NextStep:
    return NextStep(
        words,
        _("Ответы не принимаются, сохранённое на месте. Возобновите сбор, когда можно будет отвечать."),
        url_for("running.wave_resume", wave_id=wave_id),
        _("Возобновить сбор"),
        post=True,
    )


def _late(campaign: CampaignView, people: int) -> NextStep:
    return NextStep(
        _("Решите о поздних ответах (%(n)s)", n=people),
        _("Срок вышел, а ответы ещё дошли. Принятые до закрытия войдут в уточнение параметров заданий."),
        url_for("running.late", campaign_id=campaign.id),
        _("Решить"),
    )


def _collecting(wave: WaveView) -> NextStep:
    name = _(WAVE_NAMES[wave.kind])
    if not wave.unfinished or wave.closes_at <= clock.now():
        done = _("Прошли %(done)s из %(all)s.", done=wave.submitted, all=wave.expected)
        return NextStep(
            _("Закрыть: %(name)s", name=name.lower()),
            done + " " + _("После закрытия уточним параметры заданий и пересчитаем выводы один раз."),
            url_for("running.wave_close", wave_id=wave.id),
            _("Закрыть этап"),
        )
    if not wave.started and not wave.submitted:
        return NextStep(
            _("Пригласите участников"),
            _("Почта не нужна: раздайте карточки или отправьте коды сообщением."),
            url_for("running.cards", wave_id=wave.id),
            _("Карточки доступа"),
        )
    return NextStep(
        _("Идёт сбор: прошли %(done)s из %(all)s", done=wave.submitted, all=wave.expected),
        _("%(name)s, до %(day)s.", name=name, day=_local(wave, first=False)),
        url_for("running.turnout", wave_id=wave.id),
        _("Посмотреть явку"),
    )


def _over(campaign: CampaignView) -> NextStep | None:
    report = "reading.growth"
    if campaign.state is CampaignState.WITHDRAWN or report not in current_app.view_functions:
        return None
    return NextStep(
        _("Посмотрите, что изменилось"),
        _("Обе диагностики закрыты, отчёт готов."),
        url_for(report, campaign_id=campaign.id),
        _("Вход и выход"),
    )


def _local(wave: WaveView, *, first: bool) -> str:
    return day_month(wave.opens_at if first else wave.closes_at, wave.zone)
