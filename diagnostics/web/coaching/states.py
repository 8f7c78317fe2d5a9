"""For the head of a school: who is on which stage, by name, without levels."""

from __future__ import annotations

from flask import render_template

from diagnostics.access import Permission
from diagnostics.pathways.queries import lists
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.coaching.blueprint import coaching
from diagnostics.web.guard import screen


@coaching.get("/route-states")
@screen(Permission.ROUTE_STATE_LIST, of_object=False)
def route_states() -> str:
    scope = guard.actor().paths(Role.SCHOOL_LEAD)
    return render_template("coaching/states.html", people=lists.standings(scope))
