"""Invitations and reminders by letter, where an address is known; the words lie in templates/running/letters."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.campaigns import actions
from diagnostics.campaigns.actions.letters import MOST_AT_ONCE, MOST_REMINDERS
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.campaigns.queries.roll import Participant, participants
from diagnostics.campaigns.wording import LetterKind
from diagnostics.jobs import actions as jobs
from diagnostics.web.guard import screen, settings
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.prolonging import composer
from diagnostics.web.running.waves import runs_wave
from diagnostics.web.sentences.common import N_
from diagnostics.web.terms import DECLINE_WORDS

KIND = "campaigns.letters"
UNKNOWN = N_("письмо не ушло")
#: Why a letter did not leave.
FAILURES = {
    "mail_address": N_("почтовый сервер не знает такого адреса: исправьте его"),
    "mail_away": N_("почтовый сервер не отвечал; пробовали пять раз"),
    "mail_unknown": N_("связь с почтовым сервером оборвалась посреди отправки: письмо могло уйти"),
    "too_late": N_("срок ссылки в письме вышел раньше, чем оно ушло"),
}


@running.get("/waves/<wave_id>/letters")
@screen(Permission.CAMPAIGN_RUN)
def letters(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    people = participants(wave_id)
    waiting = actions.to_remind(wave_id)
    sample = people[0] if people else None
    return render_template(
        "running/letters.html",
        campaign=found,
        wave=wave,
        with_address=sum(bool(one.email) for one in people),
        to_invite=len(_addressed(actions.to_invite(wave_id))),
        to_remind=len(_addressed(waiting)),
        turn=next_turn(waiting),
        is_last=next_turn(waiting) == MOST_REMINDERS,
        is_over=wave.closes_at <= clock.now(),
        declined=sum(one.declined_at is not None for one in people),
        configured=bool(settings().mail_url),
        unsent=[
            (one, letter, _(FAILURES.get(letter.error or "", UNKNOWN)))
            for one, letter in actions.unsent(wave_id)
        ],
        decliners=[
            (one, DECLINE_WORDS.get(one.decline_reason))
            for one in people
            if one.declined_at and one.unfinished
        ],
        sample=composer(LetterKind.INVITATION, found, wave)(sample, "…") if sample else None,
    )


@running.post("/waves/<wave_id>/invite")
@screen(Permission.CAMPAIGN_RUN)
def invite(wave_id: str) -> Redirect:
    found, wave = runs_wave(wave_id)
    if len(_addressed(actions.to_invite(wave_id))) > MOST_AT_ONCE:
        return _by_job(found, wave, turn=0)
    sent = actions.invite(wave_id, composer(LetterKind.INVITATION, found, wave), asking.person_id())
    said = ngettext("Отправлено %(num)s приглашение.", "Отправлено %(num)s приглашений.", sent.letters)
    if sent.without_address:
        said += " " + _("Без почты остались: %(n)s. Им подойдут карточки доступа.", n=sent.without_address)
    flash(said, "ok")
    return redirect(url_for("running.letters", wave_id=wave_id))


@running.post("/waves/<wave_id>/remind")
@screen(Permission.CAMPAIGN_RUN)
def remind(wave_id: str) -> Redirect:
    found, wave = runs_wave(wave_id)
    given = request.form.get("turn", "")
    turn = int(given) if given.isdecimal() and len(given) == 1 else 0
    waiting = [one for one in actions.to_remind(wave_id) if one.reminders < turn <= MOST_REMINDERS]
    if len(_addressed(waiting)) > MOST_AT_ONCE:
        return _by_job(found, wave, turn=turn)
    kind = LetterKind.LAST_REMINDER if turn == MOST_REMINDERS else LetterKind.REMINDER
    sent = actions.remind(wave_id, composer(kind, found, wave), turn, asking.person_id())
    said = ngettext("Отправлено %(num)s напоминание.", "Отправлено %(num)s напоминаний.", sent.letters)
    if sent.letters and turn < MOST_REMINDERS:
        said += " " + _("Следующее напоминание — последнее.")
    flash(said, "ok")
    return redirect(url_for("running.letters", wave_id=wave_id))


@running.post("/waves/<wave_id>/letters/again")
@screen(Permission.CAMPAIGN_RUN)
def letters_again(wave_id: str) -> Redirect:
    """What did not leave goes out once more, to the addresses as they are in the list now."""
    runs_wave(wave_id)
    again = actions.send_unsent(wave_id, asking.person_id())
    flash(ngettext("Отправляем снова: %(num)s письмо.", "Отправляем снова: %(num)s писем.", again), "ok")
    return redirect(url_for("running.letters", wave_id=wave_id))


def next_turn(waiting: list[Participant]) -> int:
    """The number of the reminder that comes next: one more than most of those waiting have had."""
    return min(MOST_REMINDERS, max((one.reminders for one in waiting), default=0) + 1)


def _by_job(found: CampaignView, wave: WaveView, *, turn: int) -> Redirect:
    """Many letters are written in the background; `turn` 0: invitations. Pressed twice it is one job."""
    if wave.state is not WaveState.OPEN:
        raise MoveRefused("wave_not_open")
    if wave.closes_at <= clock.now():
        raise MoveRefused("wave_time_over")
    job = jobs.enqueue(
        KIND,
        found.id,
        asker_id=asking.person_id(),
        title=_("Письма: %(title)s", title=found.title),
        stages=[_("Пишем письма")],
        parameters={
            "wave_id": wave.id,
            "turn": turn,
            "language": str(get_locale() or "ru"),
            "url": url_for("running.letters", wave_id=wave.id),
        },
        unique_key=f"{KIND}:{wave.id}:{turn}",
    )
    return redirect(url_for("home.job", job_id=job.id))


def _addressed(people: list[Participant]) -> list[Participant]:
    return [one for one in people if one.email]
