"""Choose people: schools and a subject narrow the list, all that is shown is ticked; or a whole group."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.audience import (
    SchoolOffer,
    Worker,
    members_of,
    schools_with_people,
    subjects,
    workers,
)
from diagnostics.campaigns.queries.groups import groups
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.campaigns.queries.roll import participants
from diagnostics.web.form_fields import choices
from diagnostics.web.guard import require, screen
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.forms import FilterForm
from diagnostics.web.running.targets import Target, add, target_of

MOST_SHOWN = 300  # above it only «все» by the filter: a form has no room for more ticks


@running.get("/<any(diagnoses, groups):kind>/<target_id>/people/add")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT)
def pick(kind: str, target_id: str) -> str:
    return _page(target_of(kind, target_id))


@running.post("/<any(diagnoses, groups):kind>/<target_id>/people/add")
@screen(Permission.CAMPAIGN_RUN, Permission.GROUP_EDIT)
def pick_add(kind: str, target_id: str) -> Redirect | tuple[str, int]:
    target = target_of(kind, target_id)
    chosen = _chosen(target)
    if not chosen:
        return _page(target, wrong=_("Никто не отмечен")), HTTPStatus.UNPROCESSABLE_ENTITY
    added = add(target, chosen, asking.person_id())
    said = ngettext("Добавлен %(num)s человек.", "Добавлено %(num)s человек.", added)
    if len(chosen) > added:
        said += " " + _("Уже были в списке: %(n)s.", n=len(chosen) - added)
    flash(said, "ok")
    return redirect(target.href)


def _chosen(target: Target) -> list[str]:
    """People by the button pressed: everybody of the filter, a group, or those ticked."""
    if group_id := request.form.get("group"):
        require(Permission.GROUP_READ, things.group(group_id))
        return members_of(group_id)
    known = [one.person_id for one in _found(target, _filter(target, request.form))]
    if request.form.get("everybody"):
        return known
    ticked = set(request.form.getlist("person"))
    return [person_id for person_id in known if person_id in ticked]


def _page(target: Target, wrong: str = "") -> str:
    form = _filter(target, request.form if request.method == "POST" else request.args)
    narrowed = bool(form.schools.data or form.subject.data or "all" in request.args)
    found = _found(target, form) if narrowed else []
    mine = groups(asking.group_scope(), person_id=asking.person_id())
    return render_template(
        "running/pick.html",
        target=target,
        form=form,
        schools=bool(form.schools.choices),
        hints={one.id: _school_words(one) for one in schools_with_people(target.scope)},
        narrowed=narrowed,
        people=found,
        shown=found if len(found) <= MOST_SHOWN else [],
        standing=_standing(target),
        groups=[one for one in mine if one.members and not target.is_group],
        wrong=wrong,
    )


def _school_words(one: SchoolOffer) -> str:
    people = ngettext("%(num)s человек", "%(num)s человек", one.people)
    return f"{one.municipality}, {people}" if one.municipality else people


def _filter(target: Target, values: object) -> FilterForm:
    form = FilterForm(values)
    offers = schools_with_people(target.scope)
    form.schools.choices = choices((one.id, one.name) for one in offers)
    form.subject.choices = choices(
        [("", _("Любой предмет")), *((one, one) for one in subjects(target.scope))]
    )
    known = {one.id for one in offers}
    form.schools.data = [one for one in form.schools.data or [] if one in known]
    return form


def _found(target: Target, form: FilterForm) -> list[Worker]:
    people = {
        one.person_id: one for one in workers(target.scope, form.schools.data or (), form.subject.data or "")
    }
    return list(people.values())


def _standing(target: Target) -> set[str]:
    """Ids of those who are already there."""
    if target.is_group:
        return set(members_of(target.id))
    waves = campaign(target.id).waves
    return {one.person_id for one in participants(waves[0].id, withdrawn=True)} if waves else set()
