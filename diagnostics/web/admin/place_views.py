"""The tree of organisations: a new one, its facts, its closing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.errors import Conflict, FieldRefused, Missing
from diagnostics.people.actions import places
from diagnostics.people.actions.places import REQUISITES
from diagnostics.people.models import NodeKind
from diagnostics.people.queries.places import place as read_place
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.admin.forms import PlaceForm
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import require, screen

Page = str | Response | tuple[str, int]


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/places/new", "place_new", place_new, methods=["GET", "POST"])
    admin.add_url_rule("/admin/places/<node_id>", "place", place, methods=["GET", "POST"])
    admin.add_url_rule("/admin/places/<node_id>/close", "place_close", place_close, methods=["POST"])


@screen(Permission.ADMIN_LIST, of_object=False)
def place_new() -> Page:
    form = PlaceForm()
    scope.fill(form.parent)
    if not form.validate_on_submit():
        return render_template("admin/place.html", form=form, place=None), _status(form)
    require(Permission.ADMIN_PEOPLE, things.node(form.parent.data))
    try:
        places.create(kind=NodeKind(form.kind.data), parent_id=form.parent.data, **_facts(form))
    except (FieldRefused, Conflict) as refused:
        return _refused(form, None, refused)
    flash(_("Организация добавлена."), "ok")
    return redirect(url_for("admin.places"))


@screen(Permission.ADMIN_PEOPLE)
def place(node_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.node(node_id))
    found = read_place(node_id)
    if found is None:
        raise Missing
    form = PlaceForm(obj=found, data={name: (found.requisites or {}).get(name, "") for name in REQUISITES})
    del form.kind, form.parent  # what it is does not change; where it stands is `place_move`'s business
    if not form.validate_on_submit():
        return render_template("admin/place.html", form=form, place=found), _status(form)
    try:
        places.rename(node_id, **_facts(form))
    except (FieldRefused, Conflict) as refused:
        return _refused(form, found, refused)
    flash(_("Сведения об организации сохранены."), "ok")
    return redirect(url_for("admin.places"))


@screen(Permission.ADMIN_PEOPLE)
def place_close(node_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.node(node_id))
    places.close(node_id, actor_id=guard.actor().person_id)
    flash(_("Организация закрыта: прошлые отчёты её помнят."), "ok")
    return redirect(url_for("admin.places"))


def _facts(form: PlaceForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "short_name": form.short_name.data or "",
        "code": form.code.data or None,
        "zone": form.zone.data or None,
        "requisites": {name: form[name].data for name in REQUISITES if form[name].data},
        "actor_id": guard.actor().person_id,
    }


def _refused(form: PlaceForm, found: object, refused: FieldRefused | Conflict) -> tuple[str, int]:
    named = refused if isinstance(refused, FieldRefused) else FieldRefused(refused.code, field="code")
    put_error(form, named, {"parent_id": "parent"})
    return render_template("admin/place.html", form=form, place=found), HTTPStatus.UNPROCESSABLE_ENTITY


def _status(form: PlaceForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
