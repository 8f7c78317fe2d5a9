"""Invitations and reminders by letter, where an address is known; the words lie in templates/running/letters."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.campaigns import actions
from diagnostics.campaigns.actions.letters import MOST_REMINDERS, Compose
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.campaigns.queries.roll import Participant, participants
from diagnostics.campaigns.sheets import link_address, minutes_of
from diagnostics.web.guard import screen, settings
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.waves import runs_wave
from diagnostics.web.running.words import SEES, sees_of


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
        to_invite=sum(bool(one.email) and one.unfinished and one.invited_at is None for one in people),
        to_remind=sum(bool(one.email) for one in waiting),
        turn=next_turn(waiting),
        declined=sum(one.declined_at is not None for one in people),
        configured=bool(settings().mail_url),
        sample=invitation(found, wave)(sample, "…") if sample else None,
    )


@running.post("/waves/<wave_id>/invite")
@screen(Permission.CAMPAIGN_RUN)
def invite(wave_id: str) -> Redirect:
    found, wave = runs_wave(wave_id)
    sent = actions.invite(wave_id, invitation(found, wave), asking.person_id())
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
    turn = int(given) if given.isdecimal() else 0
    sent = actions.remind(
        wave_id, reminder(found, wave, last=turn == MOST_REMINDERS), turn, asking.person_id()
    )
    said = ngettext("Отправлено %(num)s напоминание.", "Отправлено %(num)s напоминаний.", sent.letters)
    if sent.letters and turn < MOST_REMINDERS:
        said += " " + _("Следующее напоминание — последнее.")
    flash(said, "ok")
    return redirect(url_for("running.letters", wave_id=wave_id))


def next_turn(waiting: list[Participant]) -> int:
    """The number of the reminder that comes next: one more than most of those waiting have had."""
    return min(MOST_REMINDERS, max((one.reminders for one in waiting), default=0) + 1)


def invitation(found: CampaignView, wave: WaveView) -> Compose:
    values = _facts(found, wave)

    def compose(to: Participant, secret: str) -> tuple[str, str]:
        text = render_template(
            "running/letters/invitation.txt",
            to=to,
            link=link_address(settings().public_url, secret),
            **values,
        )
        return _("Приглашение на диагностику «%(title)s»", title=found.title), text

    return compose


def reminder(found: CampaignView, wave: WaveView, *, last: bool) -> Compose:
    values = _facts(found, wave)

    def compose(to: Participant, secret: str) -> tuple[str, str]:
        text = render_template(
            "running/letters/reminder.txt",
            to=to,
            link=link_address(settings().public_url, secret),
            last=last,
            **values,
        )
        return _("Диагностика «%(title)s» ещё открыта", title=found.title), text

    return compose


def _facts(found: CampaignView, wave: WaveView) -> dict[str, object]:
    return {
        "campaign": found,
        "wave": wave,
        "minutes": minutes_of(wave),
        "told": _(SEES[sees_of(found.privacy, found.visibility)][1]),
        "organiser": name_of(found.owner_id),
    }
