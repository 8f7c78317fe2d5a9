"""Явка of one stage at one school by name, and words to send to the school's chat."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request
from flask_babel import gettext as _

from diagnostics.access import Permission
from diagnostics.campaigns.models import SeatState
from diagnostics.campaigns.queries.at_school import (
    Colleague,
    SchoolStage,
    colleagues,
    stage_at,
    stages_at,
)
from diagnostics.errors import Missing
from diagnostics.people.queries import consents
from diagnostics.people.queries.places import Place
from diagnostics.web.guard import screen
from diagnostics.web.leading.blueprint import leading
from diagnostics.web.leading.schools import staffed
from diagnostics.web.leading.tables import people_table, stages_table
from diagnostics.web.leading.words import why_no_levels
from diagnostics.web.listing import asked, matching, page_of
from diagnostics.web.spreadsheets import spreadsheet
from diagnostics.web.terms import WAVE_NAMES

UNFINISHED, FINISHED = "unfinished", "finished"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address chooses."""

    school: Place
    stage: SchoolStage
    everybody: list[Colleague]
    people: list[Colleague]
    only: str
    words: str


@leading.get("/schools/<node_id>/turnout.xlsx")
@screen(Permission.SCHOOL_STAFF_READ)
def stages_xlsx(node_id: str) -> Response:
    """The table of the school's home: every stage with exact counts."""
    school = staffed(node_id)
    name = _("Явка на диагностику")
    return spreadsheet(stages_table(name, stages_at([school.path])), name, school.name)


@leading.get("/schools/<node_id>/turnout/<wave_id>")
@screen(Permission.SCHOOL_STAFF_READ)
def people(node_id: str, wave_id: str) -> str:
    found = _asked(node_id, wave_id)
    return render_template(
        "leading/people.html",
        school=found.school,
        stage=found.stage,
        shown=page_of(found.people),
        named=len(found.everybody),
        only=found.only,
        asked=found.words,
        opened=_opened(found.stage, found.everybody),
        why=why_no_levels(found.stage.privacy, found.stage.visibility),
    )


@leading.get("/schools/<node_id>/turnout/<wave_id>.xlsx")
@screen(Permission.SCHOOL_STAFF_READ)
def people_xlsx(node_id: str, wave_id: str) -> Response:
    """The same people in the same order as the page lists them, all pages in one."""
    found = _asked(node_id, wave_id)
    stage = found.stage
    about = (found.school.name, f"{stage.campaign_title}. {_(WAVE_NAMES[stage.kind])}")
    name = _("Явка: %(title)s", title=stage.campaign_title)
    return spreadsheet(people_table(name, found.people), name, *about)


def _asked(node_id: str, wave_id: str) -> Asked:
    school = staffed(node_id)
    stage = stage_at(wave_id, school.id)
    if stage is None:
        raise Missing
    everybody, only, words = colleagues(wave_id, school.id), request.args.get("only", ""), asked()
    chosen = [one for one in everybody if _fits(one, only)]
    return Asked(school, stage, everybody, matching(chosen, words, lambda one: one.full_name), only, words)


def _fits(one: Colleague, only: str) -> bool:
    return {UNFINISHED: one.unfinished, FINISHED: not one.unfinished}.get(only, True)


def _opened(stage: SchoolStage, people: list[Colleague]) -> frozenset[str]:
    """Seats whose result the school may open: the diagnosis allows it and the person ticked the box."""
    if not stage.levels_to_school:
        return frozenset()
    sent = [one for one in people if one.state is SeatState.SUBMITTED]
    allow = consents.who_allows("levels_to_school", [one.person_id for one in sent])
    return frozenset(one.seat_id for one in sent if one.person_id in allow)
