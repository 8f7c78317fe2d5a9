"""One's own page: name, login, password, language, where one is signed in."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people import passwords
from diagnostics.people.actions import accounts, signing, throttling
from diagnostics.people.queries import second_step
from diagnostics.people.queries.accounts import Credentials, credentials
from diagnostics.people.queries.accounts import account as read_account
from diagnostics.people.queries.actors import SignedIn
from diagnostics.upkeep.leaving import leave_everywhere
from diagnostics.web import guard
from diagnostics.web.account import asking
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.forms import ChangePasswordForm, LanguageForm
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen

Page = str | Response | tuple[str, int]


@account.get("/account")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def own() -> Page:
    return _page()


@account.post("/account/language")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def set_language() -> Page:
    form = LanguageForm()
    if not form.validate():
        return _page(language=form), HTTPStatus.UNPROCESSABLE_ENTITY
    accounts.set_language(_me().person_id, form.language.data)
    cookie["lang"] = form.language.data
    return redirect(url_for("account.own"))


@account.post("/account/password")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def change_password() -> Page:
    """The present one is asked for first, as slowly guessed as at signing in; other browsers are signed out."""
    me, form, limits = _me(), ChangePasswordForm(), guard.settings().limits
    if not form.validate():
        return _page(password=form), HTTPStatus.UNPROCESSABLE_ENTITY
    with asking.before_writing():
        found = _credentials(me.person_id)
        throttling.refuse_if_throttled(found.attempt_key, limits)
    try:
        fits = signing.judge(found, form.current.data, limits).fits
        new_hash = passwords.hashed(form.password.data, limits)
    except FieldRefused as refused:
        return _refused(form, refused)
    if not fits:
        throttling.note_failure(found.attempt_key)
        return _refused(form, FieldRefused("password_not_current", field="current"))
    throttling.forget(found.attempt_key)
    accounts.set_password(me.person_id, new_hash, keep_sign_in=me.sign_in_id, actor_id=me.person_id)
    flash(_("Пароль изменён. На других устройствах нужно войти заново."), "ok")
    return redirect(url_for("account.own"))


@account.post("/account/sign-out-everywhere")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def sign_out_everywhere() -> Response:
    """All browsers, this one too; a diagnosis that stands open elsewhere must be opened anew as well."""
    me = _me()
    leave_everywhere(me.person_id, actor_id=me.person_id)
    cookie.clear()
    flash(_("Вы вышли на всех устройствах."), "ok")
    return redirect(url_for("account.sign_in"))


def _me() -> SignedIn:
    """Who is signed in: the screen has made sure of it."""
    me = guard.viewer()
    if me is None:
        raise Missing
    return me.facts


def _credentials(person_id: str) -> Credentials:
    found = read_account(person_id)
    if found is None:
        raise Missing
    return credentials(found.login, asking.network())


def _refused(form: ChangePasswordForm, refused: FieldRefused) -> Page:
    put_error(form, refused, {})
    return _page(password=form), refused.status


def _page(*, password: ChangePasswordForm | None = None, language: LanguageForm | None = None) -> str:
    me = _me()
    found = read_account(me.person_id)
    if found is None:
        raise Missing
    return render_template(
        "account/own.html",
        name=me.name,
        account=found,
        second=second_step.state(me.person_id, setting=guard.settings().second_step),
        password=password or ChangePasswordForm(formdata=None),
        language_form=language or LanguageForm(formdata=None, language=found.language),
        form=password or language,
    )
