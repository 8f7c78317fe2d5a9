"""Явка: live and exact. The organiser sees all schools of a stage, those above schools see their own ones."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.attendance import (
    SchoolTurnout,
    WaveTurnout,
    stages_in,
    turnout_at,
    turnout_in,
)
from diagnostics.campaigns.queries.attendance import turnout as schools_of
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, wave_of
from diagnostics.errors import DomainError, Missing
from diagnostics.pathways.queries.shares import route_shares
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.guard import require, screen
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.tables import stages_table, turnout_table
from diagnostics.web.running.turnout_page import (
    FOLDED_FROM,
    PlaceTurnout,
    by_place,
    chosen,
    filters,
    share_words,
)
from diagnostics.web.terms import WAVE_NAMES

LOOKERS = (
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
        runs=guard.may(Permission.CAMPAIGN_RUN, things.campaign(found.id)),
        decides=guard.may(Permission.LATE_DECIDE, things.campaign(found.id)),
        **_rows(schools_of(wave_id)),
    )


@running.get("/waves/<wave_id>/turnout.xlsx")
@screen(Permission.TURNOUT_READ)
def turnout_xlsx(wave_id: str) -> Response:
    found, _wave = _reads(wave_id)
    name = _("Явка: %(title)s", title=found.title)
    return spreadsheet(turnout_table(name, _ordered(schools_of(wave_id))), name)


@running.get("/turnout")
@screen(Permission.TURNOUT_LIST, of_object=False)
def turnout_mine() -> str:
    return render_template("running/turnout_mine.html", stages=stages_in(_scope()))


@running.get("/turnout.xlsx")
@screen(Permission.TURNOUT_LIST, of_object=False)
def turnout_mine_xlsx() -> Response:
    """Every stage and every school: the rows of all pages at once."""
    return spreadsheet(stages_table(turnout_in(_scope())), _("Явка"))


@running.get("/turnout/<wave_id>")
@screen(Permission.TURNOUT_LIST, of_object=False)
def turnout_below(wave_id: str) -> str:
    """One stage in the schools below the asker's places; Missing where none of them takes part."""
    wave = _below(wave_id)
    return render_template(
        "running/turnout_below.html",
        wave=wave,
        routes=route_shares(wave_id),
        share_words=share_words,
        **_rows(wave.schools),
    )


@running.get("/turnout/<wave_id>.xlsx")
@screen(Permission.TURNOUT_LIST, of_object=False)
def turnout_below_xlsx(wave_id: str) -> Response:
    wave = _below(wave_id)
    shares = route_shares(wave_id)
    words = {key: share_words(one) for key, one in shares.items()} if shares else None
    name = _("Явка: %(title)s", title=wave.campaign_title)
    return spreadsheet(turnout_table(name, _ordered(wave.schools), words), name, _(WAVE_NAMES[wave.kind]))


def _scope() -> tuple[str, ...]:
    return guard.actor().paths(*LOOKERS)


def _below(wave_id: str) -> WaveTurnout:
    found = turnout_at(wave_id, _scope())
    if found is None:
        raise Missing
    return found


def _reads(wave_id: str) -> tuple[CampaignView, WaveView]:
    found, wave = wave_of(wave_id)
    require(Permission.TURNOUT_READ, things.campaign(found.id))
    return found, wave


def _rows(schools: tuple[SchoolTurnout, ...] | list[SchoolTurnout]) -> dict[str, object]:
    """What the page of many schools needs: places with rows, filters, what is chosen now."""
    show, sort, words = (request.args.get(name, "") for name in ("show", "sort", "q"))
    shown = _chosen(schools)
    return {
        "places": by_place(shown, sort),
        "whole": PlaceTurnout("", tuple(shown)),
        "filters": filters(schools),
        "all_schools": len(schools),
        "shown": len(shown),
        "folds": len(shown) >= FOLDED_FROM,
        "show": show,
        "sort": sort,
        "asked": words.strip(),
    }


def _ordered(schools: tuple[SchoolTurnout, ...] | list[SchoolTurnout]) -> list[SchoolTurnout]:
    """The rows of the page in its order, for a spreadsheet."""
    places = by_place(_chosen(schools), request.args.get("sort", ""))
    return [one for place in places for one in place.schools]


def _chosen(schools: tuple[SchoolTurnout, ...] | list[SchoolTurnout]) -> list[SchoolTurnout]:
    words, maximum = request.args.get("q", "").strip(), guard.settings().limits.search_characters
    if len(words) > maximum:
        raise DomainError("search_too_long", maximum=maximum)
    return chosen(schools, request.args.get("show", ""), words)
