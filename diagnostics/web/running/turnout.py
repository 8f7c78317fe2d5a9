"""Явка: live and exact. The organiser sees all schools, a school its own, a municipality its schools."""

from __future__ import annotations

from flask import Response, render_template
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.attendance import turnout as schools_of
from diagnostics.campaigns.queries.attendance import turnout_in
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, wave_of
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.guard import require, screen
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.tables import turnout_table

LOOKERS = (
    Role.SCHOOL_LEAD,
    Role.MUNICIPAL_COORDINATOR,
    Role.REGIONAL_COORDINATOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)


@running.get("/waves/<wave_id>/turnout")
@screen(Permission.TURNOUT_READ)
def turnout(wave_id: str) -> str:
    found, wave = _reads(wave_id)
    return render_template(
        "running/turnout.html",
        campaign=found,
        wave=wave,
        schools=schools_of(wave_id),
        runs=guard.may(Permission.CAMPAIGN_RUN, things.campaign(found.id)),
    )


@running.get("/waves/<wave_id>/turnout.xlsx")
@screen(Permission.TURNOUT_READ)
def turnout_xlsx(wave_id: str) -> Response:
    found, _wave = _reads(wave_id)
    name = _("Явка: %(title)s", title=found.title)
    return spreadsheet(turnout_table(name, schools_of(wave_id)), name)


@running.get("/turnout")
@screen(Permission.TURNOUT_LIST, of_object=False)
def turnout_mine() -> str:
    return render_template("running/turnout_mine.html", waves=turnout_in(guard.actor().paths(*LOOKERS)))


@running.get("/turnout.xlsx")
@screen(Permission.TURNOUT_LIST, of_object=False)
def turnout_mine_xlsx() -> Response:
    waves = turnout_in(guard.actor().paths(*LOOKERS))
    name = _("Явка")
    return spreadsheet(turnout_table(name, [school for wave in waves for school in wave.schools]), name)


def _reads(wave_id: str) -> tuple[CampaignView, WaveView]:
    found, wave = wave_of(wave_id)
    require(Permission.TURNOUT_READ, things.campaign(found.id))
    return found, wave
