"""Moves that keep history: a place under another one, a person to another place of work."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import InputRequired

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people.actions import memberships, places
from diagnostics.people.queries import directory
from diagnostics.people.queries.places import place as read_place
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.form_fields import DayField, day, put_error
from diagnostics.web.guard import require, screen

Page = str | Response | tuple[str, int]


class PlaceMoveForm(FlaskForm):
    parent = SelectField(_l("Куда перенести"), [InputRequired(_l("Выберите, куда перенести"))])


class PersonMoveForm(FlaskForm):
    place = SelectField(_l("Новое место работы"), [InputRequired(_l("Выберите организацию"))])
    since = DayField(_l("Первый день там"), [InputRequired(_l("Укажите первый день"))])


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/places/<node_id>/move", "place_move", place_move, methods=["GET", "POST"])
    admin.add_url_rule(
        "/admin/people/<person_id>/move/<membership_id>", "person_move", person_move, methods=["GET", "POST"]
    )


@screen(Permission.ADMIN_PEOPLE)
def place_move(node_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.node(node_id))
    found = read_place(node_id)
    if found is None:
        raise Missing
    form = PlaceMoveForm()
    scope.fill(form.parent)
    if form.validate_on_submit():
        require(Permission.ADMIN_PEOPLE, things.node(form.parent.data))
        try:
            moved = places.move(node_id, parent_id=form.parent.data, actor_id=guard.actor().person_id)
        except FieldRefused as refused:
            put_error(form, refused, {"parent_id": "parent"})
        else:
            flash(_moved(moved), "ok")
            return redirect(url_for("admin.places"))
    return render_template("admin/place_move.html", place=found, form=form), _status(form)


@screen(Permission.ADMIN_PEOPLE)
def person_move(person_id: str, membership_id: str) -> Page:
    """The old place of work ends the day before; reports of that time keep it."""
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    card = directory.card(person_id)
    work = next((one for one in card.works if one.membership_id == membership_id), None)
    if work is None:
        raise Missing
    form = PersonMoveForm(since=clock.now().date())
    scope.fill(form.place)
    if form.validate_on_submit():
        require(Permission.ADMIN_PEOPLE, things.node(form.place.data))
        try:
            memberships.move_to(
                membership_id,
                node_id=form.place.data,
                since=day(form.since.data),
                actor_id=guard.actor().person_id,
            )
        except FieldRefused as refused:
            put_error(form, refused, {})
        else:
            flash(_("Переход записан: прежнее место осталось в истории."), "ok")
            return redirect(url_for("admin.person", person_id=person_id))
    return render_template("admin/person_move.html", card=card, work=work, form=form), _status(form)


def _moved(number: int) -> str:
    if not number:
        return str(_("Организация уже стоит там."))
    words: str = ngettext(
        "Перенесена %(num)s организация: права изменились сразу.",
        "Перенесено %(num)s организаций: права изменились сразу.",
        number,
    )
    return words


def _status(form: FlaskForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
