"""The second step of signing in: asked for after the password, set up, renewed and turned off by its owner."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.errors import Conflict, DomainError, FieldRefused, Missing, TooMany
from diagnostics.people.actions import second_step, signing
from diagnostics.people.queries import second_step as reads
from diagnostics.web import guard
from diagnostics.web.account import admission
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.forms import AuthenticatorForm, SecondStepForm
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen
from reports.charts.qr import qr

Page = str | Response | tuple[str, int]
ISSUER = "Orientir"
QR_PIXELS = 200


@account.route("/login/second", methods=["GET", "POST"])
@screen(Permission.PUBLIC, of_object=False)
def second() -> Page:
    """A code of the application or of recovery; both are counted, and neither opens twice."""
    who = admission.waiting()
    if who is None:
        return _late()
    form = SecondStepForm()
    if not form.validate_on_submit():
        return _asked(form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    config, left = guard.settings(), None
    try:
        if form.recovery.data and not form.code.data:
            left = second_step.pass_by_recovery(who.person_id, form.recovery.data, limits=config.limits)
        else:
            second_step.pass_by_code(
                who.person_id, form.code.data or "", key=config.secret_key, limits=config.limits
            )
    except (FieldRefused, TooMany) as refused:
        _put(form, refused, "recovery" if form.recovery.data and not form.code.data else "code")
        return _asked(form, refused.status)
    admission.begin_session(who.person_id)
    if left is not None:
        flash(_("Код восстановления использован. Осталось: %(left)s.", left=left), "caution")
    return redirect(who.next)


@account.route("/login/second/set-up", methods=["GET", "POST"])
@screen(Permission.PUBLIC, of_object=False)
def second_set_up() -> Page:
    """Where the second step is a must: no session before the authenticator works."""
    who = admission.waiting()
    if who is None:
        return _late()
    form = AuthenticatorForm()
    codes = _confirmed(who.person_id, form)
    if codes is None:
        return _set_up(who.person_id, form, required=True)
    admission.begin_session(who.person_id)
    return render_template("account/second_codes.html", codes=codes, onward=who.next)


@account.get("/account/second")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def second_own() -> Page:
    return _own_page(AuthenticatorForm(formdata=None))


@account.post("/account/second/begin")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def second_begin() -> Page:
    second_step.begin(_me())
    return redirect(url_for("account.second_confirm"))


@account.route("/account/second/confirm", methods=["GET", "POST"])
@screen(Permission.ACCOUNT_OWN, of_object=False)
def second_confirm() -> Page:
    """Other browsers were signed in by the password alone: they are signed out."""
    form = AuthenticatorForm()
    codes = _confirmed(_me(), form)
    if codes is None:
        return _set_up(_me(), form, required=False)
    me = guard.viewer()
    signing.sign_out_everywhere(_me(), but=me.facts.sign_in_id if me else None, actor_id=_me())
    return render_template("account/second_codes.html", codes=codes, onward=url_for("account.second_own"))


@account.post("/account/second/codes")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def second_codes() -> Page:
    form = AuthenticatorForm()
    if not _passed(form):
        return _own_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    codes = second_step.renew_codes(_me())
    return render_template("account/second_codes.html", codes=codes, onward=url_for("account.second_own"))


@account.post("/account/second/off")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def second_off() -> Page:
    if _state().required:
        raise Conflict("second_step_required")
    form = AuthenticatorForm()
    if not _passed(form):
        return _own_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    second_step.turn_off(_me(), actor_id=_me())
    flash(_("Второй шаг выключен: для входа достаточно пароля."), "ok")
    return redirect(url_for("account.second_own"))


def _me() -> str:
    """Who is signed in: the screen has made sure of it."""
    person_id = guard.actor().person_id
    if person_id is None:
        raise Missing
    return person_id


def _state() -> reads.SecondStepState:
    return reads.state(_me(), setting=guard.settings().second_step)


def _confirmed(person_id: str, form: AuthenticatorForm) -> tuple[str, ...] | None:
    """The recovery codes once the first code fits; else None, with the mistake at the field."""
    if not form.validate_on_submit():
        return None
    config = guard.settings()
    try:
        return second_step.confirm(
            person_id, form.code.data or "", key=config.secret_key, limits=config.limits
        )
    except (FieldRefused, TooMany) as refused:
        _put(form, refused, "code")
        return None


def _passed(form: AuthenticatorForm) -> bool:
    """Changing the second step needs the second step."""
    config = guard.settings()
    if not form.validate():
        return False
    try:
        second_step.pass_by_code(_me(), form.code.data or "", key=config.secret_key, limits=config.limits)
    except (FieldRefused, TooMany) as refused:
        _put(form, refused, "code")
        return False
    return True


def _put(form: FlaskForm, refused: DomainError, field: str) -> None:
    """At the field, the throttle too; what was typed is over and is not shown again."""
    put_error(form, FieldRefused(refused.code, field=field, **_only_words(refused)), {})
    form[field].data = ""


def _only_words(refused: DomainError) -> dict[str, object]:
    return {name: value for name, value in refused.parameters.items() if name != "field"}


def _asked(form: SecondStepForm, status: int) -> Page:
    return render_template("account/second.html", form=form), status


def _set_up(person_id: str, form: AuthenticatorForm, *, required: bool) -> Page:
    shown = reads.set_up(person_id, key=guard.settings().secret_key, issuer=ISSUER)
    drawing = qr(shown.address, ident="authenticator", title=_("QR-код для приложения"), size=QR_PIXELS)
    page = render_template(
        "account/second_set_up.html",
        form=form,
        secret=shown.secret,
        address=shown.address,
        drawing=Markup(drawing),  # noqa: S704 - our own figure, its texts are escaped
        required=required,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _own_page(form: AuthenticatorForm) -> str:
    return render_template("account/second_own.html", state=_state(), form=form)


def _late() -> Response:
    cookie.pop(admission.NOTE, None)
    flash(_("Время второго шага вышло. Войдите ещё раз."), "info")
    return redirect(url_for("account.sign_in"))
