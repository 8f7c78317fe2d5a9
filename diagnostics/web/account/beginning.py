"""The first administrator of a real base: the link that the console prints."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.errors import FieldRefused
from diagnostics.people import passwords
from diagnostics.people.actions import first
from diagnostics.people.actions.first import Beginning
from diagnostics.web import guard
from diagnostics.web.account import admission, asking
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.forms import FirstForm
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen

FIELDS = {"name": "region", "login": "email"}


@account.route("/first/<secret>", methods=["GET", "POST"])
@screen(Permission.PUBLIC, of_object=False)
def first_administrator(secret: str) -> str | Response | tuple[str, int]:
    with asking.before_writing():
        first.first_link(secret)
    form = FirstForm()
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render_template("account/first.html", form=form), status
    limits = guard.settings().limits
    try:
        new_hash = passwords.hashed(form.password.data, limits, login=form.email.data)
        person_id = first.begin(secret, _told(form), password_hash=new_hash)
    except FieldRefused as refused:
        asking.forget_changes()
        put_error(form, refused, FIELDS)
        return render_template("account/first.html", form=form), refused.status
    answer = admission.admit(person_id, url_for("home.index"))
    flash(_("Готово. Теперь добавьте организации и людей."), "ok")
    return answer


def _told(form: FirstForm) -> Beginning:
    return Beginning(
        region=form.region.data,
        surname=form.surname.data,
        given_name=form.given_name.data,
        patronymic=form.patronymic.data or "",
        email=form.email.data,
    )
