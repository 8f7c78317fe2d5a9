"""Which schools the person leads or is of the team of, and `/school`: everything about one on one page."""

from __future__ import annotations

from collections import Counter

from flask import render_template
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.access.table import SCHOOL
from diagnostics.campaigns.queries.at_school import stages_at
from diagnostics.campaigns.queries.self_assessments import self_assessments
from diagnostics.errors import Missing
from diagnostics.pathways.queries.standings import Standing, standings
from diagnostics.people.models import NodeKind
from diagnostics.people.queries.places import Place, place, places
from diagnostics.web import guard
from diagnostics.web.guard import screen
from diagnostics.web.leading.blueprint import leading
from diagnostics.web.leading.stages import TITLES, Group, group_of
from diagnostics.web.school_tasks import school_tasks


@leading.get("/school")
@screen(Permission.SCHOOL_LIST, of_object=False)
def school() -> str:
    """The only school, or the first of several by name."""
    ours = mine()
    return _page(ours[0]) if ours else render_template("leading/no_school.html")


@leading.get("/schools/<node_id>")
@screen(Permission.SCHOOL_READ)
def one_school(node_id: str) -> str:
    guard.require(Permission.SCHOOL_READ, things.node(node_id))
    return _page(school_of(node_id))


def mine() -> list[Place]:
    """Open schools under the person's roles, by name."""
    return places(guard.actor().paths(*SCHOOL), NodeKind.SCHOOL)


def school_of(node_id: str) -> Place:
    """The place if it is a school; Missing for a district or a region."""
    found = place(node_id)
    if found is None or found.kind is not NodeKind.SCHOOL:
        raise Missing
    return found


def staffed(node_id: str) -> Place:
    """The school whose people the person may see by name; Missing for everybody else."""
    guard.require(Permission.SCHOOL_STAFF_READ, things.node(node_id))
    return school_of(node_id)


def _page(own: Place) -> str:
    leads = guard.may(Permission.SCHOOL_STAFF_READ, things.node(own.id))
    people = standings([own.path]) if leads else []
    ours = self_assessments([own.path])
    return render_template(
        "leading/school.html",
        school=own,
        others=[one for one in mine() if one.id != own.id],
        leads=leads,
        tasks=list(school_tasks(guard.actor(), (own.path,))),
        stages=stages_at([own.path]) if leads else [],
        routes=_counts(people),
        assessment=ours[0] if ours else None,
    )


def _counts(people: list[Standing]) -> list[tuple[str, str, int]]:
    """(value in the address, words, people) of each group of states in which somebody stands."""
    found = Counter(group_of(one) for one in people)
    return [(group.value, _(TITLES[group]), found[group]) for group in Group if found[group]]
