"""Erasing a person, and the legal hold that forbids it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.errors import FieldRefused
from diagnostics.people.names import fold
from diagnostics.people.queries import directory
from diagnostics.upkeep import erasing
from diagnostics.web import guard
from diagnostics.web.admin.forms import ErasureForm, HoldForm
from diagnostics.web.admin.words import REMOVED
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import require, screen

Page = str | Response | tuple[str, int]
BOTH = ["GET", "POST"]


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/people/<person_id>/erase", "person_erase", person_erase, methods=BOTH)
    admin.add_url_rule("/admin/people/<person_id>/hold", "person_hold", person_hold, methods=BOTH)


@screen(Permission.PERSON_ERASE)
def person_erase(person_id: str) -> Page:
    """A check page first: what goes, what stays; the surname is typed to confirm. Done twice, it says when."""
    require(Permission.PERSON_ERASE, things.person(person_id))
    before = erasing.act_of(person_id)
    if before is not None:
        return render_template("admin/erased.html", act=before, names=REMOVED, again=True)
    card = directory.card(person_id)
    form = ErasureForm()
    if not form.validate_on_submit():
        return _erase_page(card, form)
    if fold(form.surname.data) != fold(card.full_name.split()[0]):
        put_error(form, FieldRefused("name_not_repeated", field="surname"), {})
        return _erase_page(card, form)
    config = guard.settings()
    act = erasing.erase(
        person_id, actor_id=guard.actor().person_id, files_dir=config.files_dir, journal=config.erased_log
    )
    return render_template("admin/erased.html", act=act, names=REMOVED, again=False)


@screen(Permission.PERSON_ERASE)
def person_hold(person_id: str) -> Page:
    """While a dispute or an inspection lasts, nobody erases; an empty reason lifts the ban."""
    require(Permission.PERSON_ERASE, things.person(person_id))
    card, standing = directory.card(person_id), erasing.hold_of(person_id)
    form = HoldForm(reason=standing.reason if standing else "", until=standing.until if standing else None)
    if not form.validate_on_submit():
        return _hold_page(card, standing, form)
    reason = "" if form.lift.data else form.reason.data
    try:
        erasing.hold(person_id, reason, until=form.until.data, actor_id=guard.actor().person_id)
    except FieldRefused as refused:
        put_error(form, refused, {})
        return _hold_page(card, standing, form)
    flash(_("Запрет записан: удалить данные теперь нельзя.") if reason else _("Запрет снят."), "ok")
    return redirect(url_for("admin.person", person_id=person_id))


def _erase_page(card: directory.Card, form: ErasureForm) -> Page:
    hold = erasing.hold_of(card.person_id)
    page = render_template("admin/erase.html", card=card, form=form, hold=hold)
    return page, _status(form)


def _hold_page(card: directory.Card, hold: erasing.Hold | None, form: HoldForm) -> Page:
    return render_template("admin/hold.html", card=card, hold=hold, form=form), _status(form)


def _status(form: FlaskForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
