"""People: found by name, e-mail or place, added, and one person's card."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.errors import DomainError, FieldRefused
from diagnostics.people.actions import persons
from diagnostics.people.queries import directory
from diagnostics.upkeep import erasing
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.admin.card import card_page
from diagnostics.web.admin.forms import PersonForm
from diagnostics.web.admin.tables import people_table
from diagnostics.web.admin.words import REMOVED
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import require, screen
from diagnostics.web.spreadsheets import spreadsheet

UPLOAD = "running.upload"  # of another room
Page = str | Response | tuple[str, int]


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/people", "people", people)
    admin.add_url_rule("/admin/people.xlsx", "people_xlsx", people_xlsx)
    admin.add_url_rule("/admin/people/new", "person_new", person_new, methods=["GET", "POST"])
    admin.add_url_rule("/admin/people/<person_id>", "person", person)


@screen(Permission.ADMIN_LIST, of_object=False)
def people() -> str:
    page = request.args.get("page", 1, type=int)
    found = directory.search(scope.paths(), _asked(), page=page, maximum=_most())
    return render_template(
        "admin/people.html",
        found=found,
        asked=_asked(),
        places=len(scope.reachable()),
        uploads=[(one.name, url_for(UPLOAD, kind="places", target_id=one.id)) for one in scope.roots()],
    )


@screen(Permission.ADMIN_LIST, of_object=False)
def people_xlsx() -> Response:
    """Everybody whom the search finds, in the columns that a list of people is loaded by."""
    found = directory.everybody(scope.paths(), _asked(), maximum=_most())
    return spreadsheet(people_table(found), _("Люди"))


@screen(Permission.ADMIN_LIST, of_object=False)
def person_new() -> Page:
    form = PersonForm(place=request.args.get("place", ""))
    scope.fill(form.place)
    if not form.validate_on_submit():
        return _new_page(form)
    require(Permission.ADMIN_PEOPLE, things.node(form.place.data))
    try:
        made = persons.add_working(
            surname=form.surname.data,
            given_name=form.given_name.data,
            patronymic=form.patronymic.data or "",
            email=form.email.data or None,
            node_id=form.place.data,
            position=form.position.data or "",
            subject=form.subject.data or "",
            actor_id=guard.actor().person_id,
        )
    except FieldRefused as refused:
        put_error(form, refused, {})
        return _new_page(form)
    flash(_("Человек добавлен. Дайте роль и пригласите, если нужен вход."), "ok")
    return redirect(url_for("admin.person", person_id=made.id))


@screen(Permission.ADMIN_PEOPLE)
def person(person_id: str) -> Page:
    """The card; of an erased person what is left: when and what was removed."""
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    act = erasing.act_of(person_id)
    if act is not None:
        return render_template("admin/erased.html", act=act, names=REMOVED, again=True)
    return card_page(person_id)


def _asked() -> str:
    return request.args.get("q", "").strip()


def _most() -> int:
    """Longer searches are refused by the query."""
    return guard.settings().limits.search_characters


def _new_page(form: PersonForm) -> Page:
    if not scope.reachable():
        raise DomainError("no_place_yet")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("admin/person_new.html", form=form), status
