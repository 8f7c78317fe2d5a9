"""How far the development routes of a school's people are: by name, without levels and without content."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _

from diagnostics.access import Permission
from diagnostics.campaigns.queries.at_school import stages_at
from diagnostics.pathways.queries.standings import Standing, standings
from diagnostics.people.queries.places import Place
from diagnostics.web.guard import screen
from diagnostics.web.leading.blueprint import leading
from diagnostics.web.leading.schools import staffed
from diagnostics.web.leading.stages import TITLES, Group, group_of
from diagnostics.web.leading.tables import routes_table
from diagnostics.web.leading.words import route_words
from diagnostics.web.listing import asked, matching, page_of
from diagnostics.web.spreadsheets import spreadsheet


@leading.get("/schools/<node_id>/routes")
@screen(Permission.SCHOOL_STAFF_READ)
def routes(node_id: str) -> str:
    school = staffed(node_id)
    everybody = standings([school.path])
    listed = {one.campaign_id for one in everybody}
    return render_template(
        "leading/routes.html",
        school=school,
        shown=page_of(_chosen(everybody)),
        everybody=len(everybody),
        groups=[(group, _(TITLES[group]), _number(everybody, group)) for group in Group],
        only=request.args.get("only", ""),
        asked=asked(),
        several=len(listed) > 1,
        apart=sorted(
            {one.campaign_title for one in stages_at([school.path]) if one.campaign_id not in listed}
        ),
        route_words=route_words,
    )


@leading.get("/schools/<node_id>/routes.xlsx")
@screen(Permission.SCHOOL_STAFF_READ)
def routes_xlsx(node_id: str) -> Response:
    school: Place = staffed(node_id)
    name = _("Маршруты учителей")
    return spreadsheet(routes_table(name, _chosen(standings([school.path]))), name, school.name)


def _chosen(everybody: list[Standing]) -> list[Standing]:
    only = request.args.get("only", "")
    found = [one for one in everybody if only not in set(Group) or group_of(one).value == only]
    return matching(found, asked(), lambda one: one.person.full)


def _number(everybody: list[Standing], group: Group) -> int:
    return sum(group_of(one) is group for one in everybody)
