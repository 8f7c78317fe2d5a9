"""«Карточки доступа»: print them, or a text for the school's chat. Each printing makes new codes."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.campaigns.codes import MISSING_CHARACTERS
from diagnostics.campaigns.queries.attendance import turnout
from diagnostics.campaigns.sheets import minutes_of
from diagnostics.jobs import actions as jobs
from diagnostics.web.form_fields import choices
from diagnostics.web.guard import screen, settings
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.forms import CardsForm
from diagnostics.web.running.waves import runs_wave

KIND = "campaigns.cards"
FORMATS = ("pdf", "xlsx")


@running.get("/waves/<wave_id>/cards")
@screen(Permission.CAMPAIGN_RUN)
def cards(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    form = _form(wave_id)
    form.school.data = request.args.get("school", "")
    return render_template(
        "running/cards.html",
        campaign=found,
        wave=wave,
        form=form,
        address=f"{settings().public_url}/code",
        minutes=minutes_of(wave),
        missing=", ".join(MISSING_CHARACTERS),
        schools=[one for one in turnout(wave_id) if one.school_id],
    )


@running.post("/waves/<wave_id>/cards")
@screen(Permission.CAMPAIGN_RUN)
def cards_print(wave_id: str) -> Redirect:
    found, _wave = runs_wave(wave_id)
    form = _form(wave_id)
    wanted = request.form.get("format", "")
    school = form.school.data if form.school.data in {choice.value for choice in form.school.choices} else ""
    job = jobs.enqueue(
        KIND,
        found.id,
        asker_id=asking.person_id(),
        title=_("Карточки доступа: %(title)s", title=found.title),
        stages=[_("Готовим новые коды"), _("Собираем файл")],
        parameters={
            "wave_id": wave_id,
            "format": wanted if wanted in FORMATS else FORMATS[0],
            "school_id": school or None,
            "unfinished": bool(form.unfinished.data),
        },
    )
    return redirect(url_for("home.job", job_id=job.id))


def _form(wave_id: str) -> CardsForm:
    form = CardsForm()
    schools = [(one.school_id or "", one.school) for one in turnout(wave_id) if one.school_id]
    form.school.choices = choices([("", _("Все школы")), *schools])
    return form
