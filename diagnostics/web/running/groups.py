"""«Группы слушателей»: the list, one group with its stages, a new one, people in and out."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.campaigns import actions
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries.audience import name_of, tutors
from diagnostics.campaigns.queries.groups import GroupView, group, groups, members
from diagnostics.campaigns.queries.overview import WaveView
from diagnostics.database import session
from diagnostics.pathways.models import Route, RouteState
from diagnostics.web.form_fields import choices
from diagnostics.web.guard import require, screen
from diagnostics.web.listing import asked, matching, page_of
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.forms import GroupForm
from diagnostics.web.running.tables import members_table

# States in which a route is agreed with the tutor.
AGREED = (RouteState.APPROVED, RouteState.RUNNING, RouteState.PAUSED, RouteState.COMPLETED)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    count: int
    share: float


@running.get("/groups", endpoint="groups")
@screen(Permission.GROUP_LIST, of_object=False)
def group_list() -> str:
    found = groups(asking.group_scope(), person_id=asking.person_id())
    return render_template("running/groups.html", groups=[(one, stages(one)) for one in found])


@running.get("/groups/new")
@screen(Permission.GROUP_CREATE, of_object=False)
def group_new() -> str:
    return _new_page(_form())


@running.post("/groups/new")
@screen(Permission.GROUP_CREATE, of_object=False)
def group_create() -> Redirect | tuple[str, int]:
    form = _form()
    if not form.validate_on_submit():
        return _new_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    made = actions.create_group(
        title=form.title.data,
        node_id=asking.home_node_id(),
        trainer_id=asking.person_id(),
        tutor_id=form.tutor.data or None,
        actor_id=asking.person_id(),
    )
    flash(_("Группа создана. Теперь добавьте слушателей."), "ok")
    return redirect(url_for("running.group_page", group_id=made.id))


@running.get("/groups/<group_id>")
@screen(Permission.GROUP_READ)
def group_page(group_id: str) -> str:
    require(Permission.GROUP_READ, things.group(group_id))
    found, people = group(group_id), members(group_id)
    return render_template(
        "running/group.html",
        group=found,
        thing=things.group(group_id),
        members=people,
        asked=asked(),
        shown=page_of(matching(people, asked(), lambda one: one.full_name)),
        stages=stages(found),
        trainer=name_of(found.trainer_id),
        tutor=name_of(found.tutor_id),
    )


@running.get("/groups/<group_id>/members.xlsx")
@screen(Permission.GROUP_READ)
def group_xlsx(group_id: str) -> Response:
    require(Permission.GROUP_READ, things.group(group_id))
    found = group(group_id)
    return spreadsheet(members_table(found.title, members(group_id)), found.title)


@running.post("/groups/<group_id>/remove")
@screen(Permission.GROUP_EDIT)
def group_remove(group_id: str) -> Redirect:
    require(Permission.GROUP_EDIT, things.group(group_id))
    person = request.form.get("person_id", "")
    actions.remove_member(group_id, person, asking.person_id())
    flash(_("%(name)s больше не в группе. Пройденное остаётся.", name=name_of(person)), "ok")
    return redirect(url_for("running.group_page", group_id=group_id))


def stages(one: GroupView) -> list[Stage]:
    """приглашены → вход → маршрут → выход of the group's newest diagnosis."""
    entry = one.campaign.wave(WaveKind.ENTRY) if one.campaign else None
    leaving = one.campaign.wave(WaveKind.EXIT) if one.campaign else None
    invited = entry.expected if entry else 0
    counts = (
        (_("приглашены"), invited),
        (_("вход"), _submitted(entry)),
        (_("маршрут"), _agreed_routes(one.campaign.id) if one.campaign else 0),
        (_("выход"), _submitted(leaving)),
    )
    whole = max(one.members, invited, 1)
    return [Stage(name, count, count / whole) for name, count in counts]


def _submitted(wave: WaveView | None) -> int:
    return wave.submitted if wave else 0


def _agreed_routes(campaign_id: str) -> int:
    query = sa.select(sa.func.count()).where(Route.campaign_id == campaign_id, Route.state.in_(AGREED))
    return session.scalar(query) or 0


def _form() -> GroupForm:
    form = GroupForm()
    form.tutor.choices = choices([("", _("Назначить позже")), *tutors(asking.region())])
    return form


def _new_page(form: GroupForm) -> str:
    return render_template("running/group_new.html", form=form)
