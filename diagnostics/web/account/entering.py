"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.errors import DomainError, TooMany
from diagnostics.people import passwords
from diagnostics.people.actions import signing, throttling
from diagnostics.people.queries.accounts import credentials
from diagnostics.web import guard
from diagnostics.web.account import admission, asking, paths
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.forms import SignInForm
from diagnostics.web.guard import screen
from diagnostics.web.messages import sentence

Page = str | Response | tuple[str, int]


@account.get("/login")
@screen(Permission.PUBLIC, of_object=False)
def sign_in() -> Page:
    if guard.viewer() is not None:
        return redirect(paths.own(request.args.get("next")))
    form = SignInForm(formdata=None, next=paths.own(request.args.get("next")))
    return render_template("account/sign_in.html", form=form)


@account.post("/login")
@screen(Permission.PUBLIC, of_object=False)
def enter() -> Page:
    """Hashing happens before the writing transaction; an unknown login costs as much as a known one."""
    form = SignInForm()
    if not form.validate():
        return _again(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    limits = guard.settings().limits
    try:
        passwords.refuse_too_long(form.password.data, limits)
        with asking.before_writing():
            found = credentials(form.email.data, asking.network())
            throttling.refuse_if_throttled(found.attempt_key, limits)
        verdict = signing.judge(found, form.password.data, limits)
        person_id = signing.prove(found, verdict, limits)
    except DomainError as refused:
        return _again(form, refused.status, refused)
    if person_id is None:
        return _again(form, HTTPStatus.UNPROCESSABLE_ENTITY, DomainError("sign_in_failed"))
    return admission.admit(person_id, paths.own(form.next.data))


@account.post("/logout")
@screen(Permission.PUBLIC, of_object=False)
def sign_out() -> Response:
    """The browser forgets everything; done without being signed in, it is done."""
    me = guard.viewer()
    if me is not None:
        signing.sign_out(me.facts.sign_in_id, actor_id=me.facts.person_id)
    cookie.clear()
    flash(_("Вы вышли."), "ok")
    return redirect(paths.own(request.form["next"]) if "next" in request.form else url_for("account.sign_in"))


def _again(form: SignInForm, status: int, refused: DomainError | None = None) -> tuple[str, int]:
    """The same page with what was typed, but never the password."""
    words = sentence(refused.code, refused.parameters) if refused else ""
    form.password.data = None
    page = render_template(
        "account/sign_in.html", form=form, refused=words, waiting=isinstance(refused, TooMany)
    )
    return page, status
